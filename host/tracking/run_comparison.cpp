#include "tracking/run_comparison.hpp"

#include "tracking/judged_run.hpp"
#include "tracking/series_baseline.hpp"
#include "tracking/stored_points.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace assay::tracking {
namespace {

HeldSeries question_about(const history::Point& point) {
    HeldSeries question{.series = point.series};
    question.asked.status = point.status;
    question.asked.kind = kind_of(point.series);
    if (point.figures) {
        question.asked.figures = {point.figures->center};
    }
    return question;
}

// A series that the run has no figure of: its case broke there, or the run does not have it.
HeldSeries lost_in(const history::Run& run, const history::Series& series, std::string reason) {
    HeldSeries question{.series = series};
    const auto failure =
        std::ranges::find(run.failures, series.case_id, &history::Failure::case_id);
    const bool broke = failure != run.failures.end();
    question.asked.in_run = broke;
    question.asked.status = broke ? failure->status : measure::CaseStatus::passed;
    question.asked.kind = kind_of(series);
    question.asked.reason = broke ? failure->reason : std::move(reason);
    return question;
}

using KnownSeries = std::map<std::string, SeriesBaseline>; // by key

// All series of a run's platform.
Result<KnownSeries> known_series(history::Store& store,
                                 const history::Platform& platform,
                                 const history::BaselinesFile& file) {
    auto rows = store.series({.platform = platform.label});
    if (!rows) {
        return rows.error();
    }
    std::erase_if(*rows, [&platform](const history::SeriesRow& row) {
        return row.series.platform.fingerprint != platform.fingerprint;
    });
    auto baselines = series_baselines(store, std::move(*rows), file);
    if (!baselines) {
        return baselines.error();
    }
    KnownSeries known;
    for (SeriesBaseline& one : *baselines) {
        std::string key = history::series_key(one.row.series);
        known.emplace(std::move(key), std::move(one));
    }
    return known;
}

bool has_metric(const history::Run& run, const history::Series& series) {
    return std::ranges::any_of(run.points, [&series](const history::Point& point) {
        return point.series.case_id == series.case_id && point.series.metric == series.metric;
    });
}

// What somebody has set a baseline for and the run has no figure of: its case broke, or is gone.
void add_lost(const history::Run& run,
              const KnownSeries& left,
              std::vector<HeldSeries>& questions) {
    for (const auto& [key, baseline] : left) {
        if (!baseline.current()) {
            continue; // a series of earlier days, that nobody holds anything against
        }
        const history::Series& series = baseline.row.series;
        if (has_metric(run, series)) {
            continue; // told in another unit or direction now: another series, and none is lost
        }
        questions.push_back(lost_in(run, series, "the run does not have it"));
    }
}

// Runs of the branch of `other`, but for `run` itself: those after either of the two tell how much
// runs differ as well as those before. A step between levels is no noise.
Result<std::vector<verdict::StoredPoint>> points_around(history::Store& store,
                                                        const history::SeriesRow& series,
                                                        const history::Run& run,
                                                        const history::Run& other) {
    const std::string& branch = other.git.branch;
    auto read =
        points_of_branch(store, series.id, branch.empty() ? std::nullopt : std::optional(branch));
    if (!read) {
        return read.error();
    }
    std::erase_if(*read, [&run](const auto& point) { return point.run_uuid == run.uuid; });
    std::vector<verdict::StoredPoint> points = stored_points(std::move(*read));
    if (Status marked = mark_accepted_levels(store, series, points); !marked) {
        return marked.error();
    }
    return points;
}

// The figure of one run as a baseline, with the noise of the runs around it.
Result<verdict::BaselineChoice> baseline_of_run(history::Store& store,
                                                const history::SeriesRow& series,
                                                const history::Run& run,
                                                const history::Run& other,
                                                double center) {
    const auto points = points_around(store, series, run, other);
    if (!points) {
        return points.error();
    }
    return verdict::choose_baseline(
        *points,
        {.policy = verdict::BaselinePolicy::pinned,
         .fixed = verdict::FixedBaseline{.center = center, .run = other.uuid, .n = 1}});
}

std::string why_not_comparable(const history::Series& one, const history::Series& other) {
    const auto same = [&](auto member) { return one.*member == other.*member; };
    if (one.platform.fingerprint != other.platform.fingerprint) {
        return "hardware";
    }
    if (one.platform.label != other.platform.label) {
        return "platform label";
    }
    return !same(&history::Series::unit)        ? "unit"
           : !same(&history::Series::direction) ? "direction"
           : !same(&history::Series::clock)     ? "clock"
           : !same(&history::Series::aggregate) ? "aggregate"
           : !same(&history::Series::shape)     ? "shape"
           : !same(&history::Series::isolation) ? "isolation"
                                                : "";
}

using PointsByName = std::map<std::pair<std::string, std::string>, const history::Point*>;

PointsByName by_name(const history::Run& run) {
    PointsByName points;
    for (const history::Point& point : run.points) {
        points.emplace(std::pair(point.series.case_id, point.series.metric), &point);
    }
    return points;
}

// What is known of a figure from the other run.
Status hold_against(history::Store& store,
                    const history::Run& run,
                    const history::Run& other,
                    const history::Point* before,
                    const KnownSeries& known,
                    HeldSeries& question) {
    verdict::KnownSeries& answer = question.asked.known;
    if (before == nullptr || !before->figures) {
        answer.baseline.reason = "run " + other.uuid + " has no figure of it";
        return {};
    }
    answer.incomparable = why_not_comparable(question.series, before->series);
    const auto row = known.find(history::series_key(before->series));
    if (!answer.incomparable.empty() || row == known.end()) {
        return {};
    }
    question.asked.kind = kind_of(row->second.row.series);
    auto choice = baseline_of_run(store, row->second.row, run, other, before->figures->center);
    if (!choice) {
        return choice.error();
    }
    answer.baseline = std::move(*choice);
    return {};
}

} // namespace

Result<std::vector<ComparedSeries>> compare_with_baselines(history::Store& store,
                                                           const history::Run& run,
                                                           const history::BaselinesFile& file) {
    auto known = known_series(store, run.platform, file);
    if (!known) {
        return known.error();
    }
    const JudgedRun asking{.store = store, .run = run, .parent = parent_branch(store, run)};
    std::vector<HeldSeries> questions;
    for (const history::Point& point : run.points) {
        HeldSeries& question = questions.emplace_back(question_about(point));
        question.asked.known.baseline.reason = "the history has no run of it";
        question.asked.known.today.now = run.started;
        const auto found = known->find(history::series_key(point.series));
        if (found == known->end()) {
            continue;
        }
        question.asked.kind = kind_of(found->second.row.series);
        auto choice = baseline_for(asking, found->second);
        if (!choice) {
            return choice.error();
        }
        question.asked.known.drifting = choice->drifting;
        question.asked.known.baseline = std::move(*choice);
        known->erase(found);
    }
    add_lost(run, *known, questions);
    return judge_held(store, run, std::move(questions));
}

Result<std::vector<HeldSeries>>
hold_against_run(history::Store& store, const history::Run& run, const history::Run& other) {
    const auto known = known_series(store, run.platform, {});
    if (!known) {
        return known.error();
    }
    PointsByName before = by_name(other);
    std::vector<HeldSeries> questions;
    for (const history::Point& point : run.points) {
        HeldSeries& question = questions.emplace_back(question_about(point));
        const auto found = before.find({point.series.case_id, point.series.metric});
        const history::Point* const partner = found == before.end() ? nullptr : found->second;
        if (Status held = hold_against(store, run, other, partner, *known, question); !held) {
            return held.error();
        }
        if (found != before.end()) {
            before.erase(found);
        }
    }
    for (const auto& [name, point] : before) {
        questions.push_back(lost_in(run, point->series, "only run " + other.uuid + " has it"));
    }
    return questions;
}

std::vector<ComparedSeries>
judge_held(history::Store& store, const history::Run& run, std::vector<HeldSeries> held) {
    std::vector<verdict::MovingSeries> movers;
    for (const HeldSeries& one : held) {
        const std::string family = one.series.suite + "/" + one.series.family;
        if (auto moving = verdict::moving(one.asked, family, {})) {
            moving->witness = one.series.case_id;
            movers.push_back(std::move(*moving));
        }
    }
    const verdict::LatticeOptions options{
        .shift = verdict::find_shift(movers, calibration_of(store, run))};
    std::vector<ComparedSeries> all;
    for (HeldSeries& one : held) {
        const auto& baseline = one.asked.known.baseline.baseline;
        const bool measured = !one.asked.figures.empty();
        all.push_back({.series = std::move(one.series),
                       .figure = measured ? std::optional(one.asked.figures.front()) : std::nullopt,
                       .center = baseline ? std::optional(baseline->center) : std::nullopt,
                       .verdict = verdict::verdict_on(one.asked, options)});
    }
    std::ranges::sort(all, {}, [](const ComparedSeries& one) {
        return std::tie(one.series.case_id, one.series.metric);
    });
    return all;
}

Result<std::vector<ComparedSeries>>
compare_runs(history::Store& store, const history::Run& run, const history::Run& other) {
    auto held = hold_against_run(store, run, other);
    return held ? judge_held(store, run, std::move(*held))
                : Result<std::vector<ComparedSeries>>(held.error());
}

} // namespace assay::tracking
