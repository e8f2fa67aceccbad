#include "tracking/judged_run.hpp"

#include "tracking/alert_answers.hpp"
#include "tracking/stored_points.hpp"
#include "verdict/merge_base.hpp"

#include <algorithm>
#include <cstdint>

namespace assay::tracking {
namespace {

using verdict::BaselineChoice;
using verdict::BaselineOptions;
using verdict::BaselinePolicy;
using verdict::StoredPoint;

constexpr std::size_t kCommitDigits = 12; // as people read them

// A centre that runs gave has their error; a number that somebody gave has none.
BaselineOptions fixed_at(const history::BaselineFigure& figure) {
    return {.policy = BaselinePolicy::pinned,
            .fixed = verdict::FixedBaseline{
                .center = figure.value,
                .n = static_cast<std::size_t>(std::max<std::int64_t>(figure.runs, 0)),
                .set_by = figure.policy,
                .unit = figure.unit}};
}

// A level that a person has accepted moves on by itself, in the history that tells it.
bool moves_on(const SeriesBaseline& series) {
    return series.current()->policy == kExpectedPolicy && !series.is_accepted_elsewhere();
}

BaselineOptions options_of(const SeriesBaseline& series) {
    const std::optional<history::BaselineFigure> current = series.current();
    return current && !moves_on(series) ? fixed_at(*current) : BaselineOptions{};
}

bool is_main_line(const std::string& branch) {
    return branch == "main" || branch == "master";
}

// The figure that was accepted, for as long as its level has too few runs.
BaselineChoice accepted_figure(const SeriesBaseline& series,
                               const std::vector<StoredPoint>& points,
                               BaselineChoice choice) {
    const std::optional<history::BaselineFigure> current = series.current();
    return choice.baseline || !current || !moves_on(series)
               ? choice
               : verdict::choose_baseline(points, fixed_at(*current));
}

std::size_t runs_behind(const BaselineChoice& choice) {
    return choice.baseline ? choice.baseline->figures.size() : 0;
}

// With the levels that were accepted told from those that nobody accepted.
Result<std::vector<StoredPoint>> marked_points(const JudgedRun& judged,
                                               const SeriesBaseline& series,
                                               const std::optional<std::string>& branch) {
    auto points = points_before(judged.store, series.row.id, branch, judged.run);
    if (!points) {
        return points;
    }
    if (Status marked = mark_accepted_levels(judged.store, series.row, *points); !marked) {
        return marked.error();
    }
    return points;
}

// The branch that this one left, as it was then: a regression that a pull request brings in with
// its first commit would else become what its later ones are held against.
Result<BaselineChoice> where_it_left(const JudgedRun& judged,
                                     const SeriesBaseline& series,
                                     const BaselineOptions& options) {
    const auto points = marked_points(judged, series, judged.parent);
    if (!points) {
        return points.error();
    }
    const std::string& merge_base = judged.run.git.merge_base;
    const auto reference = verdict::before_leaving(*points, merge_base, options.min_runs);
    BaselineChoice choice =
        accepted_figure(series, reference, verdict::choose_baseline(reference, options));
    if (reference.empty() && !choice.baseline) {
        choice.reason = "'" + *judged.parent + "' has no run of it at " +
                        merge_base.substr(0, kCommitDigits) + ", where this branch left";
    } else if (choice.baseline && choice.baseline->policy == BaselinePolicy::segment) {
        choice.baseline->id += " of " + *judged.parent;
    }
    return choice;
}

} // namespace

std::optional<std::string> parent_branch(history::Store& store, const history::Run& run) {
    const std::string& own = run.git.branch;
    if (run.git.merge_base.empty() || is_main_line(own)) {
        return std::nullopt;
    }
    const auto runs = store.runs({.sha = run.git.merge_base});
    if (!runs) {
        return std::nullopt;
    }
    const auto main_line = std::ranges::find_if(
        *runs, [](const history::RunRow& row) { return is_main_line(row.branch); });
    if (main_line != runs->end()) {
        return main_line->branch;
    }
    // A commit that the branch itself has measured may be one of its own.
    const bool is_own = std::ranges::count(*runs, own, &history::RunRow::branch) > 0;
    return runs->empty() || is_own ? std::nullopt : std::optional(runs->front().branch);
}

Result<std::vector<StoredPoint>> points_before(history::Store& store,
                                               std::int64_t series,
                                               const std::optional<std::string>& branch,
                                               const history::Run& run) {
    auto read = points_of_branch(store, series, branch);
    if (!read) {
        return read.error();
    }
    std::erase_if(*read, [&run](const history::SeriesPoint& one) {
        return one.run_uuid == run.uuid || one.started > run.started;
    });
    return stored_points(std::move(*read));
}

Result<BaselineChoice> baseline_for(const JudgedRun& judged, const SeriesBaseline& series) {
    const BaselineOptions options = options_of(series);
    BaselineChoice best;
    if (judged.parent) {
        auto choice = where_it_left(judged, series, options);
        if (!choice || runs_behind(*choice) >= options.min_runs) {
            return choice;
        }
        best = std::move(*choice);
    }
    const std::string& own = judged.run.git.branch;
    const auto points =
        marked_points(judged, series, own.empty() ? std::nullopt : std::optional(own));
    if (!points) {
        return points.error();
    }
    // A set baseline needs no runs of its own: few of a young branch must not stand for the noise
    // where the branch it left has more.
    BaselineChoice choice =
        accepted_figure(series, *points, verdict::choose_baseline(*points, options));
    if (!judged.parent || runs_behind(choice) > runs_behind(best)) {
        best = std::move(choice);
    }
    return best;
}

verdict::Calibration calibration_of(history::Store& store, const history::Run& run) {
    verdict::Calibration calibration{.now = run.calibration};
    const auto earlier = store.runs({.platform = run.platform.label, .limit = 100});
    for (const history::RunRow& row : earlier ? *earlier : std::vector<history::RunRow>()) {
        if (row.uuid != run.uuid && row.started <= run.started && row.calibration &&
            row.platform_fingerprint == run.platform.fingerprint) {
            calibration.earlier.push_back(*row.calibration);
        }
    }
    return calibration;
}

} // namespace assay::tracking
