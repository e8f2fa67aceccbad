#include "report_text/markdown_parts.hpp"

#include "report_text/figure_text.hpp"
#include "report_text/headline.hpp"
#include "report_text/markdown_text.hpp"
#include "report_text/outcome.hpp"

#include <algorithm>
#include <cmath>

namespace report_text {
namespace {

constexpr FigureStyle kStyle{.unicode = true};

std::string figure_or_dash(double value, std::string_view unit, bool exact) {
    return prose(
        joined(exact ? exact_text(value, unit, kStyle) : figure_text(value, unit, kStyle)));
}

void append(std::string& text, const std::string& part, std::string_view between) {
    if (!part.empty()) {
        text += (text.empty() ? "" : std::string(between)) + part;
    }
}

std::string level_text(double level) {
    if (!std::isfinite(level)) {
        return "interval";
    }
    const double percent = 100 * level;
    return fixed(percent, std::abs(percent - std::round(percent)) < 1e-6 ? 0 : 1) + " % interval";
}

// What there is to say beside the verdict: metrics that moved, and labels.
std::string remarks_of(const ToldCase& one) {
    std::string text;
    if (one.compared) {
        append(text, prose(one.compared->reason), "; ");
        for (const ToldMetric& metric : one.compared->metrics) {
            if (metric.verdict == "worse" || metric.verdict == "better" || !metric.reason.empty()) {
                append(text, prose(metric_text(metric)), "; ");
            }
        }
        for (const std::string& label : one.compared->labels) {
            append(text, prose(label), "; ");
        }
        if (one.compared->status == "compared" && one.compared->pairs > 0 &&
            !one.compared->verified) {
            append(text, "unverified", "; ");
        }
    } else {
        append(text, prose(one.reason), "; ");
        if (one.status == assay::case_status::passed && !one.verified) {
            append(text, "unverified", "; ");
        }
    }
    for (const std::string& note : one.notes) {
        append(text, prose(note), "; ");
    }
    return text;
}

// "▲ slower", with what counts add to it: "▲ slower, confirmed by counts (+5.08 % instructions)".
std::string verdict_cell(const ToldCase& one) {
    const std::string_view outcome = outcome_of(one);
    const std::string words = marked(outcome);
    if (!one.compared || one.compared->statement.empty() || outcome == one.compared->statement) {
        return words;
    }
    const std::string& statement = one.compared->statement;
    return statement.starts_with(outcome) ? words + prose(statement.substr(outcome.size()))
                                          : words + " (time: " + prose(statement) + ")";
}

std::string place_text(const GateRow& row) {
    return row.file.empty() || row.line <= 0
               ? std::string()
               : " (" + code(row.file + ":" + std::to_string(row.line)) + ")";
}

} // namespace

std::string markdown_headline(const ToldRun& run) {
    const Headline head = headline_of(run);
    std::string text = "**" + prose(head.figure) + "**";
    std::string claim;
    append(claim, code(head.subject), " ");
    append(claim, prose(head.statement), " ");
    append(text, claim, ": ");
    text += ".";
    if (!head.counts.empty()) {
        text += " " + prose(head.counts) + ".";
    }
    return text + "\n";
}

std::string comparison_line(const ToldRun& run) {
    if (!run.is_comparison) {
        return {};
    }
    std::string text = "Old " + code(run.before) + ", new " + code(run.after);
    if (std::isfinite(run.margin)) {
        text += ", margin " + fixed(100 * run.margin, 2) + " %";
    }
    if (!run.basis.empty()) {
        text += ", " + prose(run.basis) + ": advisory";
    }
    if (!run.null_control.empty()) {
        text += ", null control " + prose(run.null_control) + ", positive control " +
                prose(run.positive_control);
    }
    return text + ".\n";
}

std::string environment_line(const ToldRun& run) {
    std::string text;
    append(text, prose(run.platform), " · ");
    append(text, run.mode.empty() ? "" : "mode " + prose(run.mode), " · ");
    append(text,
           run.lanes > 0 ? std::to_string(run.lanes) + (run.lanes == 1 ? " lane" : " lanes") : "",
           " · ");
    append(
        text, std::isfinite(run.noise) ? "noise " + fixed(100 * run.noise, 2) + " %" : "", " · ");
    append(text,
           run.commit.empty() ? ""
                              : "commit " + code(run.commit.substr(0, 12)) +
                                    (run.dirty ? " with local changes" : ""),
           " · ");
    append(text, run.branch.empty() ? "" : "branch " + code(run.branch), " · ");
    append(text, run.started.empty() ? "" : prose(run.started), " · ");
    append(text, run.host_version.empty() ? "" : "assay " + prose(run.host_version), " · ");
    return text.empty() ? "Measured: not known\n" : "Measured on: " + text + "\n";
}

std::string change_head(const ToldRun& run) {
    const auto known = std::ranges::find_if(run.cases, [](const ToldCase& one) {
        return one.compared && std::isfinite(one.compared->level);
    });
    const double level = known == run.cases.end() ? kUnknown : known->compared->level;
    return table_row(
               {"case", "old", "new", "change", level_text(level), "pairs", "verdict", "remarks"}) +
           "|:--|--:|--:|--:|--:|--:|:--|:--|\n";
}

std::string change_row(const ToldCase& one) {
    const std::string name = code(one.id);
    if (!one.compared || one.compared->status != "compared") {
        return table_row({name, "", "", "", "", "", verdict_cell(one), remarks_of(one)});
    }
    const ToldComparison& compared = *one.compared;
    const std::string pairs = compared.pairs > 0 ? std::to_string(compared.pairs) : "";
    return table_row({name + (compared.metric.empty() ? "" : " " + code(compared.metric)),
                      figure_or_dash(compared.before, compared.unit, compared.exact),
                      figure_or_dash(compared.after, compared.unit, compared.exact),
                      change_text(compared.ratio),
                      change_interval(compared.low, compared.high),
                      pairs,
                      verdict_cell(one),
                      remarks_of(one)});
}

std::string status_head() {
    return table_row({"case", "time", "95 % interval", "launches", "status", "remarks"}) +
           "|:--|--:|--:|--:|:--|:--|\n";
}

std::string status_row(const ToldCase& one) {
    const bool any = !one.figures.empty();
    return table_row({code(one.id),
                      any ? markdown_figure(one.figures.front()) : "",
                      any ? markdown_interval(one.figures.front()) : "",
                      any && one.figures.front().launches > 0
                          ? std::to_string(one.figures.front().launches)
                          : "",
                      marked(outcome_of(one)),
                      remarks_of(one)});
}

std::string gate_head() {
    return table_row({"outcome",
                      "rule",
                      "case",
                      "metric",
                      "figure",
                      "limit",
                      "smallest change found",
                      "n",
                      "why"}) +
           "|:--|:--|:--|:--|--:|:--|--:|--:|:--|\n";
}

std::string gate_row(const GateRow& row) {
    std::string why = prose(row.reason);
    append(why, prose(row.verdict), "; ");
    return table_row({prose(row.outcome),
                      code(row.rule) + place_text(row),
                      code(row.case_id),
                      code(row.metric) + (row.statistic.empty() ? "" : " " + prose(row.statistic)),
                      prose(gate_figure(row)),
                      prose(row.limit),
                      prose(gate_resolution(row)),
                      row.n > 0 ? std::to_string(row.n) : "",
                      why});
}

std::string markdown_figure(const ToldFigure& figure) {
    return figure_or_dash(figure.n == 0 ? kUnknown : figure.value, figure.unit, figure.exact);
}

std::string markdown_interval(const ToldFigure& figure) {
    const auto text = interval_with_unit(
        figure.low, figure.high, figure.n == 0 ? kUnknown : figure.value, figure.unit, kStyle);
    if (!text) {
        return std::string(not_measured(kStyle));
    }
    const std::size_t numbers = text->find(']') + 1; // the unit behind them may be foreign
    return text->substr(0, numbers) + prose(text->substr(numbers));
}

std::string note_line(const ToldNote& note) {
    return "- " + prose(note.text) + (note.next.empty() ? "" : " → " + code(note.next)) + "\n";
}

} // namespace report_text
