#include "tracking/judged_run.hpp"

#include "tracking/stored_points.hpp"

#include <algorithm>
#include <cstdint>

namespace assay::tracking {
namespace {

using verdict::BaselineChoice;
using verdict::BaselineOptions;
using verdict::BaselinePolicy;
using verdict::StoredPoint;

BaselineOptions options_of(const SeriesBaseline& series) {
    BaselineOptions options;
    if (const std::optional<history::BaselineFigure> current = series.current()) {
        options.policy = BaselinePolicy::pinned;
        // A centre that runs gave has their error; a number that somebody gave has none.
        options.fixed = verdict::FixedBaseline{
            .center = current->value,
            .n = static_cast<std::size_t>(std::max<std::int64_t>(current->runs, 0)),
            .set_by = current->policy};
    }
    return options;
}

std::size_t runs_behind(const BaselineChoice& choice) {
    return choice.baseline ? choice.baseline->figures.size() : 0;
}

} // namespace

std::optional<std::string> parent_branch(history::Store& store, const history::Run& run) {
    if (run.git.merge_base.empty()) {
        return std::nullopt;
    }
    const auto runs = store.runs({.sha = run.git.merge_base, .limit = 1});
    if (!runs || runs->empty() || runs->front().branch == run.git.branch) {
        return std::nullopt;
    }
    return runs->front().branch;
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
    return stored_points(*read);
}

Result<BaselineChoice> baseline_for(const JudgedRun& judged, const SeriesBaseline& series) {
    const BaselineOptions options = options_of(series);
    const std::string& own = judged.run.git.branch;
    BaselineChoice best;
    for (const std::optional<std::string>& branch :
         {own.empty() ? std::nullopt : std::optional(own), judged.parent}) {
        auto points = points_before(judged.store, series.row.id, branch, judged.run);
        if (!points) {
            return points.error();
        }
        BaselineChoice choice = verdict::choose_baseline(*points, options);
        // A set baseline needs no runs of its own: few of a young branch must not stand for the
        // noise where the branch it left has many.
        if (runs_behind(choice) >= runs_behind(best)) {
            best = std::move(choice);
        }
        if (runs_behind(best) >= options.min_runs || !judged.parent) {
            break;
        }
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
