#include "app/baselines/pinned_figure.hpp"

#include "history/possible_figures.hpp"
#include "history/units.hpp"
#include "tracking/series_choice.hpp"
#include "verdict/amount.hpp"

#include <algorithm>

namespace assay::app {
namespace {

constexpr std::string_view kRunMark = "run:";

Result<PinnedFigure>
figure_of_run(history::Store& store, const history::Series& series, const std::string& name) {
    const Result<history::Run> run = store.run(name);
    if (!run) {
        return run.error();
    }
    const auto point = std::ranges::find_if(run->points, [&series](const history::Point& one) {
        return one.series.case_id == series.case_id && one.series.metric == series.metric &&
               one.figures.has_value();
    });
    if (run->platform.fingerprint != series.platform.fingerprint ||
        run->platform.label != series.platform.label || point == run->points.end()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "run " + run->uuid + " on " + run->platform.label +
                                " has no figure of " + tracking::series_name(series) + " on " +
                                series.platform.label,
                     .hint = "'assay history trend' lists the runs that have one"};
    }
    return PinnedFigure{.center = point->figures->center,
                        .spread = point->figures->spread,
                        .run = run->uuid,
                        .commit = run->git.sha,
                        .branch = run->git.branch};
}

// "8.2 ms", "4 KiB/s": in the series' unit; without one in the unit that its source tells figures
// in. Nothing where the words do not begin with a number.
std::optional<Result<double>> number_from(const std::string& words, const history::Series& series) {
    const Result<verdict::Amount> amount = verdict::amount_from(words);
    if (!amount) {
        return std::nullopt;
    }
    const history::BaseUnit base =
        history::base_unit(amount->unit.empty() ? series.source_unit : amount->unit);
    if (base.unit == series.unit) {
        return amount->value * base.factor;
    }
    return verdict::in_unit(*amount, series.unit);
}

// A count may well be none. What takes no time is no reference: no change is a share of it.
std::string why_no_baseline(const history::Series& series, double value) {
    const bool no_time = series.unit == "s" && value == 0;
    return no_time ? "no time at all is no baseline: nothing is a share more or less than it"
                   : history::why_impossible(series.metric, series.unit, value);
}

bool is_run_id(const std::string& words) {
    constexpr std::size_t kDigitsMin = 8;
    return words.size() >= kDigitsMin &&
           words.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

} // namespace

Result<PinnedFigure>
pinned_figure(history::Store& store, const history::Series& series, const std::string& words) {
    if (words.starts_with(kRunMark)) {
        return figure_of_run(store, series, words.substr(kRunMark.size()));
    }
    const std::optional<Result<double>> number = number_from(words, series);
    if (number && *number) {
        const std::string why = why_no_baseline(series, **number);
        if (!why.empty()) {
            return Error{.kind = ErrorKind::usage,
                         .message =
                             "'" + words + "' for " + tracking::series_name(series) + ": " + why,
                         .hint = "pin the figure that a run is to be held against: '8.2 ms', or "
                                 "run:ID"};
        }
        return PinnedFigure{.center = **number};
    }
    Result<PinnedFigure> of_run = figure_of_run(store, series, words);
    // "8 kg" is meant as a figure, "8f12ab34" as a run.
    return !of_run && number && !is_run_id(words) ? number->error() : of_run;
}

} // namespace assay::app
