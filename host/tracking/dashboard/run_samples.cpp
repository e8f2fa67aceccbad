#include "tracking/dashboard/run_samples.hpp"

#include "history/sample_sketch.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace assay::tracking {
namespace {

bool is_empty(const history::Samples& samples) {
    return samples.launch_medians.empty() && samples.launches.empty() && !samples.sketch;
}

std::size_t count_of(const history::Samples& samples) {
    std::size_t count = 0;
    for (const std::vector<double>& launch : samples.launches) {
        count += launch.size();
    }
    return count;
}

bool has_samples(const DashboardSeries& series, std::size_t run) {
    return std::ranges::find(series.samples, run, &DashboardSamples::run) != series.samples.end();
}

std::size_t point_count(const std::vector<DashboardBranch>& branches) {
    std::size_t count = 0;
    for (const DashboardBranch& branch : branches) {
        for (const DashboardSeries& series : branch.series) {
            count += series.points.size();
        }
    }
    return count;
}

// Those of the newest runs that nothing was read of, at most `most` of them.
Status read_some(history::Store& store, DashboardBranch& branch, std::size_t most) {
    std::size_t asked = 0;
    for (std::size_t run = branch.runs.size(); run-- > 0 && asked < most;) {
        for (DashboardSeries& series : branch.series) {
            const auto point =
                std::ranges::lower_bound(series.points, run, {}, &DashboardPoint::run);
            if (asked == most || point == series.points.end() || point->run != run ||
                !point->figures || has_samples(series, run)) {
                continue;
            }
            ++asked;
            auto samples = store.samples(series.row.id, branch.runs[run].row.id);
            if (!samples) {
                return samples.error();
            }
            if (*samples) {
                keep_samples(series, run, std::move(**samples));
            }
        }
    }
    return {};
}

} // namespace

void keep_samples(DashboardSeries& series, std::size_t run, history::Samples samples) {
    if (is_empty(samples)) {
        return;
    }
    if (count_of(samples) > kSamplesTold) {
        samples = history::sketched(std::move(samples));
    }
    series.samples.push_back({.run = run, .samples = std::move(samples)});
}

Status read_samples_before_changes(history::Store& store, DashboardBranch& branch) {
    if (!branch.analysis) {
        return {};
    }
    std::unordered_map<std::int64_t, DashboardSeries*> by_id;
    for (DashboardSeries& series : branch.series) {
        by_id.emplace(series.row.id, &series);
    }
    std::unordered_map<std::string, std::size_t> run_at;
    for (std::size_t i = 0; i < branch.runs.size(); ++i) {
        run_at.emplace(branch.runs[i].row.uuid, i);
    }
    const BranchAnalysis& analysis = branch.analysis->analysis;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const SeriesLine& line = analysis.lines.lines[i];
        const auto& changes = analysis.findings[i].changes;
        const auto series = by_id.find(line.row.id);
        if (series == by_id.end() || changes.empty() || !changes.back().counted) {
            continue;
        }
        const BranchRun& before = analysis.lines.runs[line.runs[changes.back().index - 1]];
        const auto place = run_at.find(before.uuid);
        if (place == run_at.end()) {
            continue;
        }
        auto samples = store.samples(line.row.id, before.id);
        if (!samples) {
            return samples.error();
        }
        if (*samples) {
            keep_samples(*series->second, place->second, std::move(**samples));
        }
    }
    return {};
}

Status read_samples_of_others(history::Store& store, std::vector<DashboardBranch>& branches) {
    const std::size_t points = point_count(branches);
    if (points >= kPointsBesideSamples) {
        return {};
    }
    const std::size_t room =
        std::min(kSamplesMost, (kPointsBesideSamples - points) / kPointsPerSamples);
    for (DashboardBranch& branch : branches) {
        if (Status read = read_some(store, branch, room / branches.size()); !read) {
            return read;
        }
    }
    return {};
}

} // namespace assay::tracking
