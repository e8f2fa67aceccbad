// A run, a comparison of two builds or a gate as its events told it, as plain values: what a report
// that is written at the end keeps of ten thousand cases.
//
//   RunReader reader;
//   reader.take(event);                       // every event, in order
//   std::string text = markdown_comment(reader.run());
//
// Texts are as they came: whoever writes them makes them safe for its format. A figure that is not
// known is NaN. One thread.
#pragma once

#include <assay/event_view.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace report_text {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct ToldFigure {
    std::string key, unit, reason;     // why there is no figure, or empty
    std::string direction = "none";    // "lower" or "higher" is better
    std::uint64_t n = 0, launches = 0; // samples; 0: unavailable
    bool exact = false;                // compared to the last one
    double value = kUnknown, low = kUnknown, high = kUnknown, level = kUnknown;
};

// A figure beside time in a comparison.
struct ToldMetric {
    std::string key, unit, reason;
    std::string verdict;      // "worse", "better", "same", "undecided"
    std::string scale;        // "points" or "relative"
    double change = kUnknown; // as a share
    double before = kUnknown, after = kUnknown;
    bool exact = false;
    std::int64_t pairs = 0, pairs_asked = 0;
};

struct ToldComparison {
    std::string status;         // "compared", "only_in_old", ...
    std::string verdict;        // "slower", "faster", "same", "undecided"; empty: none
    std::string statement;      // the verdict with what counts add to it, or empty
    std::string reason, metric; // metric: what stands for time where there is none, else empty
    std::string unit = "s";
    bool exact = false, verified = false;
    double before = kUnknown, after = kUnknown;
    double ratio = kUnknown, low = kUnknown, high = kUnknown, level = kUnknown;
    double strength = kUnknown; // logarithm of the evidence for the verdict
    std::int64_t pairs = 0;
    std::vector<std::string> labels;
    std::vector<ToldMetric> metrics = {};
};

struct ToldCase {
    std::string id, suite, family, reason;
    assay::case_status status = assay::case_status::passed;
    bool verified = true;
    std::vector<ToldFigure> figures = {}; // the first is the time, where anything was measured
    std::vector<std::string> notes;
    std::optional<ToldComparison> compared = {};
};

// A line of a gate.
struct GateRow {
    std::string rule, kind, case_id, metric, outcome, severity, unit, limit, statistic, reason;
    std::string evidence, verdict, baseline;
    std::string file; // where the rule stands, or empty
    std::int64_t line = 0;
    double figure = kUnknown, mde = kUnknown, low = kUnknown, high = kUnknown;
    std::int64_t n = 0;
};

struct ToldNote {
    std::string text, next;
};

struct ToldGate {
    std::string gates, baseline;
    std::int64_t exit_code = 0;
    std::vector<GateRow> rows = {};
    std::vector<std::string> unmatched; // rules that apply to no case
    std::vector<ToldNote> notes;
};

struct ToldRun {
    std::string id, started, mode, platform, host_version, commit, branch;
    bool dirty = false;
    double noise = kUnknown, seconds = kUnknown;
    std::int64_t lanes = 0;
    std::vector<std::string> argv;
    bool is_comparison = false;
    std::string before, after, basis, method, null_control, positive_control;
    double margin = kUnknown, alpha = kUnknown;
    bool partial = true; // interrupted, or its end was never told
    std::vector<ToldCase> cases;
    std::optional<ToldGate> gate;
    std::vector<ToldNote> notes;
    std::vector<std::string> next;
};

class RunReader {
public:
    void take(const assay::event_view& event);

    [[nodiscard]] const ToldRun& run() const noexcept { return run_; }

private:
    ToldRun run_;
};

} // namespace report_text
