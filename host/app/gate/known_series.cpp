#include "app/gate/known_series.hpp"

#include "history/units.hpp"
#include "tracking/judged_run.hpp"
#include "tracking/series_baseline.hpp"
#include "verdict/baseline_policy.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace assay::app {
namespace {

using verdict::BaselineChoice;

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

// Where the store has it.
std::optional<history::SeriesRow> row_of(const std::vector<history::SeriesRow>& rows,
                                         const history::Series& series) {
    const std::string key = history::series_key(series);
    const auto found = std::ranges::find_if(rows, [&key](const history::SeriesRow& other) {
        return history::series_key(other.series) == key;
    });
    return found == rows.end() ? std::nullopt : std::optional(*found);
}

const history::Point*
point_of(const history::Run& run, const std::string& case_id, const std::string& metric) {
    const auto found = std::ranges::find_if(run.points, [&](const history::Point& point) {
        return point.series.case_id == case_id && point.series.metric == metric;
    });
    return found == run.points.end() ? nullptr : &*found;
}

} // namespace

Result<SeriesIds> series_of(history::Store& store, const history::Run& run) {
    SeriesIds ids;
    std::map<std::string, std::vector<history::SeriesRow>> known; // by case
    for (const history::Point& point : run.points) {
        const std::string& case_id = point.series.case_id;
        if (!known.contains(case_id)) {
            auto rows = store.series({.case_id = case_id});
            if (!rows) {
                return rows.error();
            }
            known.emplace(case_id, std::move(*rows));
        }
        if (const auto row = row_of(known[case_id], point.series)) {
            ids[{case_id, point.series.metric}] = row->id;
        }
    }
    return ids;
}

Result<SeriesIds> add_known_series(history::Store& store,
                                   const history::Run& run,
                                   const history::BaselinesFile& file,
                                   std::vector<verdict::GateCase>& cases) {
    SeriesIds ids;
    const tracking::JudgedRun judged{
        .store = store, .run = run, .parent = tracking::parent_branch(store, run)};
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
            const auto row = row_of(*rows, today->series);
            figure.stored = verdict::KnownSeries{
                .baseline = {.baseline = std::nullopt, .reason = "the history has no run of it"}};
            if (!row) {
                continue;
            }
            ids[{one.subject.id, figure.key}] = row->id;
            auto baselines = tracking::series_baselines(store, {*row}, file);
            if (!baselines) {
                return baselines.error();
            }
            auto choice = tracking::baseline_for(judged, baselines->front());
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
