#include "tables.hpp"

#include "charts/svg.hpp"
#include "page_layout/stacked_table.hpp"
#include "report_text/figure_text.hpp"
#include "report_text/outcome.hpp"

#include <cmath>
#include <string_view>
#include <vector>

namespace html_reporter {
namespace {

using assay::charts::xml_text;
using report_text::GateRow;
using report_text::Gravity;
using report_text::ToldCase;
using report_text::ToldFigure;

constexpr report_text::FigureStyle kStyle{.unicode = true};

// Of a class of tables: titles that end in # are of figures, and stand at the right.
struct Columns {
    std::string_view name;
    std::vector<std::string_view> titles;
};

const Columns kCases{"cases",
                     {"case", "time#", "95 % interval#", "launches#", "status", "remarks"}};
const Columns kChanges{
    "changes", {"case", "old#", "new#", "change#", "interval#", "pairs#", "verdict", "remarks"}};
const Columns kGate{
    "gate",
    {"outcome", "rule", "case", "metric", "figure#", "limit", "smallest change found#", "why"}};
const Columns kFigures{
    "figures",
    {"case", "metric", "figure#", "95 % interval#", "launches#", "samples#", "better", "remarks"}};

bool is_figure(std::string_view title) {
    return title.ends_with('#');
}

std::string_view words_of(std::string_view title) {
    return title.substr(0, title.size() - (is_figure(title) ? 1 : 0));
}

std::string head_of(const Columns& columns) {
    std::string row = "<div class=\"wide\"><table class=\"stacked " + std::string(columns.name) +
                      "\">\n<thead><tr>";
    for (const std::string_view title : columns.titles) {
        row += is_figure(title) ? "<th class=\"figure\" scope=\"col\">" : "<th scope=\"col\">";
        row += xml_text(words_of(title)) + "</th>";
    }
    return row + "</tr></thead>\n<tbody>\n";
}

constexpr std::string_view kEnd = "</tbody></table></div>\n";

std::string cell(std::string_view text, std::string_view kind = {}) {
    const std::string open =
        kind.empty() ? std::string("<td>") : "<td class=\"" + std::string(kind) + "\">";
    return open + (text.empty() ? "–" : xml_text(text)) + "</td>";
}

std::string name_cell(std::string_view id) {
    return "<th scope=\"row\">" + xml_text(id) + "</th>";
}

std::string text_of(double value, std::string_view unit, bool exact) {
    return report_text::joined(exact ? report_text::exact_text(value, unit, kStyle)
                                     : report_text::figure_text(value, unit, kStyle));
}

std::string figure_of(const ToldFigure& figure) {
    return figure.n == 0 ? "not measured" : text_of(figure.value, figure.unit, figure.exact);
}

std::string interval_of(const ToldFigure& figure) {
    return report_text::interval_with_unit(
               figure.low, figure.high, figure.value, figure.unit, kStyle)
        .value_or(std::string());
}

std::string count_of(std::uint64_t count) {
    return count == 0 ? std::string() : std::to_string(count);
}

std::string class_of(Gravity gravity) {
    switch (gravity) {
    case Gravity::broken:
    case Gravity::worse:
        return "worse";
    case Gravity::open:
        return "open";
    case Gravity::better:
        return "better";
    case Gravity::plain:
        break;
    }
    return {};
}

std::string remarks_of(const ToldCase& one) {
    std::string text = one.compared ? one.compared->reason : one.reason;
    const auto add = [&text](const std::string& part) {
        text += (text.empty() || part.empty() ? "" : "; ") + part;
    };
    if (one.compared) {
        for (const report_text::ToldMetric& metric : one.compared->metrics) {
            if (metric.verdict == "worse" || metric.verdict == "better" || !metric.reason.empty()) {
                add(report_text::metric_text(metric));
            }
        }
        for (const std::string& label : one.compared->labels) {
            add(label);
        }
    } else if (one.status == assay::case_status::passed && !one.verified) {
        add("unverified");
    }
    for (const std::string& note : one.notes) {
        add(note);
    }
    return text;
}

} // namespace

std::string tone_of(const ToldCase& one) {
    return class_of(report_text::gravity_of(one));
}

std::string table_style() {
    std::string style = page_layout::stacked_style();
    for (const Columns* columns : {&kCases, &kChanges, &kGate, &kFigures}) {
        std::vector<std::string> titles;
        for (const std::string_view title : columns->titles) {
            titles.emplace_back(words_of(title));
        }
        style += page_layout::stacked_titles(columns->name, titles);
    }
    return style;
}

std::string case_table(const Cases& cases) {
    std::string table = head_of(kCases);
    for (const ToldCase* one : cases) {
        const bool any = !one->figures.empty();
        table += "<tr>" + name_cell(one->id);
        table += cell(any ? figure_of(one->figures.front()) : "", "figure");
        table += cell(any ? interval_of(one->figures.front()) : "", "figure dim");
        table += cell(any ? count_of(one->figures.front().launches) : "", "figure");
        table += cell(report_text::marked(report_text::outcome_of(*one)), tone_of(*one));
        table += cell(remarks_of(*one)) + "</tr>\n";
    }
    return table + std::string(kEnd);
}

std::string change_table(const Cases& cases) {
    std::string table = head_of(kChanges);
    for (const ToldCase* one : cases) {
        const bool compared = one->compared && one->compared->status == "compared";
        table += "<tr>" + name_cell(one->compared && !one->compared->metric.empty()
                                        ? one->id + " " + one->compared->metric
                                        : one->id);
        if (compared) {
            const report_text::ToldComparison& is = *one->compared;
            table += cell(text_of(is.before, is.unit, is.exact), "figure");
            table += cell(text_of(is.after, is.unit, is.exact), "figure");
            table += cell(report_text::change_text(is.ratio), "figure " + tone_of(*one));
            table += cell(report_text::change_interval(is.low, is.high), "figure dim");
            table += cell(is.pairs > 0 ? std::to_string(is.pairs) : "", "figure");
        } else {
            for (int empty = 0; empty < 5; ++empty) {
                table += cell("", "figure");
            }
        }
        table += cell(report_text::marked(report_text::outcome_of(*one)), tone_of(*one));
        table += cell(remarks_of(*one)) + "</tr>\n";
    }
    return table + std::string(kEnd);
}

std::string gate_table(const GateRows& rows) {
    std::string table = head_of(kGate);
    for (const GateRow* row : rows) {
        const std::string place = row->file.empty() || row->line <= 0
                                      ? std::string()
                                      : " (" + row->file + ":" + std::to_string(row->line) + ")";
        table += "<tr>" + cell(row->outcome, class_of(report_text::gravity_of(*row)));
        table += cell(row->rule + place) + cell(row->case_id);
        table += cell(row->metric + (row->statistic.empty() ? "" : " " + row->statistic));
        table += cell(report_text::gate_figure(*row), "figure") + cell(row->limit);
        table += cell(report_text::gate_resolution(*row), "figure") + cell(row->reason) + "</tr>\n";
    }
    return table + std::string(kEnd);
}

std::string figure_table(const Cases& cases) {
    std::string table = head_of(kFigures);
    for (const ToldCase* one : cases) {
        for (const ToldFigure& figure : one->figures) {
            table += "<tr>" + name_cell(one->id) + cell(figure.key);
            table += cell(figure_of(figure), "figure") + cell(interval_of(figure), "figure dim");
            table += cell(count_of(figure.launches), "figure");
            table += cell(count_of(figure.n), "figure");
            table += cell(figure.direction == "none" ? "" : figure.direction);
            table += cell(figure.reason) + "</tr>\n";
        }
    }
    return table + std::string(kEnd);
}

} // namespace html_reporter
