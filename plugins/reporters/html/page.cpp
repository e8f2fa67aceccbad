#include "page.hpp"

#include "charts/svg.hpp"
#include "page_layout/page_chart.hpp"
#include "report_text/figure_text.hpp"
#include "report_text/headline.hpp"
#include "report_text/outcome.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>

namespace html_reporter {
namespace {

using assay::charts::xml_text;
using report_text::Gravity;
using report_text::ToldCase;
using report_text::ToldRun;

constexpr double kChartWidth = 720;
constexpr std::size_t kChartRows = 100; // of the table beside a chart

constexpr std::string_view kPageStyle =
    "*{box-sizing:border-box}\n"
    "body{font-family:\"DejaVu Sans\",Verdana,\"Segoe UI\",system-ui,sans-serif;font-size:.9rem;"
    "line-height:1.4;margin:0 auto;padding:1rem;max-width:72rem;color:#1c2128;background:#fff}\n"
    "h1{font-size:1.15rem;margin:.2rem 0}h2{font-size:1rem;margin:1.6rem 0 .5rem}\n"
    "header p,footer,.dim,figcaption{color:#57606a;font-size:.8rem}\n"
    ".verdict{border-left:6px solid #57606a;padding:.5rem .8rem;background:#f6f8fa;"
    "margin:.8rem 0}.verdict p{margin:.2rem 0 0}.verdict strong{font-size:1.05rem}\n"
    ".verdict.worse{border-color:#b3261e}.verdict.better{border-color:#0b6e4f}"
    ".verdict.open{border-color:#8a6100}\n"
    "td.worse{color:#b3261e}td.better{color:#0b6e4f}td.open{color:#8a6100}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "th,td{text-align:left;padding:.18rem .8rem .18rem 0;vertical-align:top;"
    "border-bottom:1px solid #d8dee4}thead th{color:#57606a;font-weight:600}\n"
    "tbody "
    "th{font-weight:400;overflow-wrap:anywhere;min-width:9rem}td:last-child{min-width:12rem}\n"
    ".figure{text-align:right;white-space:nowrap}\n"
    "figure{margin:0 0 1.2rem;break-inside:avoid;max-width:100%}\n"
    "figure svg{max-width:100%;height:auto}summary{cursor:pointer}"
    "code,header p,.verdict,p,li{overflow-wrap:anywhere}\n"
    "@media screen and (prefers-color-scheme:dark){body{color:#e6e9ee;background:#14171c}"
    ".verdict{background:#1d2229;border-color:#a2abb6}th,td{border-color:#30363d}"
    "header p,footer,.dim,figcaption,thead th{color:#a2abb6}"
    ".verdict.worse{border-color:#ff8a80}.verdict.better{border-color:#56d4a5}"
    ".verdict.open{border-color:#e3b341}td.worse{color:#ff8a80}td.better{color:#56d4a5}"
    "td.open{color:#e3b341}}\n"
    "@media print{body{max-width:none;padding:0;font-size:9pt}details>*{display:block}}\n";

std::string paragraph(const std::string& text, std::string_view kind = {}) {
    return (kind.empty() ? "<p>" : "<p class=\"" + std::string(kind) + "\">") + xml_text(text) +
           "</p>\n";
}

std::string code(const std::string& text) {
    return "<code>" + xml_text(text) + "</code>";
}

std::string folded(const std::string& summary, const std::string& body) {
    return "<details><summary>" + xml_text(summary) + "</summary>\n" + body + "</details>\n";
}

std::string title_of(const ToldRun& run) {
    return run.gate            ? "Performance gate"
           : run.is_comparison ? "Performance comparison"
                               : "Performance run";
}

std::string verdict_class(Gravity gravity) {
    return gravity == Gravity::broken || gravity == Gravity::worse ? " worse"
           : gravity == Gravity::open                              ? " open"
           : gravity == Gravity::better                            ? " better"
                                                                   : "";
}

std::string where_of(const ToldRun& run) {
    std::vector<std::string> parts;
    const auto add = [&parts](const std::string& part) {
        if (!part.empty()) {
            parts.push_back(xml_text(part));
        }
    };
    add(run.platform);
    add(run.mode.empty() ? "" : "mode " + run.mode);
    add(run.lanes > 0 ? std::to_string(run.lanes) + (run.lanes == 1 ? " lane" : " lanes") : "");
    add(std::isfinite(run.noise) ? "noise " + report_text::fixed(100 * run.noise, 2) + " %" : "");
    add(run.commit.empty()
            ? ""
            : "commit " + run.commit.substr(0, 12) + (run.dirty ? " with local changes" : ""));
    add(run.branch.empty() ? "" : "branch " + run.branch);
    add(run.started);
    add(run.host_version.empty() ? "" : "assay " + run.host_version);
    std::string line;
    for (const std::string& part : parts) {
        line += (line.empty() ? "" : " · ") + part;
    }
    return "<p>" + (line.empty() ? "where it was measured is not known" : line) + "</p>\n";
}

std::string head_of(const ToldRun& run) {
    const report_text::Headline head = report_text::headline_of(run);
    const std::string title = xml_text(title_of(run));
    std::string text =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>" +
        title + "</title>\n<style>\n" + std::string(kPageStyle) + assay::charts::chart_style() +
        page_layout::page_chart_style() + table_style() +
        "</style>\n</head>\n<body>\n<header><h1>" + title + "</h1>\n" + where_of(run) +
        "</header>\n<main>\n";
    text += "<div class=\"verdict" + verdict_class(head.gravity) + "\"><strong>" +
            xml_text(report_text::plain_text(head)) + "</strong>\n";
    return text + (head.counts.empty() ? "" : paragraph(head.counts)) + "</div>\n";
}

std::string comparison_line(const ToldRun& run) {
    std::string text = "<p>Old " + code(run.before) + ", new " + code(run.after);
    if (std::isfinite(run.margin)) {
        text += ", margin " + report_text::fixed(100 * run.margin, 2) + " %";
    }
    if (!run.basis.empty()) {
        text += ", " + xml_text(run.basis) + ": advisory";
    }
    return text + ".</p>\n";
}

// The gravest first; what is plain apart, folded.
struct Sorted {
    Cases moved, rest;
    std::size_t left_out = 0;
};

Sorted sorted_cases(const ToldRun& run) {
    Sorted sorted;
    Cases all;
    for (const ToldCase& one : run.cases) {
        all.push_back(&one);
    }
    std::ranges::stable_sort(all, [](const ToldCase* a, const ToldCase* b) {
        return report_text::matters_more(*a, *b);
    });
    sorted.left_out = all.size() > kRowsMax ? all.size() - kRowsMax : 0;
    all.resize(all.size() - sorted.left_out);
    for (const ToldCase* one : all) {
        const bool plain = report_text::gravity_of(*one) == Gravity::plain;
        (plain ? sorted.rest : sorted.moved).push_back(one);
    }
    return sorted;
}

std::string cases_of(const ToldRun& run, const Sorted& sorted) {
    const auto table = run.is_comparison ? change_table : case_table;
    std::string text = "<h2>Cases</h2>\n";
    if (run.cases.empty()) {
        return text +
               paragraph(run.is_comparison ? "Nothing was compared." : "Nothing was measured.");
    }
    if (!sorted.moved.empty()) {
        text += table(sorted.moved);
    } else if (run.is_comparison) {
        text += paragraph("Nothing got slower, faster, worse or lost.");
    }
    if (!sorted.rest.empty()) {
        text += run.is_comparison ? folded(std::to_string(sorted.rest.size()) + " as before or new",
                                           table(sorted.rest))
                                  : table(sorted.rest);
    }
    if (sorted.left_out > 0) {
        text += paragraph(std::to_string(sorted.left_out) +
                          " more cases, of less weight, are left out here: the reporters json and "
                          "csv have all.");
    }
    return text;
}

std::string gate_of(const ToldRun& run) {
    GateRows loud, quiet;
    for (const report_text::GateRow& row : run.gate->rows) {
        (report_text::gravity_of(row) == Gravity::plain ? quiet : loud).push_back(&row);
    }
    const auto first = [](const report_text::GateRow* a, const report_text::GateRow* b) {
        return report_text::row_matters_more(*a, *b);
    };
    std::ranges::stable_sort(loud, first);
    std::ranges::stable_sort(quiet, first);
    std::string text = "<h2>Gate</h2>\n<p>" + code(run.gate->gates) + " against " +
                       code(run.gate->baseline) + ".</p>\n";
    for (const std::string& rule : run.gate->unmatched) {
        text += paragraph("Rule " + rule + " applies to no case.", "open");
    }
    const auto shown = [](GateRows rows) {
        rows.resize(std::min(rows.size(), kRowsMax));
        return gate_table(rows);
    };
    text += loud.empty() ? paragraph("No line failed, warned or is undecided.") : shown(loud);
    const std::string fold = std::to_string(quiet.size()) +
                             (quiet.size() == 1 ? " line that holds" : " lines that hold");
    return text + (quiet.empty() ? "" : folded(fold, shown(quiet)));
}

std::string notes_of(const ToldRun& run) {
    std::vector<report_text::ToldNote> notes = run.notes;
    if (run.gate) {
        notes.insert(notes.end(), run.gate->notes.begin(), run.gate->notes.end());
    }
    std::string items;
    for (const report_text::ToldNote& note : notes) {
        items += "<li>" + xml_text(note.text) + (note.next.empty() ? "" : " → " + code(note.next)) +
                 "</li>\n";
    }
    for (const std::string& next : run.next) {
        items += "<li>next: " + code(next) + "</li>\n";
    }
    return items.empty() ? "" : "<h2>Notes</h2>\n<ul>\n" + items + "</ul>\n";
}

std::string method_of(const ToldRun& run) {
    std::string text = "<h2>Method</h2>\n";
    if (!run.is_comparison) {
        return text + paragraph("A figure is the median over launches of the launch medians; a "
                                "launch is one worker process. The interval is one of that median "
                                "over launches. A picture of samples pools all launches: its "
                                "median is that of the samples. – is not measured, which is "
                                "never 0.");
    }
    if (!run.basis.empty()) {
        return text + paragraph("Nothing was measured side by side: the verdicts rest on " +
                                run.basis + ", and are advisory.");
    }
    return text +
           paragraph("Both builds took turns in pairs of fresh processes. The change is that "
                     "of the median pair; its interval holds however often one looks. Method " +
                     run.method + ", error rate " + report_text::fixed(run.alpha, 3) +
                     ". Undecided says that neither a change nor its absence was shown.");
}

std::string footer_of(const ToldRun& run) {
    std::string command;
    for (const std::string& word : run.argv) {
        command += (command.empty() ? "" : " ") + word;
    }
    std::string text = "</main>\n<footer>\n";
    text += run.id.empty() ? "" : "<p>Run " + code(run.id) + "</p>\n";
    text += command.empty() ? "" : "<p>" + code(command) + "</p>\n";
    return text + "</footer>\n</body>\n</html>\n";
}

} // namespace

std::string figure_of(const assay::charts::Chart& chart) {
    return "<figure>\n" + page_layout::page_chart(chart, {kChartWidth, chart.size.height}) +
           "<figcaption>" + page_layout::chart_figures(chart, kChartRows) +
           "</figcaption>\n</figure>\n";
}

std::string page_of(const ToldRun& run,
                    const run_charts::RunFigures& figures,
                    const std::string& distributions) {
    const Sorted sorted = sorted_cases(run);
    std::string text = head_of(run);
    text += run.is_comparison ? comparison_line(run) : "";
    if (run.partial) {
        text += paragraph("The run was interrupted: this is what it had.", "open");
    }
    text += run.gate ? gate_of(run) : "";
    text += cases_of(run, sorted);
    std::string charts;
    for (const run_charts::NamedChart& one : figures.charts()) {
        charts += figure_of(one.chart);
    }
    text += charts.empty() ? "" : "<h2>Charts</h2>\n" + charts;
    text += distributions.empty() ? "" : "<h2>Distributions</h2>\n" + distributions;
    Cases shown = sorted.moved;
    shown.insert(shown.end(), sorted.rest.begin(), sorted.rest.end());
    const bool any =
        std::ranges::any_of(shown, [](const ToldCase* one) { return !one->figures.empty(); });
    if (any) {
        text += "<h2>Figures</h2>\n" + folded("every metric of every case", figure_table(shown));
    }
    return text + notes_of(run) + method_of(run) + footer_of(run);
}

} // namespace html_reporter
