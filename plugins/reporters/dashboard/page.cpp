#include "page.hpp"

#include "alerts_section.hpp"
#include "charts/svg.hpp"
#include "embedded_page.hpp"
#include "noise_section.hpp"
#include "outcome.hpp"
#include "overview.hpp"
#include "page_data.hpp"
#include "page_layout/page_chart.hpp"
#include "page_layout/stacked_table.hpp"
#include "page_policy/content_hash.hpp"
#include "plain_trends.hpp"

#include <algorithm>
#include <vector>

namespace dashboard_reporter {
namespace {

using assay::charts::xml_text;

constexpr std::string_view kNoInteraction =
    "<p class=\"note\" role=\"status\">Without interaction: this reporter was built without uPlot, "
    "which npm gives. Install npm, configure and build again for charts that can be searched, "
    "zoomed and compared.</p>\n";

// What only script can do; page.js takes `hidden` away.
constexpr std::string_view kSeriesSection = R"html(<section id="series" hidden>
<h2>Series</h2>
<div class="search"><label for="q">Search the series</label>
<input id="q" type="search" autocomplete="off" spellcheck="false" placeholder="words of case, metric, platform or verdict" aria-controls="found" aria-describedby="found-count">
<span id="found-count" class="note" role="status"></span></div>
<ul id="found" class="found" aria-label="Series that were found"></ul>
<div id="view"></div>
</section>
)html";

constexpr std::string_view kCompareSection = R"html(<section id="compare" hidden>
<h2>Compare two runs</h2>
<div id="compare-choice" class="choice"></div>
<div id="compare-result"></div>
</section>
)html";

constexpr std::string_view kMethodSection = R"html(<section id="method">
<h2>How to read this</h2>
<dl>
<dt>baseline</dt><dd>What a series is held against: what somebody has set, else the runs of its accepted level on the branch.</dd>
<dt>change, 99.9 % CI</dt><dd>Of the newest run against the baseline, with its interval. The unit of noise is the run: intervals inside one run are narrower.</dd>
<dt>▲ regressed, ▼ improved</dt><dd>Worse or better by more than runs differ and by more than 1 %, shares by half a point. Worse is slower, larger, or, where higher is better, less.</dd>
<dt>= unchanged</dt><dd>A change of the size that matters would have been seen, and was not.</dd>
<dt>? not decided</dt><dd>Too noisy, no baseline yet, the machine moved, or not comparable. It is no pass.</dd>
<dt>✗ failed</dt><dd>The case broke, or was wrong: there is no figure.</dd>
<dt>limit</dt><dd>The figure that is worse than the baseline by the regression threshold; of shares by as many points as the rules of a gate have.</dd>
<dt>fence</dt><dd>How much runs change from one to the next where nothing happened.</dd>
<dt>commit time</dt><dd>Where a run stands: at the time of its commit. Where none is known, at its own start.</dd>
<dt>step</dt><dd>From the run on where a series has another level; the cause lies behind the first commit of the pair, up to and with the second.</dd>
<dt>– </dt><dd>Not measured, or not known. It is never 0.</dd>
</dl>
</section>
)html";

std::string navigation(bool script) {
    std::string html = "<nav aria-label=\"Parts of the page\"><a href=\"#overview\">Overview</a>";
    html += script ? "<a href=\"#series\" class=\"scripted\" hidden>Series</a>"
                     "<a href=\"#compare\" class=\"scripted\" hidden>Compare</a>"
                   : "";
    return html + "<a href=\"#alerts\">Alerts</a><a href=\"#noise\">Noise</a>"
                  "<a href=\"#method\">Method</a></nav>\n";
}

std::string platforms_of(const ToldDashboard& told) {
    std::string text;
    for (const ToldBranch& branch : told.branches) {
        text += (text.empty() ? "" : ", ") + branch.label +
                (branch.branch.empty() ? "" : " (" + branch.branch + ")");
    }
    return text;
}

std::string newest_commit(const ToldDashboard& told) {
    const ToldRun* newest = nullptr;
    for (const ToldBranch& branch : told.branches) {
        if (!branch.runs.empty() && (newest == nullptr || branch.runs.back().when > newest->when)) {
            newest = &branch.runs.back();
        }
    }
    constexpr std::size_t kDigits = 12;
    return newest == nullptr ? "" : newest->commit.substr(0, kDigits);
}

std::string header(const ToldDashboard& told) {
    std::string html = "<header>\n<h1>assay dashboard</h1>\n<p class=\"meta\">";
    const auto part = [&html](std::string_view word, const std::string& text) {
        if (!text.empty()) {
            html += "<span>" + std::string(word) + " <code>" + xml_text(text) + "</code></span> ";
        }
    };
    std::int64_t left_out = 0;
    std::size_t runs = 0;
    for (const ToldBranch& branch : told.branches) {
        left_out += branch.runs_left_out;
        runs += branch.runs.size();
    }
    part("project", told.project);
    part("commit", newest_commit(told));
    part("platform", platforms_of(told));
    part("runs",
         std::to_string(runs) +
             (left_out > 0 ? ", " + std::to_string(left_out) + " older ones left out" : ""));
    part("since", told.since);
    part("made", minute_words(told.made));
    part("history", told.history);
    return html + "</p>\n</header>\n";
}

std::string page_style() {
    const auto titles = [](std::string_view table, const std::vector<std::string>& columns) {
        return page_layout::stacked_titles(table, columns);
    };
    return std::string(embedded_style()) + "\n" + assay::charts::chart_style() +
           page_layout::page_chart_style() + page_layout::stacked_style() +
           titles("noisy", {"case", "platform", "smallest change", "fence", "runs"}) +
           titles("shifts", {"platform", "from, to", "runs", "size", "series", "cause"}) +
           titles("alerts",
                  {"alert", "state", "severity", "commits", "platform", "what moved", "said"});
}

std::string head(const ToldDashboard& told, const std::string& style, std::string_view script) {
    const std::string title =
        told.project.empty() ? "assay dashboard" : "assay dashboard: " + told.project;
    std::string policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" +
                         page_policy::content_hash(style) + "'";
    policy += script.empty() ? "" : "; script-src '" + page_policy::content_hash(script) + "'";
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
           policy +
           "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
           xml_text(title) + "</title>\n<style>" + style + "</style>\n</head>\n";
}

} // namespace

std::string page_html(const ToldDashboard& told) {
    const std::string_view script = told.branches.empty() ? "" : embedded_script();
    const std::string style = page_style();
    const std::vector<PlacedSeries> all = by_gravity(told);
    std::string html =
        head(told, style, script) + "<body>\n" + header(told) + navigation(!script.empty());
    html += embedded_script().empty() ? std::string(kNoInteraction) : "";
    html += "<main>\n" + overview_html(told, all);
    html += script.empty() ? "" : std::string(kSeriesSection) + std::string(kCompareSection);
    html += plain_trends_html(all) + alerts_html(told) + noise_html(told, all);
    html += std::string(kMethodSection) + "</main>\n";
    if (!script.empty()) {
        html += "<script type=\"application/json\" id=\"data\">" + page_data(told) + "</script>\n";
        html += "<script>" + std::string(script) + "</script>\n";
    }
    return html + "</body>\n</html>\n";
}

} // namespace dashboard_reporter
