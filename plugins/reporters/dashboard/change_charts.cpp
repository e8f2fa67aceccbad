#include "change_charts.hpp"

#include "charts/case_names.hpp"
#include "charts/figures/forest.hpp"
#include "charts/svg.hpp"
#include "outcome.hpp"
#include "page_layout/page_chart.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace dashboard_reporter {
namespace {

using namespace assay::charts;

constexpr double kWidth = 960;
constexpr std::size_t kRowsDrawn = 30;
constexpr std::size_t kTableRows = 100;

bool has_change(const PlacedSeries& one) {
    return one.series->verdict && std::isfinite(one.series->verdict->change);
}

std::vector<PlacedSeries> changed_on(const std::vector<PlacedSeries>& all, ChangeScale scale) {
    std::vector<PlacedSeries> some;
    std::ranges::copy_if(all, std::back_inserter(some), [scale](const PlacedSeries& one) {
        return has_change(one) && scale_of(*one.series) == scale;
    });
    return some;
}

std::string
chart_on(const ToldDashboard& told, const std::vector<PlacedSeries>& some, Forest forest) {
    if (some.empty()) {
        return {};
    }
    std::vector<std::string> ids;
    for (const PlacedSeries& one : some) {
        ids.push_back(one.series->name);
    }
    const CaseNames names = case_names(ids);
    std::vector<ForestRow> rows;
    for (std::size_t i = 0; i < some.size(); ++i) {
        const ToldSeries& series = *some[i].series;
        const std::string& platform = some[i].branch->label;
        rows.push_back({.name = names.names[i] + " " + series.metric +
                                (told.branches.size() > 1 ? ", " + platform : ""),
                        .change = series.verdict->change,
                        .low = series.verdict->low,
                        .high = series.verdict->high,
                        .tone = tone_of(outcome_of(series)),
                        .full = series.name + " " + series.metric + ", " + platform});
    }
    forest.subtitle = names.shared;
    forest.rows = rows;
    const double threshold = threshold_on(told, scale_of(*some.front().series));
    forest.gate = std::isfinite(threshold) ? std::optional(threshold) : std::nullopt;
    forest.rows_max = kRowsDrawn;
    const Chart chart = forest_chart(forest);
    return "<figure class=\"panel\">" +
           page_layout::page_chart(chart, {kWidth, chart.size.height}) +
           page_layout::chart_figures(chart, kTableRows) + "</figure>\n";
}

// Those that stand in no picture.
std::string missing_words(const std::vector<PlacedSeries>& all) {
    const auto count = [&all](auto is) {
        return static_cast<std::size_t>(std::ranges::count_if(all, is));
    };
    const std::size_t unheld = count([](const PlacedSeries& one) { return !has_change(one); });
    const std::size_t odds = changed_on(all, ChangeScale::logit).size();
    std::string words;
    const auto add = [&words](std::size_t number, std::string_view why) {
        if (number > 0) {
            words += (words.empty() ? "" : "; ") + std::to_string(number) + " series " +
                     std::string(why);
        }
    };
    add(unheld,
        "without a change that could be drawn: no figure in the newest run, or no baseline");
    add(odds, "whose change is told in log odds");
    return words.empty() ? "" : "<p class=\"note\">Not drawn: " + xml_text(words) + ".</p>\n";
}

} // namespace

std::string change_charts_html(const ToldDashboard& told, const std::vector<PlacedSeries>& all) {
    const std::string relative = chart_on(
        told,
        changed_on(all, ChangeScale::relative),
        {.title = "Change against the baseline", .axis = "change of the figure (right = worse)"});
    const std::string points =
        chart_on(told,
                 changed_on(all, ChangeScale::points),
                 {.title = "Change of shares against the baseline, in points",
                  .unit = "points",
                  .axis = "change of the share, right = worse"});
    return relative + points + missing_words(all);
}

} // namespace dashboard_reporter
