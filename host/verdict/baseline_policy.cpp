#include "verdict/baseline_policy.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"
#include "support/percent.hpp"
#include "verdict/amount.hpp"
#include "verdict/name_pattern.hpp"
#include "verdict/stored_series.hpp"
#include "verdict/tolerance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <ranges>
#include <utility>

namespace assay::verdict {
namespace {

constexpr std::array<std::string_view, 5> kPolicies{
    "segment", "pinned", "last-n", "ratchet", "release"};
constexpr std::array<std::string_view, 9> kRefusals{"none",
                                                    "too few runs",
                                                    "unit changed",
                                                    "direction changed",
                                                    "no direction",
                                                    "not better enough",
                                                    "worse",
                                                    "not confirmed",
                                                    "pinned"};
constexpr std::size_t kUuidDigits = 8;   // as people read them
constexpr std::size_t kAgreeingRuns = 2; // after a step to the better was confirmed (section 5)

using Points = std::vector<const StoredPoint*>;

// What counts since the newest accepted change point.
Points segment_of(std::span<const StoredPoint> points) {
    const auto opening = std::find_if(points.rbegin(), points.rend(), [](const StoredPoint& point) {
        return point.opens_segment;
    });
    const std::size_t begin =
        opening == points.rend() ? 0 : static_cast<std::size_t>(points.rend() - opening) - 1;
    Points segment;
    for (const StoredPoint& point : points.subspan(begin)) {
        if (counts(point) && !point.set_aside) {
            segment.push_back(&point);
        }
    }
    const std::size_t older = segment.size() - std::min(segment.size(), kSegmentRuns);
    segment.erase(segment.begin(), segment.begin() + static_cast<std::ptrdiff_t>(older));
    return segment;
}

// Why runs do not count, each under the first thing that is said against it.
std::string left_out(std::span<const StoredPoint> points) {
    std::array<std::pair<std::string_view, std::size_t>, 6> said{{{"without a figure", 0},
                                                                  {"excluded or drifting", 0},
                                                                  {"outliers", 0},
                                                                  {"in an environment shift", 0},
                                                                  {"of a dirty tree", 0},
                                                                  {"of a level that nobody "
                                                                   "accepted",
                                                                   0}}};
    for (const StoredPoint& point : points) {
        if (counts(point) && !point.set_aside) {
            continue;
        }
        const bool has_figure = point.figure && std::isfinite(*point.figure);
        const std::size_t why = !has_figure               ? 0
                                : point.excluded          ? 1
                                : point.outlier           ? 2
                                : point.environment_shift ? 3
                                : point.dirty             ? 4
                                                          : 5;
        ++said.at(why).second;
    }
    std::string text;
    for (const auto& [what, n] : said) {
        if (n > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, what);
        }
    }
    return text.empty() ? text : " (not counted: " + text + ")";
}

std::vector<double> figures_of(const Points& points) {
    std::vector<double> figures;
    std::ranges::transform(
        points, std::back_inserter(figures), [](const StoredPoint* one) { return *one->figure; });
    return figures;
}

std::string runs_text(const Points& points) {
    const auto brief = [](const StoredPoint* one) { return one->run.substr(0, kUuidDigits); };
    const std::string first = brief(points.front());
    return points.size() == 1 ? first : first + " to " + brief(points.back());
}

// The median of some runs, with the noise that `segment` shows between runs.
Baseline baseline_over(const Points& behind, const Points& segment, BaselinePolicy policy) {
    const std::vector<double> figures = figures_of(behind);
    Baseline baseline{.policy = policy,
                      .center = statistics::median(figures),
                      .n = behind.size(),
                      .figures = figures_of(segment)};
    for (const StoredPoint* point : behind) {
        baseline.runs.push_back(point->run);
    }
    baseline.newest = behind.back()->time;
    baseline.sha = behind.back()->sha;
    baseline.compiler = behind.back()->compiler;
    baseline.id = fmt::format("{} of {} {}, {}",
                              name_of(policy),
                              behind.size(),
                              behind.size() == 1 ? "run" : "runs",
                              runs_text(behind));
    return baseline;
}

BaselineChoice too_few(std::span<const StoredPoint> points, std::size_t have, std::size_t needed) {
    return {.baseline = std::nullopt,
            .too_few = TooFewRuns{.have = have, .needed = needed},
            .reason = fmt::format("{} of {} {} count, a baseline needs {}{}",
                                  have,
                                  points.size(),
                                  points.size() == 1 ? "run" : "runs",
                                  needed,
                                  left_out(points))};
}

// The newest `n` of what counts; a step accepted meanwhile does not cut it: last-n moves with every
// run.
BaselineChoice newest_runs(std::span<const StoredPoint> points,
                           const Points& among,
                           std::size_t n,
                           BaselinePolicy policy) {
    if (among.size() < n || n == 0) {
        return too_few(points, among.size(), n);
    }
    const Points newest(among.end() - static_cast<std::ptrdiff_t>(n), among.end());
    return {.baseline = baseline_over(newest, newest, policy)};
}

std::string center_text(const FixedBaseline& fixed) {
    return fixed.unit.empty() ? rounded_text(fixed.center, 6)
                              : figure_text(fixed.center, fixed.unit);
}

BaselineChoice fixed_baseline(const FixedBaseline& fixed,
                              std::span<const StoredPoint> points,
                              const Points& segment,
                              BaselinePolicy policy) {
    Baseline baseline{
        .policy = policy, .center = fixed.center, .n = fixed.n, .figures = figures_of(segment)};
    const std::string name = fixed.set_by.empty() ? std::string(name_of(policy)) : fixed.set_by;
    const std::string runs = fixed.n > 1 ? fmt::format(" of {} runs", fixed.n) : "";
    baseline.id = fixed.run.empty()
                      ? fmt::format("{}{} at {}", name, runs, center_text(fixed))
                      : fmt::format("{} at run {}", name, fixed.run.substr(0, kUuidDigits));
    if (!fixed.run.empty()) {
        baseline.runs = {fixed.run};
        const auto found = std::ranges::find(points, fixed.run, &StoredPoint::run);
        if (found != points.end()) {
            baseline.newest = found->time;
            baseline.sha = found->sha;
            baseline.compiler = found->compiler;
        }
    }
    return {.baseline = std::move(baseline)};
}

// Every counting run of the newest tag that the pattern names.
BaselineChoice release_baseline(std::span<const StoredPoint> points,
                                const Points& segment,
                                const std::string& pattern) {
    const auto tagged = [&](const StoredPoint& point) {
        return !point.tag.empty() && counts(point) && matches_pattern(pattern, point.tag);
    };
    const auto newest = std::find_if(points.rbegin(), points.rend(), tagged);
    if (newest == points.rend()) {
        return {.baseline = std::nullopt,
                .reason = "no run that counts has a tag like '" + pattern + "'" + left_out(points)};
    }
    Points behind;
    for (const StoredPoint& point : points) {
        if (tagged(point) && point.tag == newest->tag) {
            behind.push_back(&point);
        }
    }
    BaselineChoice choice{.baseline = baseline_over(behind, segment, BaselinePolicy::release)};
    choice.baseline->id += ", tag " + newest->tag;
    return choice;
}

Points all_that_count(std::span<const StoredPoint> points) {
    Points counting;
    for (const StoredPoint& point : points) {
        if (counts(point)) {
            counting.push_back(&point);
        }
    }
    return counting;
}

BaselineChoice by_policy(std::span<const StoredPoint> points, const BaselineOptions& options) {
    const Points segment = segment_of(points);
    switch (options.policy) {
    case BaselinePolicy::last_n:
        return newest_runs(points, all_that_count(points), options.last, options.policy);
    case BaselinePolicy::release:
        return release_baseline(points, segment, options.tag_pattern);
    case BaselinePolicy::pinned:
        if (!options.fixed) {
            return {.baseline = std::nullopt, .reason = "nothing is pinned"};
        }
        return fixed_baseline(*options.fixed, points, segment, options.policy);
    case BaselinePolicy::ratchet:
        if (options.fixed) {
            return fixed_baseline(*options.fixed, points, segment, options.policy);
        }
        return newest_runs(points, all_that_count(points), options.min_runs, options.policy);
    case BaselinePolicy::segment:
        break;
    }
    if (segment.size() < std::max<std::size_t>(options.min_runs, 1)) {
        return too_few(points, segment.size(), options.min_runs);
    }
    return {.baseline = baseline_over(segment, segment, options.policy)};
}

// ---- proposals ----

UpdateAnswer refused(Refusal refusal, std::string reason) {
    return {.refusal = refusal, .reason = std::move(reason)};
}

std::optional<UpdateAnswer> refused_by_kind(const SeriesKind& kind,
                                            const std::optional<StoredBaseline>& current) {
    if (kind.direction == measure::Direction::none) {
        return refused(Refusal::no_direction, "this metric has no better and no worse");
    }
    if (current && current->kind.unit != kind.unit) {
        return refused(Refusal::unit_changed,
                       "the baseline is in '" + current->kind.unit + "', the runs are in '" +
                           kind.unit + "': pin a new one by hand");
    }
    if (current && current->kind.direction != kind.direction) {
        return refused(
            Refusal::direction_changed,
            fmt::format(
                "{} was better when the baseline was stored, now {} is: pin a new one by hand",
                measure::name_of(current->kind.direction),
                measure::name_of(kind.direction)));
    }
    return std::nullopt;
}

// As people tell a gain: of the current centre. Nothing where that is zero.
std::optional<double> gain_of(double current, double proposed, measure::Direction direction) {
    const std::optional<double> worse =
        relative_change(proposed, current, direction == measure::Direction::higher);
    return worse ? std::optional(-*worse) : std::nullopt;
}

// Of a ratchet: enough runs after the confirmation are as much better as the proposal has to be.
bool agree_after(std::span<const StoredPoint> points,
                 double current,
                 measure::Direction direction,
                 const UpdateOptions& options) {
    if (!options.confirmed_at || *options.confirmed_at >= points.size()) {
        return false;
    }
    const auto better = [&](const StoredPoint& point) {
        const auto gain = gain_of(current, *point.figure, direction);
        return gain && *gain > options.improvement + kTolerance;
    };
    std::size_t agreeing = 0;
    for (const StoredPoint& point : points.subspan(*options.confirmed_at + 1)) {
        if (!counts(point)) {
            continue;
        }
        if (!better(point)) {
            return false;
        }
        ++agreeing;
    }
    return agreeing >= kAgreeingRuns;
}

// Runs whose level is still moving tell no level. Nothing where none moves.
std::vector<StoredPoint> standing_still(std::span<const StoredPoint> points) {
    if (std::ranges::none_of(points, &StoredPoint::drift)) {
        return {};
    }
    std::vector<StoredPoint> still(points.begin(), points.end());
    for (StoredPoint& point : still) {
        if (point.drift) {
            point.excluded = true;
        }
    }
    return still;
}

// A ratchet, like last-n, goes by the newest runs: the segment's older ones are what it leaves.
BaselineChoice proposal(std::span<const StoredPoint> points, const UpdateOptions& options) {
    const bool newest =
        options.policy == BaselinePolicy::ratchet || options.policy == BaselinePolicy::last_n;
    BaselineChoice chosen =
        choose_baseline(points,
                        {.policy = newest ? BaselinePolicy::last_n : options.policy,
                         .min_runs = options.min_runs,
                         .last = options.min_runs,
                         .tag_pattern = options.tag_pattern});
    if (chosen.baseline) {
        chosen.baseline->policy = options.policy;
    }
    return chosen;
}

// Whether it is enough better, and if not, what it is.
void weigh(UpdateAnswer& answer,
           double current,
           measure::Direction direction,
           const UpdateOptions& options) {
    const double proposed = answer.proposed->center;
    answer.gain = gain_of(current, proposed, direction);
    if (!answer.gain) {
        const bool better = (proposed > current) == (direction == measure::Direction::higher);
        answer.refusal = proposed == current ? Refusal::not_better_enough
                         : better            ? Refusal::none
                                             : Refusal::worse;
        answer.reason = "the baseline is 0: no share of it can be told";
        return;
    }
    const std::string by = fmt::format("{:.3g} %", kPercent * std::abs(*answer.gain));
    if (*answer.gain < -kTolerance) {
        answer.refusal = Refusal::worse;
        answer.reason = by + " worse: a baseline never moves to the worse by itself";
    } else if (*answer.gain <= options.improvement + kTolerance) {
        answer.refusal = Refusal::not_better_enough;
        answer.reason = fmt::format(
            "{} better, an update needs more than {:.3g} %", by, kPercent * options.improvement);
    } else {
        answer.reason = fmt::format("{} better over {} runs", by, answer.proposed->n);
    }
}

} // namespace

std::string_view name_of(BaselinePolicy policy) noexcept {
    return kPolicies.at(static_cast<std::size_t>(policy));
}

std::optional<BaselinePolicy> baseline_policy_from(std::string_view name) noexcept {
    const auto found = std::ranges::find(kPolicies, name);
    return found == kPolicies.end()
               ? std::nullopt
               : std::optional(static_cast<BaselinePolicy>(found - kPolicies.begin()));
}

std::string_view name_of(Refusal refusal) noexcept {
    return kRefusals.at(static_cast<std::size_t>(refusal));
}

std::optional<double> Baseline::spread() const {
    return figures.size() < 2 ? std::nullopt : std::optional(statistics::scaled_mad(figures));
}

BaselineChoice choose_baseline(std::span<const StoredPoint> points,
                               const BaselineOptions& options) {
    BaselineChoice choice = by_policy(points, options);
    const Points counting = all_that_count(points);
    const std::size_t older = counting.size() - std::min(counting.size(), kSegmentRuns);
    for (const StoredPoint* point : std::span(counting).subspan(older)) {
        choice.before.push_back({.run = point->run, .figure = *point->figure});
    }
    choice.drifting = !counting.empty() && counting.back()->drifts_worse;
    return choice;
}

UpdateAnswer propose_update(std::span<const StoredPoint> points,
                            const SeriesKind& kind,
                            const std::optional<StoredBaseline>& current,
                            const UpdateOptions& options) {
    if (options.policy == BaselinePolicy::pinned) {
        return refused(Refusal::pinned, "a pinned baseline moves by hand alone: baseline pin");
    }
    if (auto no = refused_by_kind(kind, current)) {
        return *no;
    }
    const std::vector<StoredPoint> marked = standing_still(points);
    const std::span<const StoredPoint> still = marked.empty() ? points : marked;
    BaselineChoice chosen = proposal(still, options);
    if (!chosen.baseline) {
        return refused(Refusal::too_few_runs, std::move(chosen.reason));
    }
    UpdateAnswer answer{.proposed = std::move(chosen.baseline)};
    if (answer.proposed->n < options.min_runs) {
        answer.refusal = Refusal::too_few_runs;
        answer.reason =
            fmt::format("{} of {} runs that an update needs", answer.proposed->n, options.min_runs);
        return answer;
    }
    if (!current) {
        answer.reason = fmt::format("the first baseline, over {} {}",
                                    answer.proposed->n,
                                    answer.proposed->n == 1 ? "run" : "runs");
        return answer;
    }
    weigh(answer, current->center, kind.direction, options);
    if (answer.refusal == Refusal::none && options.policy == BaselinePolicy::ratchet &&
        !agree_after(still, current->center, kind.direction, options)) {
        answer.refusal = Refusal::not_confirmed;
        answer.reason += fmt::format(", but a ratchet moves only when a step to the better is "
                                     "confirmed and {} runs after it agree",
                                     kAgreeingRuns);
    }
    return answer;
}

} // namespace assay::verdict
