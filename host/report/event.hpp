// What happens in a run, as values: the one stream that reporters, history and gates read.
//
//   bus.publish(case_end(result));
//
// An Event owns everything it refers to; AbiEvent lends it to a plugin for one call.
#pragma once

#include "measure/description.hpp"
#include "measure/launch.hpp"
#include "statistics/dip.hpp"
#include "statistics/latency_summary.hpp"
#include "statistics/summary.hpp"
#include "support/json.hpp"
#include "support/latency_histogram.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

enum class EventKind {
    run_begin = ASSAY_EV_RUN_BEGIN,
    suite_begin = ASSAY_EV_SUITE_BEGIN,
    case_begin = ASSAY_EV_CASE_BEGIN,
    case_end = ASSAY_EV_CASE_END,
    suite_end = ASSAY_EV_SUITE_END,
    run_end = ASSAY_EV_RUN_END,
    progress = ASSAY_EV_PROGRESS,
    log = ASSAY_EV_LOG,
    gate = ASSAY_EV_GATE,
    alert = ASSAY_EV_ALERT,
    document = ASSAY_EV_DOCUMENT,
};

// The word of the documents: "run_begin", "case_end", ...
std::string_view name_of(EventKind kind) noexcept;

// What is known of one launch beside its samples; told of `time` alone. Absent = not known.
struct LaunchFacts {
    std::optional<std::uint32_t> warmup_slices;
    std::optional<bool> steady;               // absent where too few slices could tell
    std::optional<double> stolen_s;           // of all CPUs, while it had its turn
    std::optional<double> throttled_s;        // by quotas of cgroups
    std::optional<double> overlap;            // several lanes: see MetricResult
    std::vector<std::vector<double>> lanes{}; // several lanes: the samples of each
    LatencyHistogram histogram{};             // shape latency: in place of samples
};

// That slices or launches have two typical times and not one.
struct Bimodality {
    std::string of; // "slices" or "launches"
    statistics::Modes modes;
};

// One metric of one case as reported. `summary.n == 0` = unavailable, `reason` says why.
struct MetricResult {
    std::string key, unit;
    measure::Direction direction = measure::Direction::none;
    measure::Aggregate aggregate = measure::Aggregate::samples;
    measure::Provenance provenance = measure::Provenance::measured;
    std::string provenance_text; // names the counter where the word of `provenance` is too general
    measure::Clock clock = measure::Clock::automatic; // of times; automatic = does not apply
    std::uint32_t flags = 0;                          // ASSAY_METRIC_*
    std::string companion;
    std::string reason;
    statistics::Summary summary;
    std::vector<std::vector<double>> launches; // samples of each launch, in the order taken
    // The median of every launch that was asked, in order; nothing in the place of one without
    // samples, which `launches` and the medians of `summary` leave out. Not in documents of a run.
    std::vector<std::optional<double>> launch_figures;
    bool only_verified = false;   // observed by verify() alone, which is called once for a build
    std::uint64_t iterations = 0; // per slice
    std::optional<bool> scales;   // counts of batches of n and 2n: whether they are the same per
                                  // iteration; absent = not asked
    std::uint64_t preempted = 0, faulted = 0, migrated = 0,
                  interrupted = 0; // slices with a known cause of being odd
    // Slices of the launches from which processor time was withheld; absent = nobody counts that.
    std::optional<std::uint64_t> stolen, throttled;
    std::vector<LaunchFacts> facts;                  // of `time`: as many as `launches`
    std::vector<statistics::Percentile> percentiles; // shape latency
    // Several lanes: median share of a slice, from the barrier to the last lane, in which all ran.
    std::optional<double> overlap;
    std::vector<Bimodality> bimodal; // of `time`
};

struct CaseResult {
    std::string id, suite, family;
    std::vector<std::pair<std::string, measure::ParameterValue>> params;
    measure::Shape shape = measure::Shape::independent;
    measure::CaseStatus status = measure::CaseStatus::passed;
    std::string reason;
    bool verified = false;
    std::vector<MetricResult> metrics; // [0] is `time`
    std::vector<std::string> notes;    // labels: "unsteady", "few samples", ...
    json::object
        extra; // more fields of the case object: calibration, isolation, output, attachments
};

struct Event {
    EventKind kind = EventKind::log;
    std::uint64_t sequence = 0; // set by the bus
    std::uint64_t unix_ns = 0;  // set by the bus when 0
    std::string suite, case_id, text;
    std::int32_t level = 0;                   // ASSAY_LOG_*, for log
    double done = 0;                          // for progress: share of the run
    std::shared_ptr<const CaseResult> result; // case_end
    // run_begin has {"run"}; progress has {"case", "launch", "launches", "eta_s", ...}; run_end has
    // {"run", "summary"} and, for people, "notes" (a list of {"text", "next"}) and "next" (a list
    // of commands); gate has {"gate"}: assay.gate/1, before run_end; alert has {"alert"}:
    // assay.alert/1; document has {"document"}, whose "schema" says what it is. The last two stand
    // alone: there is no run around them. A case that was recorded stands here too ("case"), whole:
    // `result` then has its figures alone.
    json::object fields;
};

// The whole event as a document: schema "assay.event/1". Objects inside ("run", "case", "summary")
// have exactly the form of the results document, so that a reporter can copy them.
json::value to_json(const Event& event);

// ASSAY_LOG_* of "debug", "info", "warn", "error"; of any other word ASSAY_LOG_INFO.
std::int32_t level_named(std::string_view name) noexcept;

// "clock" of a metric: its name, null where it does not apply.
json::value clock_value(measure::Clock clock);

// The "case" object of assay.results/1 (schemas/results.json).
json::object to_json(const CaseResult& result);

} // namespace assay::report
