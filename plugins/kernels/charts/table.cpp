#include "charts/table.hpp"

#include "charts/clean_text.hpp"
#include "charts/layout/extent.hpp"
#include "charts/svg.hpp"
#include "charts/ticks.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace assay::charts {
namespace {

enum Column : std::size_t { place_column, series_column, value_column, low_column, high_column };

constexpr std::size_t kColumns = 5;

using Row = std::array<std::string, kColumns>;

std::string text_at(const Axis& axis, double value) {
    if (axis.scale == Scale::category) {
        // Points beside the middle of a row belong to it.
        const auto rows = static_cast<double>(axis.categories.size());
        if (!(value > -0.5) || !(value < rows - 0.5)) {
            return "\u2013";
        }
        return axis.categories[static_cast<std::size_t>(std::lround(value))];
    }
    return axis.scale == Scale::time ? moment_text(value) : value_text(value, axis.unit);
}

std::string_view look_word(Look look) {
    switch (look) {
    case Look::filled:
        return "";
    case Look::hollow:
        return " (outlier)";
    case Look::crossed:
        return " (excluded)";
    }
    return "";
}

class Rows {
public:
    Rows(const Chart& chart, std::size_t most)
        : chart_(chart)
        , places_(is_sideways(chart) ? chart.y : chart.x)
        , values_(is_sideways(chart) ? chart.x : chart.y)
        , most_(most) {}

    void operator()(const Line& line) { points(line.name, line.role, line.points); }

    void operator()(const Dots& dots) { points(dots.name, dots.role, dots.points); }

    // It has no rows of its own: its ends stand beside the values of the line of its colour.
    void operator()(const Band& band) {
        for (const BandPoint& point : band.points) {
            bands_[{band.role, point.x}] = {point.low, point.high};
        }
    }

    void operator()(const Bars& bars) {
        for (const Bar& bar : bars.bars) {
            const std::string place =
                places_.scale == Scale::category
                    ? text_at(places_, (bar.low + bar.high) / 2)
                    : text_at(places_, bar.low) + " to " + text_at(places_, bar.high);
            if (bar.from == 0 || bar.from == bar.to) {
                add({place, bars.name, value(bar.to), "", ""});
            } else {
                add({place, bars.name, "", value(bar.from), value(bar.to)});
            }
        }
    }

    void operator()(const Intervals& all) {
        for (const Interval& one : all.intervals) {
            const std::string middle = std::isfinite(one.middle) ? value(one.middle) : "";
            add({text_at(places_, one.place), all.name, middle, value(one.low), value(one.high)});
        }
    }

    void operator()(const Cells& cells) {
        for (const Cell& cell : cells.cells) {
            add({text_at(chart_.y, cell.y),
                 text_at(chart_.x, cell.x),
                 std::isfinite(cell.share) ? cell.label : "\u2013",
                 "",
                 ""});
        }
    }

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

    [[nodiscard]] std::size_t left_out() const { return left_out_; }

private:
    struct Ends {
        double low = 0, high = 0;
    };

    [[nodiscard]] std::string value(double number) const { return text_at(values_, number); }

    void points(const std::string& name, Role role, const std::vector<Point>& all) {
        for (const Point& point : all) {
            const bool sideways = is_sideways(chart_);
            const double place = sideways ? point.y : point.x;
            const double number = sideways ? point.x : point.y;
            Row row{text_at(places_, place),
                    name,
                    value(number) + std::string(look_word(point.look)),
                    "",
                    ""};
            const auto ends = bands_.find({role, place});
            if (ends != bands_.end() && point.look == Look::filled) {
                row[low_column] = value(ends->second.low);
                row[high_column] = value(ends->second.high);
            }
            add(std::move(row));
        }
    }

    void add(Row row) {
        if (rows_.size() == most_) {
            ++left_out_;
            return;
        }
        std::transform(row.begin(), row.end(), row.begin(), [](const std::string& text) {
            return clean_text(text);
        });
        rows_.push_back(std::move(row));
    }

    const Chart& chart_;
    const Axis& places_;
    const Axis& values_;
    std::size_t most_;
    std::vector<Row> rows_;
    std::size_t left_out_ = 0;
    std::map<std::pair<Role, double>, Ends> bands_;
};

std::string title_or(const std::string& title, std::string_view otherwise) {
    return title.empty() ? std::string(otherwise) : clean_text(title);
}

Row header_of(const Chart& chart) {
    const bool is_map =
        std::any_of(chart.series.begin(), chart.series.end(), [](const Series& one) {
            return std::holds_alternative<Cells>(one);
        });
    if (is_map) {
        return {title_or(chart.y.title, "row"), title_or(chart.x.title, "column"), "value", "", ""};
    }
    const bool sideways = is_sideways(chart);
    return {title_or(sideways ? chart.y.title : chart.x.title, "name"),
            "series",
            title_or(sideways ? chart.x.title : chart.y.title, "value"),
            "from",
            "to"};
}

} // namespace

Table table_of(const Chart& chart, std::size_t rows_max) {
    Table table;
    table.caption = clean_text(chart.title);
    Rows rows(chart, rows_max);
    for (const Series& series : chart.series) {
        std::visit(rows, series);
    }
    table.left_out = rows.left_out();
    const Row header = header_of(chart);
    std::vector<std::size_t> used;
    for (std::size_t column = 0; column < kColumns; ++column) {
        if (std::any_of(rows.rows().begin(), rows.rows().end(), [column](const Row& row) {
                return !row[column].empty();
            })) {
            used.push_back(column);
            table.header.push_back(header[column]);
        }
    }
    for (const Row& row : rows.rows()) {
        std::vector<std::string>& cells = table.rows.emplace_back();
        for (const std::size_t column : used) {
            cells.push_back(row[column]);
        }
    }
    return table;
}

std::string html_table(const Table& table) {
    std::string html = "<table>\n<caption>" + xml_text(table.caption) + "</caption>\n<tr>";
    for (const std::string& title : table.header) {
        html += "<th scope=\"col\">" + xml_text(title) + "</th>";
    }
    html += "</tr>\n";
    for (const std::vector<std::string>& row : table.rows) {
        html += "<tr>";
        for (const std::string& cell : row) {
            html += "<td>" + xml_text(cell) + "</td>";
        }
        html += "</tr>\n";
    }
    if (table.left_out > 0) {
        html += "<tr><td colspan=\"" +
                std::to_string(std::max<std::size_t>(table.header.size(), 1)) + "\">" +
                std::to_string(table.left_out) + " more rows</td></tr>\n";
    }
    return html + "</table>\n";
}

} // namespace assay::charts
