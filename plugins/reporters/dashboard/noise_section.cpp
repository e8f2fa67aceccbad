#include "noise_section.hpp"

#include "charts/figures/time_series.hpp"
#include "charts/svg.hpp"
#include "charts/ticks.hpp"
#include "charts/unit_scale.hpp"
#include "outcome.hpp"
#include "page_layout/page_chart.hpp"

#include <algorithm>
#include <cmath>

namespace dashboard_reporter {
namespace {

using namespace assay::charts;

constexpr std::size_t kNoisyRows = 40;
constexpr std::size_t kHostRuns = 60; // the newest of each platform

// The newest runs of a platform, by one figure of each.
std::vector<RunPoint> host_runs(const ToldBranch& branch, double ToldRun::*figure) {
    std::vector<RunPoint> runs;
    const std::size_t from = branch.runs.size() > kHostRuns ? branch.runs.size() - kHostRuns : 0;
    for (std::size_t i = from; i < branch.runs.size(); ++i) {
        if (std::isfinite(branch.runs[i].*figure)) {
            runs.push_back({.moment = branch.runs[i].when, .value = branch.runs[i].*figure});
        }
    }
    return runs;
}

struct HostChart {
    double ToldRun::*figure = nullptr;
    std::string title, metric, unit;
};

std::string host_chart(const ToldDashboard& told, const HostChart& asked) {
    std::vector<std::vector<RunPoint>> runs;
    std::vector<Trend> trends;
    ToldBranch every; // one axis for all of them
    for (const ToldBranch& branch : told.branches) {
        runs.push_back(host_runs(branch, asked.figure));
        every.runs.insert(every.runs.end(), branch.runs.begin(), branch.runs.end());
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i].empty()) {
            trends.push_back({.name = told.branches[i].label, .runs = runs[i]});
        }
    }
    if (trends.empty()) {
        return "<p class=\"note\">" + asked.title + ": no run tells it.</p>\n";
    }
    const Chart chart = time_series_chart({.title = asked.title,
                                           .metric = asked.metric,
                                           .unit = asked.unit,
                                           .trends = trends,
                                           .time = moment_words(every)});
    return "<figure class=\"panel\">" + page_layout::page_chart(chart, {960, 220}) +
           page_layout::chart_figures(chart, kHostRuns) + "</figure>\n";
}

std::string shifts(const ToldDashboard& told) {
    std::string rows;
    for (const ToldBranch& branch : told.branches) {
        for (const ToldShift& shift : branch.shifts) {
            rows += "<tr><td>" + xml_text(branch.label) + "</td><td>" +
                    date_text(branch.runs[shift.first].when) + " to " +
                    date_text(branch.runs[shift.last].when) + "</td><td class=\"n\">" +
                    std::to_string(shift.runs) + "</td><td class=\"n\">" + change_text(shift.size) +
                    "</td><td class=\"n\">" + std::to_string(shift.beyond) + " of " +
                    std::to_string(shift.series) + "</td><td>" + xml_text(shift.cause) +
                    "</td></tr>\n";
        }
    }
    if (rows.empty()) {
        return "<p class=\"note\">No machine moved as a whole.</p>\n";
    }
    return "<div class=\"wide\"><table class=\"shifts stacked\"><caption>Runs in which everything "
           "moved at once; positive = "
           "worse</caption><thead><tr><th scope=\"col\">platform</th><th scope=\"col\">from, "
           "to</th><th scope=\"col\" class=\"n\">runs</th><th scope=\"col\" class=\"n\">size</th>"
           "<th scope=\"col\" class=\"n\">series</th><th scope=\"col\">cause</th></tr></thead>"
           "<tbody>\n" +
           rows + "</tbody></table></div>\n";
}

// The smallest change that a run of it shows, the noisiest first.
std::string noisy(const std::vector<PlacedSeries>& all) {
    std::vector<PlacedSeries> told;
    std::ranges::copy_if(all, std::back_inserter(told), [](const PlacedSeries& one) {
        return one.series->verdict && std::isfinite(one.series->verdict->mde);
    });
    if (told.empty()) {
        return "<p class=\"note\">No series has a baseline of enough runs to tell how noisy it "
               "is.</p>\n";
    }
    // A point stands where a per cent does; odds are another matter.
    std::ranges::stable_sort(told, [](const PlacedSeries& a, const PlacedSeries& b) {
        const auto key = [](const PlacedSeries& one) {
            return std::pair(scale_of(*one.series) == ChangeScale::logit,
                             -one.series->verdict->mde);
        };
        return key(a) < key(b);
    });
    std::string rows;
    for (std::size_t i = 0; i < std::min(told.size(), kNoisyRows); ++i) {
        const ToldSeries& series = *told[i].series;
        rows += "<tr><th scope=\"row\">" + xml_text(series.name) + " <i>" +
                xml_text(series.metric) + "</i></th><td>" + xml_text(told[i].branch->label) +
                "</td><td class=\"n\">" + size_words(series.verdict->mde, scale_of(series)) +
                "</td><td class=\"n\">" + size_words(series.verdict->fence, scale_of(series)) +
                "</td><td class=\"n\">" + std::to_string(series.runs.size()) + "</td></tr>\n";
    }
    std::string html =
        "<div class=\"wide\"><table class=\"noisy stacked\"><caption>The smallest change that one "
        "run "
        "would show (80 % "
        "of the time), and how much runs change where nothing happened</caption><thead><tr>"
        "<th scope=\"col\">case, metric</th><th scope=\"col\">platform</th>"
        "<th scope=\"col\" class=\"n\">smallest change</th><th scope=\"col\" class=\"n\">fence</th>"
        "<th scope=\"col\" class=\"n\">runs</th></tr></thead><tbody>\n" +
        rows + "</tbody></table></div>\n";
    if (told.size() > kNoisyRows) {
        html += "<p class=\"note\">" + std::to_string(told.size() - kNoisyRows) +
                " quieter series are not in this table.</p>\n";
    }
    return html;
}

} // namespace

std::string noise_html(const ToldDashboard& told, const std::vector<PlacedSeries>& all) {
    return "<section id=\"noise\">\n<h2>Noise</h2>\n" +
           host_chart(told,
                      {.figure = &ToldRun::host_score,
                       .title = "Noise of the machines: spread of slices of equal work",
                       .metric = "robust spread, share of the median",
                       .unit = "1"}) +
           host_chart(told,
                      {.figure = &ToldRun::calibration,
                       .title = "Speed of the machines: the host's fixed program",
                       .metric = "median time",
                       .unit = "s"}) +
           shifts(told) + noisy(all) + "</section>\n";
}

} // namespace dashboard_reporter
