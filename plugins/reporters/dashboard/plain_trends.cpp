#include "plain_trends.hpp"

#include "charts/figures/time_series.hpp"
#include "outcome.hpp"
#include "page_layout/page_chart.hpp"
#include "report_text/told_apart.hpp"

#include <algorithm>
#include <cmath>

namespace dashboard_reporter {
namespace {

using namespace assay::charts;

constexpr std::size_t kPlainTrends = 4;
constexpr std::size_t kPlainRuns = 60; // the newest of each
constexpr std::size_t kCommitDigits = 12;

std::string commits(const ToldBranch& branch, const ToldChange& change) {
    const auto name = [&branch](std::size_t run) {
        const ToldRun& one = branch.runs[run];
        return one.commit.empty() ? one.uuid : one.commit;
    };
    const auto [good, bad] =
        report_text::told_apart(name(change.last_good), name(change.first_bad), kCommitDigits);
    return good + ".." + bad;
}

struct Drawn {
    std::vector<RunPoint> points;
    std::vector<ChangeMark> changes;
};

Drawn drawn(const PlacedSeries& one) {
    const ToldSeries& series = *one.series;
    Drawn all;
    const std::size_t from = series.runs.size() > kPlainRuns ? series.runs.size() - kPlainRuns : 0;
    for (std::size_t i = from; i < series.runs.size(); ++i) {
        all.points.push_back({.moment = one.branch->runs[series.runs[i]].when,
                              .value = series.center[i],
                              .low = series.low[i],
                              .high = series.high[i]});
    }
    for (const ToldFlag& flag : series.flags) {
        if (flag.at >= from && flag.at < series.runs.size()) {
            all.points[flag.at - from].look = flag.excluded  ? Look::crossed
                                              : flag.outlier ? Look::hollow
                                                             : Look::filled;
        }
    }
    for (const ToldChange& change : series.changes) {
        const double moment = one.branch->runs[change.first_bad].when;
        if (change.counted && !all.points.empty() && moment >= all.points.front().moment) {
            all.changes.push_back({.moment = moment,
                                   .tone = change.worse ? Tone::worse : Tone::better,
                                   .label = commits(*one.branch, change),
                                   .note = "a step between these commits"});
        }
    }
    return all;
}

std::string figure(const PlacedSeries& one) {
    const ToldSeries& series = *one.series;
    const Drawn data = drawn(one);
    const std::vector<Trend> trends{{.name = one.branch->label, .runs = data.points}};
    const double center = series.verdict ? series.verdict->center : kNothing;
    std::vector<LimitMark> limits;
    if (std::isfinite(series.limit)) {
        limits.push_back({.value = series.limit, .name = "limit"});
    }
    TimeSeries shown{.title = series.name + " " + series.metric,
                     .subtitle = one.branch->label + ", " + outcome_words(series),
                     .metric = series.metric,
                     .unit = series.unit,
                     .trends = trends,
                     .limits = limits,
                     .changes = data.changes,
                     .time = moment_words(*one.branch)};
    if (std::isfinite(center)) {
        shown.baseline = center;
    }
    const Chart chart = time_series_chart(shown);
    return "<figure class=\"panel\">" + page_layout::page_chart(chart, {960, 260}) + "</figure>\n";
}

} // namespace

std::string plain_trends_html(const std::vector<PlacedSeries>& all) {
    std::string html = "<noscript><section><h2>Trends</h2>\n<p class=\"note\">Without script: the "
                       "series that matter most, their newest runs. With script any series can be "
                       "searched, zoomed and compared.</p>\n";
    std::size_t drawn = 0;
    for (const PlacedSeries& one : all) {
        if (drawn < kPlainTrends && has_figure(*one.series)) {
            html += figure(one);
            ++drawn;
        }
    }
    return html + "</section></noscript>\n";
}

} // namespace dashboard_reporter
