#include "app/gate/known_series.hpp"

#include "app/baselines/series_baseline.hpp"
#include "app/baselines/stored_points.hpp"
#include "history/units.hpp"
#include "verdict/baseline_policy.hpp"

#include <algorithm>

namespace assay::app {
namespace {

using verdict::BaselineChoice;
using verdict::BaselineOptions;
using verdict::BaselinePolicy;
using verdict::StoredPoint;

// The points of a branch before this run.
Result<std::vector<StoredPoint>> earlier_points(history::Store& store,
                                                std::int64_t series,
                                                const std::optional<std::string>& branch,
                                                const std::string& run_uuid) {
    const auto read = points_of_branch(store, series, branch);
    if (!read) {
        return read.error();
    }
    std::vector<StoredPoint> points = stored_points(*read);
    std::erase_if(points, [&run_uuid](const StoredPoint& one) { return one.run == run_uuid; });
    return points;
}

// The branch that this one left: where the merge base was measured.
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

BaselineOptions options_of(const SeriesBaseline& series) {
    BaselineOptions options;
    if (const std::optional<history::BaselineFigure> current = series.current()) {
        options.policy = BaselinePolicy::pinned;
        options.fixed = verdict::FixedBaseline{.center = current->value};
    }
    return options;
}

// In the unit in which the run's documents have the figure: the history keeps SI base units.
void to_unit_of(const std::string& unit, BaselineChoice& choice) {
    const double factor = history::base_unit(unit).factor;
    if (!choice.baseline || factor == 1) {
        return;
    }
    choice.baseline->center /= factor;
    for (double& figure : choice.baseline->figures) {
        figure /= factor;
    }
}

struct Asking {
    history::Store& store;
    const history::Run& run;
    std::optional<std::string> parent;
};

Result<BaselineChoice> baseline_of(const Asking& asking, const SeriesBaseline& series) {
    const BaselineOptions options = options_of(series);
    const std::string& own = asking.run.git.branch;
    BaselineChoice choice;
    for (const std::optional<std::string>& branch :
         {own.empty() ? std::nullopt : std::optional(own), asking.parent}) {
        auto points = earlier_points(asking.store, series.row.id, branch, asking.run.uuid);
        if (!points) {
            return points.error();
        }
        choice = verdict::choose_baseline(*points, options);
        if (choice.baseline || !asking.parent) {
            break;
        }
    }
    return choice;
}

const history::Point*
point_of(const history::Run& run, const std::string& case_id, const std::string& metric) {
    const auto found = std::ranges::find_if(run.points, [&](const history::Point& point) {
        return point.series.case_id == case_id && point.series.metric == metric;
    });
    return found == run.points.end() ? nullptr : &*found;
}

} // namespace

Result<SeriesIds> add_known_series(history::Store& store,
                                   const history::Run& run,
                                   const history::BaselinesFile& file,
                                   std::vector<verdict::GateCase>& cases) {
    SeriesIds ids;
    const Asking asking{store, run, parent_branch(store, run)};
    for (verdict::GateCase& one : cases) {
        auto rows = store.series({.case_id = one.subject.id});
        if (!rows) {
            return rows.error();
        }
        for (verdict::GateFigure& figure : one.figures) {
            const history::Point* const today = point_of(run, one.subject.id, figure.key);
            if (today == nullptr) {
                continue;
            }
            const std::string key = history::series_key(today->series);
            const auto row = std::ranges::find_if(*rows, [&key](const history::SeriesRow& other) {
                return history::series_key(other.series) == key;
            });
            figure.stored = verdict::KnownSeries{
                .baseline = {.baseline = std::nullopt, .reason = "the history has no run of it"}};
            if (row == rows->end()) {
                continue;
            }
            ids[{one.subject.id, figure.key}] = row->id;
            auto baselines = series_baselines(store, {*row}, file);
            if (!baselines) {
                return baselines.error();
            }
            auto choice = baseline_of(asking, baselines->front());
            if (!choice) {
                return choice.error();
            }
            to_unit_of(figure.unit, *choice);
            figure.stored->baseline = std::move(*choice);
            figure.stored->today.now = run.started;
        }
    }
    return ids;
}

} // namespace assay::app
