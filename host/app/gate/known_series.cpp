#include "app/gate/known_series.hpp"

#include "history/units.hpp"
#include "tracking/judged_run.hpp"
#include "tracking/series_baseline.hpp"
#include "verdict/baseline_policy.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

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

// The points of a run by case and metric: it may have ten thousand.
using PointsByName = std::map<std::pair<std::string_view, std::string_view>, const history::Point*>;

PointsByName points_by_name(const history::Run& run) {
    PointsByName points;
    for (const history::Point& point : run.points) {
        points.emplace(std::pair<std::string_view, std::string_view>(point.series.case_id,
                                                                     point.series.metric),
                       &point);
    }
    return points;
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

Status add_lost_ids(history::Store& store,
                    const std::vector<tracking::ExpectedSeries>& lost,
                    SeriesIds& ids) {
    for (const tracking::ExpectedSeries& one : lost) {
        const auto rows = store.series({.case_id = one.series.case_id});
        if (!rows) {
            return rows.error();
        }
        if (const auto row = row_of(*rows, one.series)) {
            ids.emplace(std::pair(one.series.case_id, one.series.metric), row->id);
        }
    }
    return {};
}

Result<SeriesIds> add_known_series(history::Store& store,
                                   const history::Run& run,
                                   const history::BaselinesFile& file,
                                   std::vector<verdict::GateCase>& cases) {
    SeriesIds ids;
    const tracking::JudgedRun judged{
        .store = store, .run = run, .parent = tracking::parent_branch(store, run)};
    const PointsByName points = points_by_name(run);
    for (verdict::GateCase& one : cases) {
        auto rows = store.series({.case_id = one.subject.id});
        if (!rows) {
            return rows.error();
        }
        for (verdict::GateFigure& figure : one.figures) {
            const auto today = points.find({one.subject.id, figure.key});
            if (today == points.end()) {
                continue;
            }
            const auto row = row_of(*rows, today->second->series);
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
            figure.stored->drifting = choice->drifting;
            figure.stored->baseline = std::move(*choice);
            figure.stored->today.now = run.started;
        }
    }
    return ids;
}

} // namespace assay::app
