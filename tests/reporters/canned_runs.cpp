#include "canned_runs.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <limits>
#include <map>

namespace canned {
namespace {

using namespace assay;
using namespace assay::report;
using measure::CaseStatus;
using measure::Direction;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kStart_ns = 1'795'000'000'000'000'000; // 2026-11-18T11:06:40Z
constexpr std::uint64_t kStep_ns = 1'500'000'000;

json::object run_fields(bool finished) {
    return {{"id", "00000000-0000-7000-8000-000000000001"},
            {"started", "2026-11-18T11:06:40.000Z"},
            {"finished", finished ? json::value("2026-11-18T11:07:21.000Z") : json::value(nullptr)},
            {"mode", "standard"},
            {"seed", 1},
            {"argv", json::array{"assay", "run"}},
            {"platform", {{"id", "x86_64-test"}, {"label", "a machine"}}},
            {"git", nullptr},
            {"host", {{"version", "0.1.0"}}},
            {"resolution", nullptr}};
}

json::object summary_fields(const Events& events) {
    std::map<std::string_view, std::int64_t> counts;
    std::int64_t cases = 0;
    for (const Event& event : events) {
        if (event.result != nullptr) {
            ++counts[measure::name_of(event.result->status)];
            ++cases;
        }
    }
    json::object summary{{"cases", cases}};
    for (int i = 0; i <= static_cast<int>(CaseStatus::unavailable); ++i) {
        const auto name = measure::name_of(static_cast<CaseStatus>(i));
        summary[name] = counts[name];
    }
    summary["partial"] = false;
    summary["seconds"] = 41.0;
    return summary;
}

void stamp(Events& events) {
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].sequence = i + 1;
        events[i].unix_ns = kStart_ns + i * kStep_ns;
    }
}

CaseResult with_params(CaseResult result,
                       std::vector<std::pair<std::string, measure::ParameterValue>> params) {
    std::string text;
    for (const auto& [name, value] : params) {
        text += (text.empty() ? "" : ",") + name + "=" + measure::id_text(value);
    }
    result.id += "[" + text + "]";
    result.params = std::move(params);
    return result;
}

CaseResult with_status(CaseResult result, CaseStatus status, const std::string& reason) {
    result.status = status;
    result.reason = reason;
    if (status != CaseStatus::passed) {
        result.metrics.clear();
    }
    return result;
}

CaseResult simple(const std::string& suite, const std::string& family, const Figures& time) {
    return case_of(suite, family, {metric("time", "s", time)});
}

// A case of two builds that was compared; `interval` of the ratio or null.
CaseResult compared(const std::string& name,
                    const std::string& verdict,
                    double ratio,
                    const json::value& interval) {
    CaseResult result = simple("router", name, {1e-3 * ratio, 1e-3 * ratio, 1e-3 * ratio});
    json::array labels;
    if (verdict == "undecided") {
        labels.emplace_back("drifting");
    }
    json::object evidence{{"method", "mixture"},
                          {"alpha", 0.05},
                          {"margin", 0.01},
                          {"clock", "thread_cpu"},
                          {"slices_per_pair", 12},
                          {"log_e_slower", 7.5},
                          {"log_e_faster", -4.25},
                          {"log_e_same", -2.0},
                          {"threshold", 3.0},
                          {"pair_sd", 0.0125},
                          {"position_bias", nullptr},
                          {"labels", std::move(labels)},
                          {"counts", nullptr},
                          {"failed_pairs", 0},
                          {"results_differ", false}};
    result.extra["comparison"] = json::object{{"id", result.id},
                                              {"status", "compared"},
                                              {"reason", ""},
                                              {"verdict", verdict},
                                              {"ratio", ratio},
                                              {"interval", interval},
                                              {"pairs", 23},
                                              {"verified", true},
                                              {"old_time", 1e-3},
                                              {"new_time", 1e-3 * ratio},
                                              {"evidence", std::move(evidence)}};
    return result;
}

// One that was not.
CaseResult left_out(const std::string& name, const std::string& status, const std::string& reason) {
    CaseResult result = with_status(simple("router", name, {1, 1, 1}),
                                    status == "failed" ? CaseStatus::crashed : CaseStatus::skipped,
                                    reason);
    result.extra["comparison"] = json::object{{"id", result.id},
                                              {"status", status},
                                              {"reason", reason},
                                              {"verdict", nullptr},
                                              {"ratio", nullptr},
                                              {"interval", nullptr},
                                              {"pairs", 0},
                                              {"verified", false},
                                              {"evidence", nullptr}};
    return result;
}

} // namespace

MetricResult metric(const std::string& key, const std::string& unit, const Figures& figures) {
    MetricResult result;
    result.key = key;
    result.unit = unit;
    result.direction = key == "time" ? Direction::lower : Direction::higher;
    result.clock = key == "time" ? measure::Clock::thread_cpu : measure::Clock::automatic;
    statistics::Summary& summary = result.summary;
    summary.n = 12;
    summary.median = figures.median;
    summary.interval = statistics::Interval{figures.low, figures.high};
    summary.mean = figures.median;
    summary.stddev = figures.high - figures.low;
    summary.mad = (figures.high - figures.low) / 2;
    summary.cv = 0.03125;
    summary.min = summary.p05 = figures.low;
    summary.p25 = summary.p75 = figures.median;
    summary.max = summary.p90 = summary.p95 = summary.p99 = summary.p999 = figures.high;
    summary.outliers = {1, 0};
    for (const double median :
         {figures.low, figures.low, figures.median, figures.median, figures.high, figures.high}) {
        summary.launch_medians.push_back(median);
        result.launches.push_back({median, median});
    }
    result.iterations = 1024;
    return result;
}

MetricResult unavailable_metric(const std::string& key, const std::string& unit) {
    MetricResult result;
    result.key = key;
    result.unit = unit;
    result.reason = "never observed";
    return result;
}

CaseResult
case_of(const std::string& suite, const std::string& family, std::vector<MetricResult> metrics) {
    CaseResult result;
    result.suite = suite;
    result.family = family;
    result.id = suite + "/" + family;
    result.verified = true;
    result.metrics = std::move(metrics);
    return result;
}

Event case_end(CaseResult result) {
    Event event;
    event.kind = EventKind::case_end;
    event.suite = result.suite;
    event.case_id = result.id;
    event.text = result.reason;
    event.result = std::make_shared<const CaseResult>(std::move(result));
    return event;
}

Events run_of(std::vector<CaseResult> results) {
    Events events(1);
    events.front().kind = EventKind::run_begin;
    events.front().fields["run"] = run_fields(false);
    for (CaseResult& result : results) {
        events.push_back(case_end(std::move(result)));
    }
    Event end;
    end.kind = EventKind::run_end;
    end.fields["run"] = run_fields(true);
    end.fields["summary"] = summary_fields(events);
    events.push_back(std::move(end));
    stamp(events);
    return events;
}

Events empty_run() {
    return run_of({});
}

Events ordinary_run() {
    CaseResult converge =
        with_params(case_of("vi",
                            "converge",
                            {metric("time", "s", {166.3e-3, 158.0e-3, 177.1e-3}),
                             metric("iterations", "1", {128, 128, 128}),
                             metric("bytes_rate", "By/s", {3.5e9, 3.4e9, 3.6e9}),
                             metric("peak_rss", "By", {33554432, 33554432, 33554432}),
                             unavailable_metric("instructions", "1"),
                             unavailable_metric("energy", "J")}),
                    {{"n", std::int64_t{64}}});
    converge.verified = false;
    converge.notes = {"unsteady (2 of 6 launches)"};
    Events events =
        run_of({with_params(simple("router", "round_robin", {81.2e-6, 80.9e-6, 81.6e-6}),
                            {{"n", std::int64_t{16}}}),
                with_params(simple("rag", "retrieve", {173.6e-3, 171.9e-3, 175.0e-3}),
                            {{"k", std::int64_t{10}}}),
                converge,
                with_params(simple("router", "least_latency", {308.8e-6, 306.1e-6, 311.2e-6}),
                            {{"n", std::int64_t{16}}})});
    events.back().fields["notes"] =
        json::array{{{"text", "cpu governor is 'powersave': spread is 2.3x the usual of this host"},
                     {"next", "assay doctor"}},
                    {{"text", "1 case is unverified"}}};
    events.back().fields["next"] = json::array{"assay compare @main build/router.assay.so"};
    Event unknown; // of a newer host
    unknown.kind = static_cast<EventKind>(99);
    unknown.fields["anything"] = 1;
    events.insert(events.begin() + 1, unknown);
    stamp(events);
    return events;
}

Events every_status_run() {
    const auto one = [](const std::string& family, CaseStatus status, const std::string& reason) {
        return with_status(simple("demo", family, {1e-3, 1e-3, 1e-3}), status, reason);
    };
    return run_of(
        {one("passed", CaseStatus::passed, ""),
         one("skipped", CaseStatus::skipped, "needs more memory"),
         one("failed", CaseStatus::failed, "the body does not scale with iterations"),
         one("wrong_result", CaseStatus::wrong_result, "expected 3, got 4"),
         one("timed_out", CaseStatus::timed_out, "no answer within 60 s"),
         one("crashed",
             CaseStatus::crashed,
             "SIGSEGV at 0x0 in run, slice 3, with a reason that is longer than a line of "
             "eighty columns has room for"),
         one("cancelled", CaseStatus::cancelled, ""),
         one("unavailable", CaseStatus::unavailable, "no server at 127.0.0.1:6379")});
}

Events hostile_text_run() {
    const std::string evil =
        "<script>alert(1)</script>\n\x1b[2J\x1b]0;owned\x07, \"q\" \xE2\x80\xAE"
        "abc \xC3\xA9 \xE6\xBC\xA2\xE5\xAD\x97 \xFF \t\x7F\xC2\x9B";
    CaseResult passed = case_of("s" + evil, "f" + evil, {metric("time", "s", {1e-3, 1e-3, 1e-3})});
    passed.metrics.push_back(metric("m" + evil, "u" + evil, {1, 1, 1}));
    passed.notes = {evil};
    passed.extra["output"] = evil;
    passed = with_params(passed, {{"p", evil}});
    CaseResult failed = with_status(simple("s" + evil, "g", {1, 1, 1}), CaseStatus::failed, evil);
    Events events = run_of({passed, failed});
    events.back().fields["notes"] = json::array{{{"text", evil}, {"next", evil}}};
    events.back().fields["next"] = json::array{evil};
    return events;
}

Events unknown_figures_run() {
    CaseResult nothing = case_of("demo", "nothing", {unavailable_metric("time", "s")});
    CaseResult none = case_of("demo", "no_metric", {});
    CaseResult few = simple("demo", "three_launches", {2e-3, 2e-3, 2e-3});
    few.metrics[0].summary.interval.reset();
    few.metrics[0].summary.launch_medians.resize(3);
    few.metrics[0].launches.resize(3);
    CaseResult nan =
        case_of("demo",
                "not_a_number",
                {metric("time", "s", {kNan, kNan, kNan}),
                 metric("score", "1", {std::numeric_limits<double>::infinity(), 0, 1})});
    CaseResult zero =
        case_of("demo",
                "minus_zero",
                {metric("time", "s", {-0.0, -0.0, -0.0}), metric("drift", "1", {-0.0, -0.0, 0.0})});
    return run_of({nothing, none, few, nan, zero});
}

Events magnitudes_run() {
    std::vector<CaseResult> results;
    std::int64_t i = 0;
    for (const double scale : {1e-10, 1e-9, 1e-6, 1e-3, 1.0, 1e3}) {
        for (const double lead : {1.2345, 12.345, 123.45, 999.96}) {
            results.push_back(with_params(
                simple("time", "s", {lead * scale, lead * scale * 0.99, lead * scale * 1.01}),
                {{"i", ++i}}));
        }
    }
    CaseResult sizes = case_of("units", "all", {metric("time", "s", {1, 0.5, 1.5})});
    for (const double bytes :
         {0.0, 1.0, 512.0, 1023.0, 1024.0, 1536.0, 1048575.0, 33554432.0, 5e12}) {
        sizes.metrics.push_back(metric("bytes", "By", {bytes, bytes, bytes}));
    }
    for (const double count : {0.0, 3.0, 9999.0, 10000.0, 1234567.0, 9.87654e12, 0.5, 2.5e-9}) {
        sizes.metrics.push_back(metric("count", "1", {count, count, count}));
    }
    sizes.metrics.push_back(metric("rate", "{op}/s", {1.5e6, 1e6, 2e6}));
    sizes.metrics.push_back(metric("rate", "1/s", {250, 249, 251}));
    sizes.metrics.push_back(metric("band", "By/s", {3.2e9, 3e9, 4e9}));
    sizes.metrics.push_back(metric("hits", "{hit}", {12, 12, 12}));
    sizes.metrics.push_back(metric("latency", "ns", {1500, 1400, 1600}));
    sizes.metrics.push_back(metric("share", "%", {93.75, 93, 94}));
    sizes.metrics.push_back(metric("energy", "J", {12345.678, 1, 2}));
    sizes.metrics.push_back(metric("drift", "1", {-0.00001, -1, 0}));
    results.push_back(sizes);
    return run_of(std::move(results));
}

Events variants_run() {
    std::vector<CaseResult> results;
    for (const std::int64_t n : {4096, 64}) {
        for (const std::string impl : {"plain", "cached", "peer"}) {
            const double slow = impl == "plain" ? 3.2 : impl == "cached" ? 1 : 4;
            const double time = static_cast<double>(n) * 1e-6 * slow;
            CaseResult result =
                simple("matrix_caching", "transition", {time, time * 0.96875, time * 1.03125});
            if (impl == "cached") {
                result.metrics.push_back(metric("speedup", "1", {3.2, 3.1, 3.3}));
                result.metrics.push_back(metric("hit_rate", "1", {0.9375, 0.9375, 0.9375}));
            } else if (impl == "peer") {
                result.metrics.push_back(metric("speedup", "1", {0.8, 0.75, 0.85}));
            }
            results.push_back(with_params(result, {{"n", n}, {"impl", impl}}));
        }
    }
    results.push_back(simple("matrix_caching", "lookup", {5e-9, 4.9e-9, 5.1e-9}));
    return run_of(std::move(results));
}

Events interrupted_run() {
    Events events = run_of({simple("demo", "first", {1e-3, 1e-3, 1e-3}),
                            with_status(simple("demo", "second", {1, 1, 1}),
                                        CaseStatus::cancelled,
                                        "cancelled before it was measured")});
    events.back().fields["summary"].as_object()["partial"] = true;
    return events;
}

Events comparison_run() {
    Events events =
        run_of({compared("same", "same", 1.0004, json::array{0.998, 1.003}),
                compared("slower", "slower", 1.0525, json::array{1.041, 1.064}),
                compared("faster", "faster", 0.8, json::array{0.79, 0.81}),
                compared("undecided", "undecided", 1.012, nullptr),
                left_out("gained", "only_in_new", "the old build has no such case"),
                left_out("lost", "only_in_old", "the new build has lost this case"),
                left_out("changed", "incomparable", "the shape differs: chain and single"),
                left_out("broken", "failed", "new build: SIGSEGV at 0x0 in run (3 pairs failed)")});
    json::object comparison{{"margin", 0.01},
                            {"alpha", 0.05},
                            {"method", "mixture"},
                            {"old", json::object{{"name", "old/"}, {"plugins", json::array{}}}},
                            {"new", json::object{{"name", "new/"}, {"plugins", json::array{}}}}};
    events.front().fields["comparison"] = comparison;
    comparison["controls"] = json::object{{"null", "quiet"}, {"positive", "found"}};
    events.back().fields["comparison"] = std::move(comparison);
    events.back().fields["summary"] = json::object{{"cases", 8},
                                                   {"slower", 1},
                                                   {"faster", 1},
                                                   {"same", 1},
                                                   {"undecided", 1},
                                                   {"compared", 4},
                                                   {"only_in_old", 1},
                                                   {"only_in_new", 1},
                                                   {"incomparable", 1},
                                                   {"failed", 1},
                                                   {"partial", false},
                                                   {"seconds", 41.0}};
    return events;
}

Events comparison_with_metrics() {
    const auto metric = [](const char* key, const char* verdict, json::value change) {
        return json::object{{"key", key},
                            {"unit", "1"},
                            {"verdict", verdict},
                            {"change", std::move(change)},
                            {"scale", "points"},
                            {"old", 0.99},
                            {"new", 0.93},
                            {"pairs", 23},
                            {"pairs_asked", 23},
                            {"exact", false},
                            {"reason", ""}};
    };
    const auto told_by = [](json::object figure, int pairs) {
        figure["pairs"] = pairs;
        return figure;
    };
    json::object lone = metric("latency_p99", "undecided", -0.04);
    lone["scale"] = "relative";
    lone["reason"] = "better, but its companion recall got worse";
    json::object errors = metric("errors", "worse", nullptr);
    errors["exact"] = true;
    errors["reason"] = "nondeterministic: launches of the old build differ";
    Events events = comparison_run();
    for (report::Event& event : events) {
        if (event.result == nullptr || event.result->status != CaseStatus::passed) {
            continue;
        }
        CaseResult result = *event.result;
        json::object& compared = result.extra["comparison"].as_object();
        if (result.family == "faster") {
            compared["metrics"] = json::array{told_by(metric("recall", "worse", 0.0625), 19), lone};
        } else if (result.family == "same") {
            compared["metrics"] = json::array{metric("hit_rate", "better", -0.03125)};
        } else if (result.family == "slower") {
            compared["metrics"] = json::array{errors,
                                              metric("recall", "same", 0.0),
                                              told_by(metric("hit_rate", "same", 0.0), 12)};
        }
        event.result = std::make_shared<const CaseResult>(std::move(result));
    }
    return events;
}

Events aborted_run() {
    Events events = ordinary_run();
    events.resize(4);
    return events;
}

} // namespace canned
