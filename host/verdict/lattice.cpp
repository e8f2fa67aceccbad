#include "verdict/lattice.hpp"

#include "support/percent.hpp"
#include "verdict/level_onset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace assay::verdict {
namespace {

bool moves_with_the_machine(const AskedSeries& asked, ChangeScale scale) {
    return !asked.kind.exact && scale == ChangeScale::relative &&
           asked.kind.direction != measure::Direction::none;
}

std::string turned(double change, const SeriesKind& kind, ChangeScale scale) {
    const std::string size = size_text(std::abs(change), scale);
    return kind.direction == measure::Direction::none ? size + (change > 0 ? " more" : " less")
                                                      : size + (change > 0 ? " worse" : " better");
}

// What is in the way of comparing at all, by the order of the words.
std::optional<StoredVerdict> without_figures(const AskedSeries& asked) {
    const auto says = [](StoredWord word, std::string reason) {
        return StoredVerdict{.word = word, .reason = std::move(reason)};
    };
    if (asked.in_run && measure::is_breakage(asked.status)) {
        return says(StoredWord::failed,
                    std::string(measure::name_of(asked.status)) +
                        (asked.reason.empty() ? "" : ": " + asked.reason));
    }
    const bool usable = !asked.figures.empty() && std::ranges::all_of(asked.figures, [](double x) {
        return std::isfinite(x);
    });
    if (!asked.in_run || asked.status != measure::CaseStatus::passed || !usable) {
        return says(StoredWord::missing,
                    asked.reason.empty() ? "this run has no figure of it" : asked.reason);
    }
    if (!asked.known.incomparable.empty()) {
        return says(StoredWord::incomparable, asked.known.incomparable);
    }
    if (!asked.known.baseline.baseline) {
        StoredVerdict verdict = says(StoredWord::no_baseline, asked.known.baseline.reason);
        verdict.too_few = asked.known.baseline.too_few;
        return verdict;
    }
    return std::nullopt;
}

SeriesTest test_of(const AskedSeries& asked, SeriesTest test) {
    test.resolution = std::max(test.resolution, asked.known.resolution);
    return test;
}

// A new figure as it would be on the machine of the baseline.
AskedSeries without_shift(const AskedSeries& asked, double shift) {
    AskedSeries moved = asked;
    const double sign = asked.kind.direction == measure::Direction::higher ? 1 : -1;
    for (double& figure : moved.figures) {
        figure *= std::exp(sign * shift);
    }
    return moved;
}

// The runs just before that show the same change: one that stands where nobody has accepted it is
// a change still.
std::size_t runs_standing_there(const AskedSeries& asked, const StoredFinding& found) {
    const std::vector<RunFigure>& before = asked.known.baseline.before;
    const auto is_positive = [](const RunFigure& one) { return one.figure > 0; };
    if (found.figure <= 0 || found.center <= 0 || !std::ranges::all_of(before, is_positive)) {
        return 0;
    }
    return runs_at_level(before, found.figure, found.center);
}

// What the figures say, from `regressed` down.
void judge_change(StoredVerdict& verdict, const AskedSeries& asked, const LatticeOptions& options) {
    const StoredFinding& found = *verdict.finding;
    const auto& asked_limits = found.scale == ChangeScale::points ? options.points : options.limits;
    const SeverityLimits limits = asked_limits.value_or(default_limits(found.scale));
    const double change = *found.change;
    const bool directed = asked.kind.direction != measure::Direction::none;
    const bool shown = found.is_significant && found.reaches_floor;
    if (shown && directed && change > 0) {
        verdict.word = StoredWord::regressed;
        verdict.severity = weigh_change(change, found.fence, limits);
    } else if (asked.known.drifting && !(shown && directed && change < 0)) {
        verdict.word = StoredWord::drift;
        verdict.reason = "a trend of many runs leads here, not a step";
        return;
    } else if (!found.mde) {
        verdict.word = StoredWord::noisy;
        verdict.reason = found.runs == 1
                             ? "how much runs differ is not known from one run"
                             : "how much runs differ is not known: no run of it counts, "
                               "as one of a dirty tree does not";
        return;
    } else if (!found.is_significant && is_beyond(*found.mde, limits.fail)) {
        verdict.word = StoredWord::noisy;
        verdict.reason = fmt::format("only a change of {} would have been seen, the limit is {}",
                                     size_text(*found.mde, found.scale),
                                     size_text(limits.fail, found.scale));
        return;
    } else if (shown && directed) {
        verdict.word = StoredWord::improved;
    } else {
        verdict.word = StoredWord::unchanged;
        if (found.is_significant && !directed) {
            verdict.reason =
                turned(change, asked.kind, found.scale) + ", which is no better and no worse";
        } else if (found.is_significant) {
            verdict.reason = turned(change, asked.kind, found.scale) + ", which is below the floor";
        }
        return;
    }
    const std::size_t earlier = runs_standing_there(asked, found);
    verdict.confirmed = found.exact || found.new_runs + earlier >= kConfirmingRuns;
    verdict.reason = turned(change, asked.kind, found.scale);
    if (!verdict.confirmed) {
        verdict.reason += ", a candidate: too few runs stand there";
    } else if (earlier > 0) {
        verdict.reason += earlier == 1 ? ", as the run before it"
                                       : fmt::format(", as the {} runs before it", earlier);
    }
}

} // namespace

std::string_view name_of(StoredWord word) noexcept {
    constexpr std::array<std::string_view, 11> kNames{"failed",
                                                      "missing",
                                                      "incomparable",
                                                      "no_baseline",
                                                      "stale_baseline",
                                                      "environment_shift",
                                                      "regressed",
                                                      "drift",
                                                      "noisy",
                                                      "improved",
                                                      "unchanged"};
    return kNames.at(static_cast<std::size_t>(word));
}

StoredVerdict verdict_on(const AskedSeries& asked, const LatticeOptions& options) {
    if (auto nothing = without_figures(asked)) {
        return *nothing;
    }
    const Baseline& baseline = *asked.known.baseline.baseline;
    const auto find = [&](const AskedSeries& one) {
        return examine({.figures = one.figures, .kind = one.kind, .baseline = baseline},
                       test_of(one, options.test));
    };
    StoredVerdict verdict{.finding = find(asked), .baseline = baseline.id};
    if (verdict.finding->zero_baseline) {
        verdict.word = StoredWord::incomparable;
        verdict.reason = "zero baseline";
        return verdict;
    }
    if (std::string why = stale_reason(baseline, asked.known.today); !why.empty()) {
        verdict.word = StoredWord::stale_baseline;
        verdict.reason = std::move(why);
        return verdict;
    }
    if (options.shift.cause != ShiftCause::machine ||
        !moves_with_the_machine(asked, verdict.finding->scale)) {
        judge_change(verdict, asked, options);
        if (options.shift.cause == ShiftCause::common && verdict.word == StoredWord::regressed) {
            verdict.reason += "; " + options.shift.reason;
        }
        return verdict;
    }
    StoredVerdict beside = verdict;
    beside.finding = find(without_shift(asked, options.shift.size));
    judge_change(beside, asked, options);
    const double shift = options.shift.size;
    if (beside.word == StoredWord::regressed) {
        beside.reason +=
            fmt::format(" beside the shift of the whole run by {}, {} in all",
                        size_text(std::expm1(std::abs(shift)), verdict.finding->scale),
                        turned(*verdict.finding->change, asked.kind, verdict.finding->scale));
        return beside;
    }
    StoredVerdict plain = verdict;
    judge_change(plain, asked, options);
    if (plain.word == StoredWord::unchanged || (plain.word == StoredWord::improved && shift > 0)) {
        return plain;
    }
    verdict.word = StoredWord::environment_shift;
    verdict.reason = options.shift.reason;
    return verdict;
}

std::string text_of(const StoredVerdict& verdict) {
    std::string text(name_of(verdict.word));
    if (verdict.severity) {
        text += "(" + std::string(name_of(verdict.severity->size)) +
                (verdict.severity->weak ? ", weak)" : ")");
    } else if (verdict.word == StoredWord::incomparable) {
        text += "(" + verdict.reason + ")";
    }
    return text;
}

std::optional<MovingSeries>
moving(const AskedSeries& asked, const std::string& family, const SeriesTest& test) {
    if (without_figures(asked) ||
        !stale_reason(*asked.known.baseline.baseline, asked.known.today).empty()) {
        return std::nullopt;
    }
    const StoredFinding found = examine(
        {.figures = asked.figures, .kind = asked.kind, .baseline = *asked.known.baseline.baseline},
        test_of(asked, test));
    if (!found.prediction || !moves_with_the_machine(asked, found.scale) || found.figure <= 0 ||
        found.center <= 0) {
        return std::nullopt;
    }
    const double sign = asked.kind.direction == measure::Direction::higher ? -1 : 1;
    return MovingSeries{.family = family,
                        .change = sign * std::log(found.figure / found.center),
                        .usual = usual_change(*found.prediction),
                        .since =
                            level_onset(asked.known.baseline.before, found.figure, found.center)};
}

} // namespace assay::verdict
