#include "overview.hpp"

#include "change_charts.hpp"
#include "charts/svg.hpp"
#include "outcome.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace dashboard_reporter {
namespace {

using namespace assay::charts;

constexpr std::size_t kSparkPoints = 40; // three pixels each

std::array<std::size_t, kOutcomes> counts_of(const std::vector<PlacedSeries>& all) {
    std::array<std::size_t, kOutcomes> counts{};
    for (const PlacedSeries& one : all) {
        ++counts[static_cast<std::size_t>(outcome_of(*one.series))];
    }
    return counts;
}

std::size_t at(const std::array<std::size_t, kOutcomes>& counts, Outcome outcome) {
    return counts[static_cast<std::size_t>(outcome)];
}

std::string series_count(std::size_t count) {
    return std::to_string(count) + " series";
}

// Worse than the baseline, and too new for the runs after it to say so as well.
std::size_t candidates_of(const std::vector<PlacedSeries>& all) {
    return static_cast<std::size_t>(std::ranges::count_if(all, [](const PlacedSeries& one) {
        const auto& verdict = one.series->verdict;
        return verdict && verdict->word == "regressed" && !verdict->confirmed;
    }));
}

std::string headline(const std::array<std::size_t, kOutcomes>& counts,
                     std::size_t all,
                     std::size_t candidates) {
    if (all == 0) {
        return "Nothing is recorded that could be shown";
    }
    std::string text;
    for (const Outcome outcome : {Outcome::failed, Outcome::worse}) {
        if (at(counts, outcome) > 0) {
            text += (text.empty() ? "" : ", ") + series_count(at(counts, outcome)) + " " +
                    std::string(outcome_title(outcome));
        }
    }
    const std::size_t open = at(counts, Outcome::open);
    if (!text.empty()) {
        return text + " in the newest run" +
               (candidates == 0
                    ? ""
                    : ", " + std::to_string(candidates) + " of them not confirmed yet") +
               (open == 0 ? "" : ", " + std::to_string(open) + " could not be decided");
    }
    if (open == all) {
        return "No series could be judged yet";
    }
    return open == 0 ? "Nothing regressed"
                     : std::to_string(open) + " of " + series_count(all) +
                           " could not be decided; none is shown to have regressed";
}

// The figure that decides it: of the gravest series.
std::string deciding(const ToldDashboard& told, const std::vector<PlacedSeries>& all) {
    if (all.empty()) {
        return "'assay run --record' records a run; 'assay import' takes those of other tools.";
    }
    const ToldSeries& first = *all.front().series;
    if (outcome_of(first) == Outcome::same) {
        return "The largest change is " + change_words(first) + " of " + first.name + " " +
               first.metric + ".";
    }
    std::string text = first.name + " " + first.metric + ": ";
    if (first.verdict && std::isfinite(first.verdict->change)) {
        text += change_words(first) + " " + interval_words(first) + " against " +
                figure_words(first.verdict->center, first.unit);
    } else {
        text += outcome_words(first);
    }
    const double threshold = threshold_on(told, scale_of(first));
    if (std::isfinite(threshold) && outcome_of(first) == Outcome::worse) {
        text += ", limit " + size_words(threshold, scale_of(first));
    }
    if (outcome_of(first) == Outcome::open && first.verdict) {
        text += ": " + first.verdict->word;
    }
    return text + ".";
}

std::string tiles(const std::array<std::size_t, kOutcomes>& counts) {
    std::string html = "<ul class=\"tiles\">\n";
    for (const Outcome outcome :
         {Outcome::worse, Outcome::better, Outcome::same, Outcome::open, Outcome::failed}) {
        const std::string name(outcome_name(outcome));
        html += "<li><button type=\"button\" class=\"tile " + name + "\" data-filter=\"" + name +
                "\" aria-pressed=\"false\"><b>" + std::to_string(at(counts, outcome)) +
                "</b> <span>" + std::string(outcome_symbol(outcome)) + " " +
                std::string(outcome_title(outcome)) + "</span></button></li>\n";
    }
    return html + "</ul>\n";
}

// At most kSparkPoints: the medians of stretches of equal length.
std::vector<double> thinned(const std::vector<double>& values) {
    if (values.size() <= kSparkPoints) {
        return values;
    }
    std::vector<double> all;
    for (std::size_t i = 0; i < kSparkPoints; ++i) {
        const std::size_t begin = i * values.size() / kSparkPoints;
        const std::size_t end = (i + 1) * values.size() / kSparkPoints;
        std::vector<double> part;
        std::copy_if(values.begin() + static_cast<std::ptrdiff_t>(begin),
                     values.begin() + static_cast<std::ptrdiff_t>(end),
                     std::back_inserter(part),
                     [](double value) { return std::isfinite(value); });
        std::sort(part.begin(), part.end());
        all.push_back(part.empty() ? kNothing : part[part.size() / 2]);
    }
    return all;
}

// A figure for every point, each told from the one before, in a field that the page stretches: a
// quarter of the bytes of a chart of the kernel, and a page has hundreds.
std::string spark(const ToldSeries& series) {
    constexpr double kHeight = 49; // of 22 pixels
    const std::vector<double> values = thinned(series.center);
    double low = kNothing, high = kNothing;
    for (const double value : values) {
        low = std::fmin(low, value); // of a number and none the number
        high = std::fmax(high, value);
    }
    if (!std::isfinite(low)) {
        return {};
    }
    std::string line, dot;
    long before = 0;
    bool open = false, drawn = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            open = drawn = false;
            continue;
        }
        const double share = high > low ? (values[i] - low) / (high - low) : 0.5;
        const long place = std::lround(kHeight * (1 - share));
        dot = std::to_string(i) + " " + std::to_string(place);
        if (open) {
            const std::string step = std::to_string(place - before);
            line += (drawn ? " 1" : "l1") + (step[0] == '-' ? step : " " + step);
        } else {
            line += "M" + dot;
        }
        drawn = open;
        open = true;
        before = place;
    }
    return "<svg viewBox=\"-1 -7 " + std::to_string(values.size() + 1) +
           " 63\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"" + line +
           "\"/><path class=\"e\" d=\"M" + dot + "h0\"/></svg>";
}

std::string cell(std::string_view kind, const std::string& text) {
    return "<td class=\"" + std::string(kind) + "\">" + xml_text(text) + "</td>";
}

std::string row(const PlacedSeries& one, bool platforms) {
    const ToldSeries& series = *one.series;
    const std::string outcome(outcome_name(outcome_of(series)));
    const double center = series.verdict ? series.verdict->center : kNothing;
    std::string html = "<tr class=\"" + outcome + "\"><th scope=\"row\"><a href=\"#s" +
                       std::to_string(one.number) + "\">" + xml_text(series.name) + "</a> <i>" +
                       xml_text(series.metric) + "</i></th>";
    html += platforms ? cell("p", one.branch->label) : "";
    html += cell("n b", figure_words(center, series.unit));
    html += cell("n o", figure_words(newest_figure(series), series.unit));
    html += cell("n d", change_words(series)) + cell("n i", interval_words(series));
    html += cell("n l", figure_words(series.limit, series.unit));
    html += "<td class=\"h\">" + spark(series) + "</td>";
    std::string words = outcome_words(series);
    const std::string why = series.verdict ? series.verdict->reason : series.unjudged;
    html += "<td class=\"w\"" + (why.empty() ? "" : " title=\"" + xml_text(why) + "\"") + ">" +
            xml_text(words) + "</td></tr>\n";
    return html;
}

std::string table(const ToldDashboard& told, const std::vector<PlacedSeries>& all) {
    const bool platforms = told.branches.size() > 1;
    std::string html =
        "<div class=\"wide\"><table class=\"series\" id=\"rows\"><caption>Newest run "
        "of every series against its baseline, the gravest first</caption>\n<thead>"
        "<tr><th scope=\"col\">case, metric</th>";
    html += platforms ? "<th scope=\"col\" class=\"p\">platform</th>" : "";
    html += "<th scope=\"col\" class=\"n\">baseline</th><th scope=\"col\" class=\"n\">now</th>"
            "<th scope=\"col\" class=\"n d\">change</th>"
            "<th scope=\"col\" class=\"n\">99.9 % CI</th>"
            "<th scope=\"col\" class=\"n\">limit</th>"
            "<th scope=\"col\" class=\"h\">history</th><th "
            "scope=\"col\">verdict</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < std::min(all.size(), kRowsMax); ++i) {
        html += row(all[i], platforms);
    }
    html += "</tbody></table></div>\n<p id=\"rows-empty\" class=\"note\" hidden></p>\n";
    if (all.size() > kRowsMax) {
        html += "<p class=\"note\">" + std::to_string(all.size() - kRowsMax) +
                " more series are not in this table; the search finds all of them.</p>\n";
    }
    return html;
}

} // namespace

std::vector<PlacedSeries> by_gravity(const ToldDashboard& told) {
    std::vector<PlacedSeries> all;
    for (const ToldBranch& branch : told.branches) {
        for (const ToldSeries& series : branch.series) {
            all.push_back({&branch, &series, all.size()});
        }
    }
    std::ranges::stable_sort(all, [](const PlacedSeries& a, const PlacedSeries& b) {
        return matters_more(*a.series, *b.series);
    });
    return all;
}

std::string overview_html(const ToldDashboard& told, const std::vector<PlacedSeries>& all) {
    const auto counts = counts_of(all);
    const bool bad = at(counts, Outcome::failed) + at(counts, Outcome::worse) > 0;
    const bool open = all.empty() || at(counts, Outcome::open) > 0; // what is open is no pass
    const Outcome state = bad ? Outcome::worse : open ? Outcome::open : Outcome::better;
    std::string html = "<section id=\"overview\">\n<h2>Overview</h2>\n<div class=\"bar " +
                       std::string(outcome_name(state)) + "\"><span aria-hidden=\"true\">" +
                       (bad    ? "✗"
                        : open ? "?"
                               : "✓") +
                       "</span><p><b>" +
                       xml_text(headline(counts, all.size(), candidates_of(all))) + "</b><br>" +
                       xml_text(deciding(told, all)) + "</p></div>\n";
    if (all.empty()) {
        return html + "</section>\n";
    }
    return html + tiles(counts) + table(told, all) + change_charts_html(told, all) + "</section>\n";
}

} // namespace dashboard_reporter
