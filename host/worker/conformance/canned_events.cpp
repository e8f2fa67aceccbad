#include "worker/conformance/canned_events.hpp"

#include "support/plugin_library.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace assay::worker::conformance {
namespace {

constexpr std::uint64_t kUnixNs = 1'700'000'000'000'000'000;
constexpr std::size_t kLargeCases = 10'000;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int32_t kUnknownKind = 4711;

constexpr std::array<std::string_view, 8> kStatuses{"passed",
                                                    "skipped",
                                                    "failed",
                                                    "wrong_result",
                                                    "timed_out",
                                                    "crashed",
                                                    "cancelled",
                                                    "unavailable"};

const std::string kHostileText =
    std::string(kHostileMarkup) +
    "\n\"quote\" 'single' \\back\\ \x1b[31mred\x1b[0m \r\t ]]> &amp; "
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae gnal \xf0\x9f\xa6\x80"
    " ,;| {\"a\":1} %s %n";

std::string_view word_of(std::int32_t kind) noexcept {
    switch (kind) {
    case ASSAY_EV_RUN_BEGIN:
        return "run_begin";
    case ASSAY_EV_SUITE_BEGIN:
        return "suite_begin";
    case ASSAY_EV_CASE_BEGIN:
        return "case_begin";
    case ASSAY_EV_CASE_END:
        return "case_end";
    case ASSAY_EV_SUITE_END:
        return "suite_end";
    case ASSAY_EV_RUN_END:
        return "run_end";
    case ASSAY_EV_PROGRESS:
        return "progress";
    case ASSAY_EV_LOG:
        return "log";
    default:
        return "of_a_later_minor";
    }
}

json::object run_object(const std::string& text) {
    return {{"id", "00000000-0000-4000-8000-000000000000"},
            {"started", "2023-11-14T22:13:20Z"},
            {"finished", nullptr},
            {"mode", "quick"},
            {"seed", 1},
            {"argv", json::array{"assay", "run", text}},
            {"platform", {{"id", "0123"}, {"label", text}}},
            {"git", nullptr},
            {"host", {{"version", "0.1.0"}}},
            {"resolution", nullptr}};
}

json::object metric_object(const CannedStat& stat) {
    const json::value median = stat.n == 0 ? json::value(nullptr) : json_number(stat.median);
    json::object metric{{"key", stat.key},
                        {"unit", stat.unit},
                        {"direction", "lower"},
                        {"aggregate", "samples"},
                        {"provenance", "measured"},
                        {"clock", "thread_cpu"},
                        {"n", json_count(stat.n)},
                        {"iterations", 1000},
                        {"ci", nullptr},
                        {"ci_level", 0.95},
                        {"outliers", nullptr}};
    for (const std::string_view figure : {"median",
                                          "mean",
                                          "stddev",
                                          "mad",
                                          "cv",
                                          "min",
                                          "max",
                                          "p05",
                                          "p25",
                                          "p75",
                                          "p90",
                                          "p95",
                                          "p99",
                                          "p999"}) {
        metric[figure] = median;
    }
    json::array samples;
    for (std::uint64_t i = 0; i < stat.n; ++i) {
        samples.push_back(median);
    }
    metric["launches"] = json::array{json::object{{"median", median}, {"samples", samples}}};
    return metric;
}

CannedEvent plain(std::int32_t kind, std::string suite = {}) {
    CannedEvent event;
    event.kind = kind;
    event.suite = std::move(suite);
    return event;
}

CannedEvent begin_of_run(const std::string& text = "linux-x86_64") {
    CannedEvent event = plain(ASSAY_EV_RUN_BEGIN);
    event.fields["run"] = run_object(text);
    return event;
}

CannedEvent end_of_run(std::size_t cases, const std::string& text = "linux-x86_64") {
    CannedEvent event = plain(ASSAY_EV_RUN_END);
    event.fields["run"] = run_object(text);
    event.fields["summary"] = {{"cases", json_count(cases)}, {"passed", json_count(cases)}};
    event.fields["notes"] = json::array{json::object{{"text", text}, {"next", text}}};
    event.fields["next"] = json::array{text};
    return event;
}

struct CannedCase {
    std::string suite = "demo", family = "dot";
    std::int64_t n = 64;
    std::string status_text = {}; // reason
    std::int32_t status = ASSAY_CASE_PASSED;
};

CannedEvent end_of_case(const CannedCase& about, std::vector<CannedStat> stats) {
    CannedEvent event = plain(ASSAY_EV_CASE_END, about.suite);
    event.case_id = about.suite + "/" + about.family + "[n=" + std::to_string(about.n) + "]";
    event.status = about.status;
    event.text = about.status_text;
    json::array metrics;
    for (const CannedStat& stat : stats) {
        metrics.push_back(metric_object(stat));
    }
    event.fields["case"] = {
        {"id", event.case_id},
        {"suite", about.suite},
        {"family", about.family},
        {"params", {{"n", about.n}}},
        {"shape", "independent"},
        {"status", kStatuses[static_cast<std::size_t>(about.status)]},
        {"reason",
         about.status_text.empty() ? json::value(nullptr) : json::value(about.status_text)},
        {"verified", about.status == ASSAY_CASE_PASSED},
        {"metrics", std::move(metrics)},
        {"notes", json::array{}}};
    event.stats = std::move(stats);
    return event;
}

// The cases of one suite between the events that surround them.
Stream run_of(std::vector<CannedEvent> cases, const std::string& text = "linux-x86_64") {
    Stream stream{begin_of_run(text)};
    const std::string suite = cases.empty() ? "" : cases.front().suite;
    const std::size_t count = cases.size();
    if (!suite.empty()) {
        stream.push_back(plain(ASSAY_EV_SUITE_BEGIN, suite));
    }
    for (CannedEvent& one : cases) {
        CannedEvent begin = plain(ASSAY_EV_CASE_BEGIN, one.suite);
        begin.case_id = one.case_id;
        stream.push_back(std::move(begin));
        stream.push_back(std::move(one));
    }
    if (!suite.empty()) {
        stream.push_back(plain(ASSAY_EV_SUITE_END, suite));
    }
    stream.push_back(end_of_run(count, text));
    return stream;
}

json::object document_of(const CannedEvent& event, std::uint64_t sequence) {
    const auto text = [](const std::string& one) {
        return one.empty() ? json::value(nullptr) : json::value(one);
    };
    json::object document{{"schema", "assay.event/1"},
                          {"kind", word_of(event.kind)},
                          {"sequence", json_count(sequence)},
                          {"unix_ns", json_count(kUnixNs + sequence)},
                          {"suite", text(event.suite)},
                          {"case_id", text(event.case_id)},
                          {"text", text(event.text)}};
    for (const auto& field : event.fields) {
        document[field.key()] = field.value();
    }
    return document;
}

} // namespace

Stream empty_stream() {
    return run_of({});
}

Stream every_status_stream() {
    std::vector<CannedEvent> cases;
    for (std::int32_t status = ASSAY_CASE_PASSED; status <= ASSAY_CASE_UNAVAILABLE; ++status) {
        const bool passed = status == ASSAY_CASE_PASSED;
        std::vector<CannedStat> stats;
        if (passed) {
            stats = {{}, {"hit_rate", "1", 0.75, 6}};
        }
        cases.push_back(end_of_case(
            {.n = status, .status_text = passed ? "" : "the reason why", .status = status},
            std::move(stats)));
    }
    Stream stream = run_of(std::move(cases));
    CannedEvent progress = plain(ASSAY_EV_PROGRESS);
    progress.text = "half of it";
    progress.fields["done"] = 0.5;
    stream.insert(stream.begin() + 3, progress);
    CannedEvent log = plain(ASSAY_EV_LOG, "demo");
    log.text = "a line";
    log.fields["level"] = "warn";
    stream.insert(stream.begin() + 4, log);
    return stream;
}

Stream large_stream() {
    std::vector<CannedEvent> cases;
    for (std::size_t i = 0; i < kLargeCases; ++i) {
        cases.push_back(end_of_case({.n = static_cast<std::int64_t>(i)}, {{}}));
    }
    return run_of(std::move(cases));
}

Stream hostile_stream() {
    std::vector<CannedEvent> cases;
    cases.push_back(end_of_case({.suite = "demo" + kHostileText, .family = kHostileText},
                                {{}, {kHostileText, kHostileText, 1, 6}}));
    cases.push_back(end_of_case(
        {.suite = "demo" + kHostileText, .status_text = kHostileText, .status = ASSAY_CASE_FAILED},
        {}));
    Stream stream = run_of(std::move(cases), kHostileText);
    CannedEvent log = plain(ASSAY_EV_LOG, kHostileText);
    log.text = kHostileText;
    log.fields["level"] = "error";
    stream.insert(stream.begin() + 1, log);
    return stream;
}

Stream odd_figures_stream() {
    std::vector<CannedEvent> cases;
    std::int64_t n = 0;
    for (const double median : {kNan, kInfinity, -kInfinity, 0.0, -0.0, 5e-324, 1.7e308}) {
        cases.push_back(end_of_case({.n = ++n}, {{"time", "s", median, 6}}));
    }
    cases.push_back(end_of_case({.n = ++n}, {{"time", "s", kNan, 0}}));
    cases.push_back(end_of_case({.n = ++n}, {}));
    return run_of(std::move(cases));
}

Stream unknown_stream() {
    Stream stream = every_status_stream();
    CannedEvent unknown = plain(kUnknownKind, "demo");
    unknown.fields["of_a_later_minor"] = json::object{{"deep", json::array{1, nullptr, "x"}}};
    stream.insert(stream.begin() + 1, unknown);
    for (const std::int32_t kind :
         {ASSAY_EV_COMPARISON, ASSAY_EV_GATE, ASSAY_EV_ALERT, ASSAY_EV_DOCUMENT}) {
        stream.insert(stream.end() - 1, plain(kind));
    }
    for (CannedEvent& event : stream) {
        event.fields["of_a_later_minor"] = json::array{json::object{}, -1, true};
    }
    return stream;
}

Stream broken_off_stream() {
    Stream stream = every_status_stream();
    stream.resize(stream.size() / 2); // between the begin and the end of a case
    return stream;
}

Stream aged_stream(HostAge age) {
    return age == HostAge::future ? unknown_stream() : every_status_stream();
}

AbiCannedEvent::AbiCannedEvent(const CannedEvent& event, std::uint64_t sequence, HostAge age)
    : json_(write_json(document_of(event, sequence))) {
    const auto text = [](const std::string& one) {
        return one.empty() ? assay_str{nullptr, 0} : abi_str(one);
    };
    for (const CannedStat& stat : event.stats) {
        add(stat, age);
    }
    plain_.struct_size = sizeof plain_;
    plain_.kind = event.kind;
    plain_.seq = sequence;
    plain_.unix_ns = kUnixNs + sequence;
    plain_.suite = text(event.suite);
    plain_.case_id = text(event.case_id);
    plain_.text = text(event.text);
    plain_.json = abi_str(json_);
    plain_.status = event.status;
    plain_.shape = ASSAY_SHAPE_INDEPENDENT;
    plain_.n_stats = static_cast<std::uint32_t>(stats_.size());
    plain_.stats = stats_.empty() ? nullptr : stats_.data();
    if (age == HostAge::old) {
        bare_.emplace(plain_);
    } else if (age == HostAge::future) {
        wide_.emplace();
        (*wide_)->value = plain_;
        (*wide_)->value.struct_size = sizeof(Wide<assay_event>);
        (*wide_)->behind.fill(Wide<assay_event>::kByteBehind);
    }
}

void AbiCannedEvent::add(const CannedStat& stat, HostAge age) {
    assay_stats stats{};
    stats.struct_size = sizeof stats;
    stats.direction = ASSAY_DIR_LOWER_IS_BETTER;
    stats.key = abi_str(stat.key);
    stats.unit = abi_str(stat.unit);
    stats.provenance = ASSAY_PROV_MEASURED;
    stats.clock = ASSAY_CLOCK_THREAD_CPU;
    stats.n = stat.n;
    stats.iterations = 1000;
    stats.n_launches = stat.n;
    const double figure = stat.n == 0 ? kNan : stat.median;
    for (double* const field : {&stats.min,
                                &stats.max,
                                &stats.mean,
                                &stats.median,
                                &stats.stddev,
                                &stats.mad,
                                &stats.cv,
                                &stats.p05,
                                &stats.p25,
                                &stats.p75,
                                &stats.p90,
                                &stats.p95,
                                &stats.p99,
                                &stats.p999,
                                &stats.ci_lo,
                                &stats.ci_hi}) {
        *field = figure;
    }
    stats.ci_level = 0.95;
    const std::vector<double>& samples =
        samples_.emplace_back(static_cast<std::size_t>(stat.n), stat.median);
    stats.samples = stats.launch_medians = samples.empty() ? nullptr : samples.data();
    if (age == HostAge::old) {
        bare_stats_.push_back(std::make_unique<Fenced<assay_stats>>(stats));
        stats_.push_back(bare_stats_.back()->get());
    } else if (age == HostAge::future) {
        wide_stats_.push_back(std::make_unique<Fenced<Wide<assay_stats>>>());
        Wide<assay_stats>& wide = **wide_stats_.back();
        wide.value = stats;
        wide.value.struct_size = sizeof wide;
        wide.behind.fill(Wide<assay_stats>::kByteBehind);
        stats_.push_back(&wide.value);
    } else {
        plain_stats_.push_back(std::make_unique<assay_stats>(stats));
        stats_.push_back(plain_stats_.back().get());
    }
}

const assay_event* AbiCannedEvent::get() const noexcept {
    return bare_ ? bare_->get() : wide_ ? &wide_->get()->value : &plain_;
}

} // namespace assay::worker::conformance
