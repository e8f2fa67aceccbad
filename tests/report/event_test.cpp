#include "report/abi_event.hpp"
#include "report/event.hpp"
#include "report/recorded_event.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace assay;
using namespace assay::report;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

MetricResult time_metric() {
    MetricResult metric;
    metric.key = "time";
    metric.unit = "s";
    metric.direction = measure::Direction::lower;
    metric.clock = measure::Clock::thread_cpu;
    metric.flags = ASSAY_METRIC_GATE;
    metric.summary.n = 4;
    metric.summary.median = 0.25;
    metric.summary.p999 = kNan;
    metric.summary.stddev = std::numeric_limits<double>::infinity();
    metric.summary.interval = statistics::Interval{0.125, 0.5};
    metric.summary.outliers = {1, 2};
    metric.summary.launch_medians = {0.125, 0.5};
    metric.launches = {{0.125, 0.125}, {0.5, 0.5}};
    metric.preempted = 3;
    metric.throttled = 7;
    return metric;
}

CaseResult case_result() {
    CaseResult result;
    result.id = "demo/sort[n=64,x=0.5,deep=true,kind=a]";
    result.suite = "demo";
    result.family = "sort";
    result.params = {{"n", std::int64_t{64}}, {"x", 0.5}, {"deep", true}, {"kind", "a"}};
    result.verified = true;
    result.metrics = {time_metric()};
    return result;
}

Event case_end(CaseResult result) {
    Event event;
    event.kind = EventKind::case_end;
    event.sequence = 7;
    event.unix_ns = 1'000;
    event.result = std::make_shared<const CaseResult>(std::move(result));
    return event;
}

std::string at(const json::value& document, std::string_view pointer) {
    const json::value* found = json_at(document, pointer);
    return found == nullptr ? "absent" : write_json(*found);
}

Schema schema_of(const std::string& name) {
    const auto text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/" + name);
    REQUIRE(text.ok());
    auto schema = Schema::compile(*text, SchemaLevel::host);
    if (!schema) {
        FAIL(schema.error().message);
    }
    return std::move(*schema);
}

std::string problems(const json::value& document, const std::string& schema) {
    std::string text;
    for (const SchemaProblem& problem : schema_of(schema).validate(document)) {
        text += to_text(problem) + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("a case is written with every field the documents promise") {
    const json::value document = to_json(case_result());
    CHECK(at(document, "/id") == "\"demo/sort[n=64,x=0.5,deep=true,kind=a]\"");
    CHECK(at(document, "/params") == R"({"n":64,"x":0.5,"deep":true,"kind":"a"})");
    CHECK(at(document, "/shape") == "\"independent\"");
    CHECK(at(document, "/status") == "\"passed\"");
    CHECK(at(document, "/reason") == "null");
    CHECK(at(document, "/verified") == "true");
    CHECK(at(document, "/metrics/0/direction") == "\"lower\"");
    CHECK(at(document, "/metrics/0/aggregate") == "\"samples\"");
    CHECK(at(document, "/metrics/0/provenance") == "\"measured\"");
    CHECK(at(document, "/metrics/0/clock") == "\"thread_cpu\"");
    CHECK(at(document, "/metrics/0/gate") == "true");
    CHECK(at(document, "/metrics/0/ci") == "[0.125,0.5]");
    CHECK(at(document, "/metrics/0/ci_level") == "0.95");
    CHECK(at(document, "/metrics/0/outliers") ==
          R"({"mild":1,"severe":2,"preempted":3,"faulted":0,"migrated":0,"interrupted":0,)"
          R"("stolen":null,"throttled":7})");
    CHECK(at(document, "/metrics/0/launches") ==
          R"([{"median":0.125,"samples":[0.125,0.125]},{"median":0.5,"samples":[0.5,0.5]}])");
    for (const char* name : {"n",
                             "median",
                             "mean",
                             "stddev",
                             "mad",
                             "min",
                             "max",
                             "p05",
                             "p25",
                             "p75",
                             "p90",
                             "p95",
                             "p99",
                             "p999"}) {
        CAPTURE(name);
        CHECK(at(document, std::string("/metrics/0/") + name) != "absent");
    }
}

TEST_CASE("what is known of a launch stands beside its samples") {
    CaseResult result = case_result();
    LaunchFacts facts;
    facts.warmup_slices = 10;
    facts.steady = true;
    facts.stolen_s = 0.02;
    facts.overlap = 0.5;
    facts.lanes = {{0.125}, {0.25}};
    result.metrics[0].facts = {facts, LaunchFacts{}};
    result.metrics[0].overlap = 0.5;
    result.metrics[0].bimodal = {{"slices", {0.125, {0.25, 0.5}, {0.5, 0.5}}}};
    const json::value document = to_json(result);
    CHECK(at(document, "/metrics/0/launches/0/steady") == "true");
    CHECK(at(document, "/metrics/0/launches/0/warmup_slices") == "10");
    CHECK(at(document, "/metrics/0/launches/0/stolen_s") == "0.02");
    CHECK(at(document, "/metrics/0/launches/0/throttled_s") == "null");
    CHECK(at(document, "/metrics/0/launches/0/lanes") == "[[0.125],[0.25]]");
    CHECK(at(document, "/metrics/0/launches/0/overlap") == "0.5");
    CHECK(at(document, "/metrics/0/launches/1/steady") == "null");
    CHECK(at(document, "/metrics/0/launches/1/lanes") == "absent");
    CHECK(at(document, "/metrics/0/overlap") == "0.5");
    CHECK(at(document, "/metrics/0/percentile_ci") == "absent");
    CHECK(at(document, "/metrics/0/bimodal") ==
          R"([{"of":"slices","dip":0.125,"level":0.01,"modes":)"
          R"([{"value":0.25,"share":0.5},{"value":0.5,"share":0.5}]}])");
    CHECK(problems(to_json(case_end(result)), "event.json") == "");
}

TEST_CASE("a latency case lists histograms in place of samples, and intervals of its percentiles") {
    CaseResult result = case_result();
    MetricResult& time = result.metrics[0];
    time.launches = {{}, {}};
    time.facts.resize(2);
    time.facts[0].histogram.record(100, 3);
    time.facts[0].histogram.record(4097, 2);
    time.percentiles = {{"p50", 1e-7, statistics::Interval{0.5e-7, 2e-7}},
                        {"p90", 4e-6, {}},
                        {"p95", 4e-6, {}},
                        {"p99", 4e-6, {}},
                        {"p999", 4e-6, {}}};
    const json::value document = to_json(result);
    CHECK(at(document, "/metrics/0/p50") == "1e-07");
    CHECK(at(document, "/metrics/0/percentile_ci/p50") == "[5e-08,2e-07]");
    CHECK(at(document, "/metrics/0/percentile_ci/p999") == "null");
    CHECK(at(document, "/metrics/0/launches/0/samples") == "[]");
    CHECK(at(document, "/metrics/0/bimodal") == "[]");
    CHECK(at(document, "/metrics/0/launches/0/histogram") == "[[100,3],[4096,2]]");
    CHECK(problems(to_json(case_end(result)), "event.json") == "");
    time.percentiles.pop_back();
    CHECK(problems(to_json(case_end(result)), "event.json") != "");
}

TEST_CASE("what is not known is null and never 0") {
    CaseResult result = case_result();
    const json::value known = to_json(result);
    CHECK(at(known, "/metrics/0/p999") == "null");
    CHECK(at(known, "/metrics/0/stddev") == "null");
    MetricResult unavailable;
    unavailable.key = "cycles";
    unavailable.reason = "no counters here";
    result.metrics.push_back(unavailable);
    const json::value document = to_json(result);
    CHECK(at(document, "/metrics/1/n") == "0");
    CHECK(at(document, "/metrics/1/median") == "null");
    CHECK(at(document, "/metrics/1/mean") == "null");
    CHECK(at(document, "/metrics/1/ci") == "null");
    CHECK(at(document, "/metrics/1/outliers") == "null");
    CHECK(at(document, "/metrics/1/clock") == "null");
    CHECK(at(document, "/metrics/1/reason") == "\"no counters here\"");
}

TEST_CASE("further fields are added to a case and replace none of the fixed ones") {
    CaseResult result = case_result();
    result.notes = {"unsteady"};
    result.extra = {{"calibration", {{"iterations", 5}}}, {"status", "hacked"}};
    const json::value document = to_json(result);
    CHECK(at(document, "/calibration/iterations") == "5");
    CHECK(at(document, "/status") == "\"passed\"");
    CHECK(at(document, "/notes") == R"(["unsteady"])");
}

TEST_CASE("equal events give equal bytes") {
    CHECK(write_json(to_json(case_end(case_result()))) ==
          write_json(to_json(case_end(case_result()))));
}

TEST_CASE("text that is no UTF-8 is mended in documents and in the ABI") {
    CaseResult result = case_result();
    result.reason = "caf\xE9 \xFF";
    result.extra = {{"out\xFFput", "a\xC3"}};
    const Event event = case_end(result);
    const std::string text = write_json(to_json(event));
    CHECK(parse_json(text).ok());
    CHECK(at(to_json(event), "/case/reason") == "\"caf\xEF\xBF\xBD \xEF\xBF\xBD\"");
    CHECK(at(to_json(event), "/case/out\xEF\xBF\xBDput") == "\"a\xEF\xBF\xBD\"");
    const AbiEvent lent(event);
    CHECK(std::string(lent.get().text.data, lent.get().text.len) == "caf\xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST_CASE("every kind of event is valid against its schema") {
    CHECK(problems(to_json(case_end(case_result())), "event.json") == "");
    CaseResult failed = case_result();
    failed.status = measure::CaseStatus::crashed;
    failed.reason = "SIGSEGV";
    failed.metrics.clear();
    CHECK(problems(to_json(case_end(failed)), "event.json") == "");
    for (const EventKind kind : {EventKind::suite_begin,
                                 EventKind::case_begin,
                                 EventKind::suite_end,
                                 EventKind::progress,
                                 EventKind::log}) {
        Event event;
        event.kind = kind;
        event.level = ASSAY_LOG_WARN;
        event.done = 0.5;
        CHECK(problems(to_json(event), "event.json") == "");
    }
    Event end;
    end.kind = EventKind::run_end;
    end.fields = {{"summary", {{"cases", 1}, {"passed", 1}}},
                  {"notes", {{{"text", "noisy"}, {"next", "assay doctor"}}}},
                  {"next", json::array{"assay list"}}};
    CHECK(problems(to_json(end), "event.json") == "");
    end.fields = {{"summary", {{"cases", -1}}}};
    CHECK(problems(to_json(end), "event.json") != "");
}

TEST_CASE("a case has one form in events and in results") {
    const auto events = read_json_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/event.json");
    const auto results = read_json_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/results.json");
    REQUIRE(events.ok());
    REQUIRE(results.ok());
    const bool are_equal = at(*events, "/definitions") == at(*results, "/definitions");
    CHECK_MESSAGE(are_equal, "`definitions` of schemas/event.json and schemas/results.json differ");
    CHECK(at(*events, "/definitions/case") != "absent");
}

TEST_CASE("project configuration refuses what it does not know") {
    const auto ok = parse_json(R"({"mode":"quick","lanes":2,"suites":{"router":{"any":[1]}}})");
    CHECK(problems(*ok, "project.json") == "");
    CHECK(problems(*parse_json(R"({"moed":"quick"})"), "project.json") != "");
    CHECK(problems(*parse_json(R"({"lanes":-1})"), "project.json") != "");
}

TEST_CASE("the list document has its schema") {
    const auto list = parse_json(R"({"plugins":[{"id":"org.x","version":"1.0.0","path":"/x",
        "tier":"explicit","sha256":null,"provides":[{"kind":"assay.suite/1","name":"x"}]}],
        "cases":[{"id":"x/y","suite":"x","family":"y","params":{},"shape":"chain",
        "metrics":[{"key":"time","unit":"s"}]}]})");
    CHECK(problems(*list, "list.json") == "");
    CHECK(problems(*parse_json(R"({"plugins":[{}],"cases":[]})"), "list.json") != "");
}

TEST_CASE("an event is lent with its figures and unknown doubles as NaN") {
    CaseResult result = case_result();
    result.metrics.emplace_back().key = "cycles";
    const Event event = case_end(result);
    const AbiEvent lent(event);
    const assay_event& abi = lent.get();
    CHECK(abi.struct_size == sizeof(assay_event));
    CHECK(abi.kind == ASSAY_EV_CASE_END);
    CHECK(abi.seq == 7);
    CHECK(abi.unix_ns == 1'000);
    CHECK(abi.status == ASSAY_CASE_PASSED);
    CHECK(abi.shape == ASSAY_SHAPE_INDEPENDENT);
    CHECK(std::string(abi.case_id.data, abi.case_id.len) == result.id);
    CHECK(std::string(abi.suite.data, abi.suite.len) == "demo");
    REQUIRE(abi.n_stats == 2);
    const assay_stats& time = *abi.stats[0];
    CHECK(time.struct_size == sizeof(assay_stats));
    CHECK(std::string(time.key.data, time.key.len) == "time");
    CHECK(time.direction == ASSAY_DIR_LOWER_IS_BETTER);
    CHECK(time.provenance == ASSAY_PROV_MEASURED);
    CHECK(time.clock == ASSAY_CLOCK_THREAD_CPU);
    CHECK(time.n == 4);
    CHECK(time.n_launches == 2);
    CHECK(time.median == 0.25);
    CHECK(time.ci_hi == 0.5);
    CHECK(time.outliers_severe == 2);
    REQUIRE(time.samples != nullptr);
    CHECK(time.samples[3] == 0.5);
    CHECK(time.launch_medians[0] == 0.125);
    const assay_stats& cycles = *abi.stats[1];
    CHECK(cycles.n == 0);
    CHECK(std::isnan(cycles.median));
    CHECK(std::isnan(cycles.ci_lo));
    CHECK(cycles.samples == nullptr);
    CHECK(cycles.launch_medians == nullptr);
}

TEST_CASE("an event that was recorded is told again as it was, with its figures") {
    const Event event = case_end(case_result());
    const json::value document = to_json(event);
    const Event again = recorded_event(document.as_object());
    CHECK(again.kind == EventKind::case_end);
    CHECK(again.unix_ns == event.unix_ns);
    json::object told = to_json(again).as_object();
    told["sequence"] = 7; // the bus numbers it anew
    CHECK(canonical_json(told) == canonical_json(document));
    const AbiEvent then(event);
    const AbiEvent now(again);
    REQUIRE(now.get().n_stats == 1);
    const assay_stats& stats = *now.get().stats[0];
    CHECK(stats.n == then.get().stats[0]->n);
    CHECK(stats.median == 0.25);
    CHECK(std::isnan(stats.p999));
    CHECK(stats.ci_hi == 0.5);
    CHECK(stats.clock == ASSAY_CLOCK_THREAD_CPU);
    CHECK(stats.flags == ASSAY_METRIC_GATE);
    REQUIRE(stats.samples != nullptr);
    CHECK(stats.samples[3] == 0.5);
}

TEST_CASE("a recorded event that says less, or other things, is told as far as it goes") {
    const Event bare =
        recorded_event({{"kind", "case_end"}, {"case", {{"id", "a/b"}, {"metrics", 3}}}});
    REQUIRE(bare.result != nullptr);
    CHECK(bare.result->metrics.empty());
    CHECK(bare.result->status == measure::CaseStatus::unavailable);
    CHECK(recorded_event({{"kind", "of a newer Assay"}}).kind == EventKind::log);
}
