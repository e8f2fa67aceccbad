// The document assay.dashboard/1 as values, in the reporter's hands.
//
//   std::optional<ToldDashboard> told = read_told(event.json());
//   for (const ToldBranch& branch : told->branches) ... branch.series ...
//
// What the document does not know is absent or NaN, never 0. Texts are as they came: whoever shows
// one escapes it. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dashboard_reporter {

inline constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

struct ToldRun {
    std::string uuid, commit, kind, status;
    double when = 0; // seconds since 1970
    double host_score = kNothing, calibration = kNothing;
    std::int64_t failures = 0;
    bool dirty = false;
};

struct ToldVerdict {
    std::string word, reason, severity, scale, baseline;
    bool weak = false, confirmed = false, exact = false;
    double figure = kNothing, center = kNothing;
    double change = kNothing, low = kNothing, high = kNothing; // of the change: its interval
    double mde = kNothing, fence = kNothing;
};

struct ToldChange {
    std::size_t last_good = 0, first_bad = 0; // of the runs
    double before = kNothing, after = kNothing, change = kNothing;
    bool worse = false, counted = true, over = false, confirmed = false;
    std::string standing, severity;
};

struct ToldDrift {
    std::size_t first = 0, last = 0; // of the runs
    double change = kNothing;
};

struct ToldFlag {
    std::size_t at = 0; // of the points
    bool outlier = false, excluded = false, shifted = false;
};

struct ToldBreak {
    std::size_t at = 0;
    std::string status;
};

struct ToldSamples {
    std::size_t run = 0;
    std::vector<double> sorted, launch_medians;
    std::size_t count = 0; // of which `sorted` may be quantiles
};

struct ToldSeries {
    std::string name, suite, family, metric, unit, direction, unjudged;
    std::optional<ToldVerdict> verdict;
    double limit = kNothing;
    std::vector<std::size_t> runs;
    std::vector<double> center, low, high; // as many as runs
    std::vector<ToldFlag> flags;
    std::vector<ToldBreak> breaks;
    std::vector<ToldSamples> samples;
    std::vector<ToldChange> changes;
    std::vector<ToldDrift> drifts;
};

struct ToldAlert {
    std::optional<std::int64_t> id;
    std::string kind, state, severity, title, owner, note, snoozed_until;
    std::string last_good, first_bad; // commits, else the first digits of the runs
    std::vector<std::string> members; // "sums/add time: 8 s -> 10 s, ..."
    bool is_new = false;
};

struct ToldShift {
    std::size_t first = 0, last = 0; // of the runs
    std::int64_t runs = 0, beyond = 0, series = 0;
    std::string cause, reason;
    double size = kNothing;
};

struct ToldBranch {
    std::string label, fingerprint, branch; // label: "lab_8c of the_project" where several are
    std::vector<ToldRun> runs;
    std::int64_t runs_left_out = 0;
    std::vector<ToldSeries> series;
    std::vector<ToldAlert> alerts;
    std::vector<ToldShift> shifts;
    bool analysed = false;
};

struct ToldDashboard {
    std::string history, project, made, since;
    double threshold = kNothing, threshold_points = kNothing;
    std::vector<ToldBranch> branches;
};

// `event_json`: a whole event of kind document. Nothing: its document is of another schema. Throws
// where it does not hold together.
[[nodiscard]] std::optional<ToldDashboard> read_told(std::string_view event_json);

} // namespace dashboard_reporter
