#include "tracking/report/recommendations.hpp"

#include "verdict/amount.hpp"
#include "verdict/severity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

namespace assay::tracking {
namespace {

std::string percent_text(double share) {
    constexpr double kHundred = 100;
    return verdict::rounded_text(kHundred * share, 3) + " %";
}

// A change as a figure of its own: points have that unit, the rest are shares.
double told_figure(double change, verdict::ChangeScale scale) {
    constexpr double kHundred = 100;
    return scale == verdict::ChangeScale::points ? kHundred * change : change;
}

std::string told_unit(verdict::ChangeScale scale) {
    return scale == verdict::ChangeScale::points ? "points" : "1";
}

double answered_step(verdict::ChangeScale scale) {
    return scale == verdict::ChangeScale::points ? kAnsweredPoints : kAnsweredStep;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

// What a larger cache did in the same run, or that none was tried.
std::string capacity_advice(const CacheFigure& figure) {
    if (figure.larger.empty()) {
        return figure.capacity.empty()
                   ? "No capacity is told of it: whether a larger cache would help is not known"
                   : "No larger cache was measured in that run: measure one before it is enlarged";
    }
    const auto best = std::ranges::max_element(figure.larger, {}, &CacheFigure::Other::hit_rate);
    if (best->hit_rate >= figure.hit_rate + kHitRateGain) {
        // The smallest that has nearly all of it: memory beyond it buys nothing.
        const auto enough = std::ranges::find_if(figure.larger, [&](const auto& other) {
            return other.hit_rate >= best->hit_rate - kHitRateGain;
        });
        return fmt::format("{} had {} in the same run: a larger cache helps, take {}",
                           enough->capacity,
                           percent_text(enough->hit_rate),
                           enough->capacity);
    }
    return fmt::format("{} had {} in the same run: more capacity does not help; look at the keys "
                       "and at the order of the requests",
                       best->capacity,
                       percent_text(best->hit_rate));
}

template <class Figure>
void say_of_rule(const std::vector<Figure>& figures, Recommendations& all) {
    std::map<std::string, std::vector<Recommendation>> by_rule;
    for (const Figure& figure : figures) {
        if (auto said = recommend(figure)) {
            by_rule[said->rule].push_back(std::move(*said));
        }
    }
    for (auto& [rule, said] : by_rule) {
        std::ranges::stable_sort(said, [](const Recommendation& a, const Recommendation& b) {
            return a.weight > b.weight;
        });
        const std::size_t kept = std::min(said.size(), kSaidOfRule);
        all.left_out += said.size() - kept;
        std::move(said.begin(),
                  said.begin() + static_cast<std::ptrdiff_t>(kept),
                  std::back_inserter(all.rows));
    }
}

} // namespace

std::optional<Recommendation> recommend(const CacheFigure& figure) {
    if (!std::isfinite(figure.hit_rate) || figure.hit_rate >= kLowHitRate) {
        return std::nullopt;
    }
    std::string text = "The cache serves " + percent_text(figure.hit_rate) + " of its look-ups";
    text += figure.miss_rate ? " and misses " + percent_text(*figure.miss_rate) : "";
    text += figure.capacity.empty() ? ". " : " at " + figure.capacity + ". ";
    return Recommendation{.rule = "cache-hit-rate",
                          .text = text + capacity_advice(figure) + ".",
                          .figure = figure.hit_rate,
                          .unit = "1",
                          .of = figure.of,
                          .limit = kLowHitRate,
                          .limit_unit = "1",
                          .limit_why = "below it a cache is worth tuning",
                          .weight = 1 - figure.hit_rate};
}

std::optional<Recommendation> recommend(const DriftFigure& figure) {
    const bool points = figure.scale == verdict::ChangeScale::points;
    const double limit = figure.is_memory ? kMemoryGrowth : points ? kDriftPoints : kDriftUpward;
    if (!std::isfinite(figure.change) || figure.change <= limit) {
        return std::nullopt;
    }
    std::string text =
        fmt::format("It got {} worse over {} without a step (p {:.1g}), along a line from {} to {}",
                    verdict::size_text(figure.change, figure.scale),
                    counted(figure.values, "value", "values"),
                    figure.p,
                    verdict::figure_text(figure.first, figure.unit),
                    verdict::figure_text(figure.last, figure.unit));
    text += figure.is_memory
                ? ". Memory that grows with every change looks like something that is kept and "
                  "never given back: look for a leak, or for a cache without a bound."
                : ". Small losses add up: no single run is to blame, compare the first build of "
                  "that time with today's ('assay compare').";
    return Recommendation{.rule = figure.is_memory ? "memory-growth" : "drift",
                          .text = std::move(text),
                          .figure = told_figure(figure.change, figure.scale),
                          .unit = told_unit(figure.scale),
                          .of = figure.of,
                          .limit = told_figure(limit, figure.scale),
                          .limit_unit = told_unit(figure.scale),
                          .limit_why = figure.is_memory
                                           ? "more than pages and heaps explain"
                                           : "three times what is called a change at all",
                          .weight = verdict::weight_of(figure.change, figure.scale)};
}

std::optional<Recommendation> recommend(const SpreadFigure& figure) {
    if (!std::isfinite(figure.spread) || figure.launches < kSpreadLaunches ||
        figure.spread <= kLaunchSpread) {
        return std::nullopt;
    }
    return Recommendation{
        .rule = "launch-spread",
        .text = fmt::format("Its {} launches differ by {} (robust, of the median): smaller changes "
                            "are not seen. 'assay doctor' says what disturbs this machine; more "
                            "launches (--mode comprehensive) see through it.",
                            figure.launches,
                            percent_text(figure.spread)),
        .figure = figure.spread,
        .unit = "1",
        .of = figure.of,
        .limit = kLaunchSpread,
        .limit_unit = "1",
        .limit_why = "beyond it changes of 10 % are hidden",
        .weight = figure.spread};
}

std::optional<Recommendation> recommend(const AllocationFigure& figure) {
    const double rise = figure.now - figure.before;
    if (!std::isfinite(rise) || rise <= kAllocationsRise) {
        return std::nullopt;
    }
    return Recommendation{
        .rule = "allocations",
        .text = fmt::format("It allocates {} times an operation, and did {} times: reuse what is "
                            "allocated, or reserve it before the loop.",
                            verdict::rounded_text(figure.now),
                            verdict::rounded_text(figure.before)),
        .figure = rise,
        .unit = "{allocation}",
        .of = figure.of,
        .limit = kAllocationsRise,
        .limit_unit = "{allocation}",
        .limit_why = "allocations are counted, not timed",
        .weight = rise};
}

std::optional<Recommendation> recommend(const HostFigure& figure) {
    if (!std::isfinite(figure.noise) || figure.noise <= kNoisyHost) {
        return std::nullopt;
    }
    return Recommendation{
        .rule = "noisy-host",
        .text = fmt::format("Equal work differs by {} on this machine: its figures decide little. "
                            "'assay doctor' says what disturbs it; a machine of its own, or pairs "
                            "('assay compare'), decide.",
                            percent_text(figure.noise)),
        .figure = figure.noise,
        .unit = "1",
        .of = figure.of,
        .limit = kNoisyHost,
        .limit_unit = "1",
        .limit_why = "above it, recorded figures of a shared runner fail no gate by themselves",
        .weight = figure.noise};
}

std::optional<Recommendation> recommend(const BrokenFigure& figure) {
    if (figure.runs == 0 && !figure.lost) {
        return std::nullopt;
    }
    const std::string run = figure.of.run.empty() ? "RUN" : figure.of.run;
    std::string text;
    if (figure.lost) {
        text = "The newest run says nothing of it, where the one before had a figure: was it "
               "renamed, or is it left out? 'assay history show " +
               run + "' lists what that run has.";
    } else {
        std::string word = figure.status;
        std::ranges::replace(word, '_', ' ');
        text = fmt::format("It has no figure in the newest {} ({}): mend it before anything is "
                           "said of its speed. 'assay history show {}' says why.",
                           figure.runs == 1 ? "run" : fmt::format("{} runs", figure.runs),
                           word,
                           run);
    }
    return Recommendation{.rule = figure.lost                       ? "lost"
                                  : figure.status == "wrong_result" ? "wrong-result"
                                                                    : "broken",
                          .text = std::move(text),
                          .figure = static_cast<double>(std::max<std::size_t>(figure.runs, 1)),
                          .unit = "{run}",
                          .of = figure.of,
                          .limit = 1,
                          .limit_unit = "{run}",
                          .limit_why = figure.lost ? "what is not measured may have got worse"
                                                   : "what has no figure cannot be judged",
                          .weight = static_cast<double>(figure.runs)};
}

std::optional<Recommendation> recommend(const AlertFigure& figure) {
    const double limit = answered_step(figure.scale);
    if (!std::isfinite(figure.change) || std::abs(figure.change) < limit) {
        return std::nullopt;
    }
    const std::string others =
        figure.series < 2
            ? ""
            : ", and " + fmt::format("{} other series", figure.series - 1) + " with it";
    const std::string look =
        figure.is_machine
            ? "Look at the machine before the code: 'assay doctor'"
            : fmt::format("'assay compare run:{} run:{}' shows what moved between the two runs",
                          figure.last_good,
                          figure.of.run);
    const std::string answer =
        figure.id > 0 ? fmt::format("'assay analyze ack {0}' says that you know, 'assay analyze "
                                    "expect {0} --why WORDS' that it is meant",
                                    figure.id)
                      : "'assay analyze' keeps it as an alert that can be answered";
    return Recommendation{
        .rule = "open-alert",
        .text = fmt::format("It got {} worse in one step{}, and nobody has answered{}. {}; {}.",
                            verdict::size_text(figure.change, figure.scale),
                            others,
                            figure.reopened ? " since it was opened again" : "",
                            look,
                            answer),
        .figure = told_figure(figure.change, figure.scale),
        .unit = told_unit(figure.scale),
        .of = figure.of,
        .limit = told_figure(limit, figure.scale),
        .limit_unit = told_unit(figure.scale),
        .limit_why = "what is called a change at all",
        .weight = std::abs(verdict::weight_of(figure.change, figure.scale))};
}

std::optional<Recommendation> recommend(const CandidateFigure& figure) {
    const double limit = answered_step(figure.scale);
    if (!std::isfinite(figure.change) || figure.change < limit) {
        return std::nullopt;
    }
    return Recommendation{
        .rule = "candidate",
        .text = fmt::format("It is {} worse than its baseline, a candidate until {} runs in a row "
                            "show it. Do not wait for them: 'assay gate' or 'assay compare' "
                            "measures the build before and today's side by side.",
                            verdict::size_text(figure.change, figure.scale),
                            figure.runs_asked),
        .figure = told_figure(figure.change, figure.scale),
        .unit = told_unit(figure.scale),
        .of = figure.of,
        .limit = told_figure(limit, figure.scale),
        .limit_unit = told_unit(figure.scale),
        .limit_why = "what is called a change at all",
        .weight = verdict::weight_of(figure.change, figure.scale)};
}

std::optional<Recommendation> recommend(const YoungFigure& figure) {
    if (figure.series == 0 || figure.runs >= figure.runs_asked) {
        return std::nullopt;
    }
    const std::size_t more = figure.runs_asked - figure.runs;
    return Recommendation{
        .rule = "too-few-runs",
        .text = fmt::format("{} {} no baseline yet: this one has {} that {}, and a baseline rests "
                            "on {}. Record {} ('assay run --record'; 'assay import' of another "
                            "tool's figures).",
                            counted(figure.series, "series", "series"),
                            figure.series == 1 ? "has" : "have",
                            counted(figure.runs, "earlier run", "earlier runs"),
                            figure.runs == 1 ? "counts" : "count",
                            figure.runs_asked,
                            counted(more, "more run", "more runs")),
        .figure = static_cast<double>(figure.runs),
        .unit = "{run}",
        .of = figure.of,
        .limit = static_cast<double>(figure.runs_asked),
        .limit_unit = "{run}",
        .limit_why = "fewer runs show no noise",
        .weight = static_cast<double>(figure.series)};
}

Recommendations recommendations(const RecommendationFigures& figures) {
    Recommendations all;
    say_of_rule(figures.broken, all);
    say_of_rule(figures.alerts, all);
    say_of_rule(figures.candidates, all);
    say_of_rule(figures.allocations, all);
    say_of_rule(figures.drifts, all);
    say_of_rule(figures.caches, all);
    say_of_rule(figures.spreads, all);
    say_of_rule(figures.hosts, all);
    say_of_rule(figures.young, all);
    return all;
}

} // namespace assay::tracking
