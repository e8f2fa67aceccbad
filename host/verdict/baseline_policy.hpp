// What a series is held against: centre and spread of earlier runs by policy, and whether a stored
// baseline should move.
//
//   BaselineChoice chosen = choose_baseline(points, {.policy = BaselinePolicy::segment});
//   if (chosen.baseline) use(chosen.baseline->center); else say(chosen.reason);
//
//   UpdateAnswer answer = propose_update(points, kind, current, {.min_runs = 5});
//   if (answer.refusal == Refusal::none) show(current->center, answer.proposed->center);
//   else say(name_of(answer.refusal), answer.reason);
//
// Points are of one series and one branch, oldest first, without the run that is to be judged. Each
// series is answered by itself, so that nothing worse comes in with a batch of improvements.
// Pure; any thread.
#pragma once

#include "verdict/level_onset.hpp"
#include "verdict/stored_point.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

enum class BaselinePolicy { segment, pinned, last_n, ratchet, release };

// "segment", "pinned", "last-n", "ratchet", "release"
std::string_view name_of(BaselinePolicy policy) noexcept;
std::optional<BaselinePolicy> baseline_policy_from(std::string_view name) noexcept;

// What a person, or an earlier update, has fixed.
struct FixedBaseline {
    double center = 0;
    std::string run = {};    // the run that it is the figure of; empty: a number that somebody gave
    std::size_t n = 0;       // runs behind it; 0: a number
    std::string set_by = {}; // the policy that found it; empty: the one it is chosen by
    std::string unit = {};   // of the centre, for people
};

struct BaselineOptions {
    BaselinePolicy policy = BaselinePolicy::segment;
    std::size_t min_runs = 5;
    std::size_t last = 5;                    // of last-n: how many runs
    std::optional<FixedBaseline> fixed = {}; // of pinned, and of a ratchet that has moved
    std::string tag_pattern = "*";           // of release: such as "v*"
};

struct Baseline {
    BaselinePolicy policy = BaselinePolicy::segment;
    double center = 0;
    std::size_t n = 0; // runs behind the centre; 0: a number that somebody gave
    // Runs of the segment, oldest first: what the noise between runs is read from. Of last-n the
    // runs behind the centre.
    std::vector<double> figures = {};
    std::vector<std::string> runs = {};      // uuids behind the centre, oldest first
    std::optional<std::int64_t> newest = {}; // when the newest of them was measured
    std::string sha = {}, compiler = {};     // of the newest
    std::string id = {}; // for people: "segment of 12 runs, 0192ab12 to 0193cd34"

    // 1.4826 MAD of the figures: how much runs differ where nothing changed. Nothing below two.
    [[nodiscard]] std::optional<double> spread() const;
};

// The newest runs of a segment that its centre rests on: with more, the newest would hardly count.
inline constexpr std::size_t kSegmentRuns = 100;

struct TooFewRuns {
    std::size_t have = 0, needed = 0; // runs that count
};

struct BaselineChoice {
    std::optional<Baseline> baseline;
    std::optional<TooFewRuns> too_few = {}; // of none, where more runs would give one
    std::string reason = {};                // of none: how many runs count, and why others do not
    // The newest hundred runs that count, oldest first, of whatever level: since when a figure
    // stands where it does.
    std::vector<RunFigure> before = {};
    bool drifting = false; // a trend to the worse leads up to the newest of them
};

[[nodiscard]] BaselineChoice choose_baseline(std::span<const StoredPoint> points,
                                             const BaselineOptions& options);

// What is stored for a series.
struct StoredBaseline {
    double center = 0;
    SeriesKind kind;
};

// Better by no more than this is no reason to move a baseline.
inline constexpr double kUpdateImprovement = 0.05;

struct UpdateOptions {
    BaselinePolicy policy = BaselinePolicy::segment; // where the proposed centre comes from
    std::size_t min_runs = 5;
    double improvement = kUpdateImprovement; // strictly more of the current centre
    // Of ratchet: the place, among the points, at which a step to the better was confirmed.
    std::optional<std::size_t> confirmed_at = {};
    std::string tag_pattern = "*"; // of release
};

enum class Refusal {
    none, // there is a proposal
    too_few_runs,
    unit_changed,
    direction_changed,
    no_direction,      // nothing is better or worse
    not_better_enough, // at most `improvement` better
    worse,
    not_confirmed, // ratchet: no confirmed step to the better, or too few runs after it agree
    pinned,        // moves by a person's hand alone
};

std::string_view name_of(Refusal refusal) noexcept; // "too few runs", ...

struct UpdateAnswer {
    Refusal refusal = Refusal::none;
    std::string reason = {};               // a sentence, of a proposal too
    std::optional<Baseline> proposed = {}; // also of a refused one, where there is a centre
    // (proposed - current) / current, positive = better. Nothing where nothing is stored yet, or
    // that is zero.
    std::optional<double> gain = {};
};

// `current`: nothing where the series has no stored baseline: then enough runs suffice.
[[nodiscard]] UpdateAnswer propose_update(std::span<const StoredPoint> points,
                                          const SeriesKind& kind,
                                          const std::optional<StoredBaseline>& current,
                                          const UpdateOptions& options = {});

} // namespace assay::verdict
