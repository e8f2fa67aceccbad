#include "table.hpp"

#include "tree.hpp"

#include <algorithm>
#include <cmath>

namespace console {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::size_t kNarrow = 80;          // below this the launches go
constexpr std::size_t kFurtherColumns = 100; // where the output has no width of its own
constexpr std::size_t kNameColumnsMin = 16;
constexpr std::size_t kNameColumnsMax = 100; // a longer name shifts its own line, not the table

// One case, its cells as text.
struct Cells {
    TreeLine line;
    FigureText median;
    std::string interval, launches, speedup;
    Paint speedup_paint = Paint::plain;
    std::string labels;
    std::string status; // instead of figures where the case did not pass
};

struct Columns {
    std::size_t name = 0, whole = 0, fraction = 0, interval = 0, launches = 0, speedup = 0;
    bool any_figures = false;
    std::string interval_title;

    // whole, point, fraction and unit of the median
    std::size_t median = 0;

    [[nodiscard]] std::size_t total() const {
        const auto gapped = [](std::size_t width) { return width == 0 ? 0 : width + kGap.size(); };
        return name + gapped(median) + gapped(interval) + gapped(launches) + gapped(speedup);
    }
};

std::string speedup_text(const Figure& speedup, const Look& look) {
    if (!std::isfinite(speedup.value)) {
        return std::string(not_measured(look.figures()));
    }
    const int decimals = speedup.value >= 100 ? 0 : speedup.value >= 10 ? 1 : 2;
    std::string text = look.unicode ? "\u00D7 " : "x ";
    text += fixed(speedup.value, decimals);
    if (std::isfinite(speedup.low) && std::isfinite(speedup.high)) {
        text += " [" + fixed(speedup.low, decimals) + ", " + fixed(speedup.high, decimals) + "]";
    }
    return text;
}

// Coloured only when the whole interval lies on one side of 1.
Paint speedup_paint(const Figure& speedup) {
    if (std::isfinite(speedup.low) && speedup.low > 1) {
        return Paint::green;
    }
    return std::isfinite(speedup.high) && speedup.high < 1 ? Paint::red : Paint::plain;
}

std::string joined_with(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? "" : separator;
        text += word;
    }
    return text;
}

Cells cells_of(const TreeLine& line, const Look& look) {
    Cells cells{.line = line,
                .median = {},
                .interval = {},
                .launches = {},
                .speedup = {},
                .labels = {},
                .status = {}};
    if (line.row == nullptr) {
        return cells;
    }
    const Row& row = *line.row;
    cells.labels = joined_with(row.labels, ", ");
    if (row.status != assay::case_status::passed) {
        // Why a case failed stands below the table, in full and once.
        const bool reason_here = !row.reason.empty() && !is_failure(row.status);
        cells.status = status_words(row.status) + (reason_here ? ": " + row.reason : "");
        return cells;
    }
    const Figure headline = row.headline.value_or(Figure{});
    const std::string none(not_measured(look.figures()));
    cells.median = figure_text(headline.value, headline.unit, look.figures());
    cells.interval =
        interval_text(headline.low, headline.high, headline.value, headline.unit, look.figures())
            .value_or(none);
    cells.launches = row.launches == 0 ? none : std::to_string(row.launches);
    if (row.speedup) {
        cells.speedup = speedup_text(*row.speedup, look);
        cells.speedup_paint = speedup_paint(*row.speedup);
    }
    return cells;
}

std::string level_title(const std::vector<Cells>& all) {
    for (const Cells& cells : all) {
        const Row* row = cells.line.row;
        if (row != nullptr && row->headline && std::isfinite(row->headline->level)) {
            const double percent = row->headline->level * 100;
            return fixed(percent, percent == std::floor(percent) ? 0 : 1) + " % CI";
        }
    }
    return "CI";
}

void widen(std::size_t& column, std::size_t width) {
    column = std::max(column, width);
}

Columns measure(const std::vector<Cells>& all) {
    Columns columns;
    columns.interval_title = level_title(all);
    for (const Cells& cells : all) {
        const std::size_t name = width_of(cells.line.prefix) + width_of(cells.line.name);
        widen(columns.name, std::min(name, kNameColumnsMax));
        if (cells.line.row == nullptr || !cells.status.empty()) {
            continue;
        }
        columns.any_figures = true;
        widen(columns.whole, width_of(cells.median.whole));
        widen(columns.fraction, width_of(cells.median.fraction));
        widen(columns.interval, width_of(cells.interval));
        widen(columns.launches, width_of(cells.launches));
        widen(columns.speedup, width_of(cells.speedup));
    }
    if (columns.any_figures) {
        widen(columns.interval, columns.interval_title.size());
        widen(columns.launches, std::string_view("launches").size());
        if (columns.speedup != 0) {
            widen(columns.speedup, std::string_view("speedup").size());
        }
        for (const Cells& cells : all) {
            if (cells.line.row != nullptr && cells.status.empty()) {
                const std::size_t unit = width_of(cells.median.unit);
                widen(columns.median,
                      columns.whole + columns.fraction + (unit == 0 ? 0 : unit + 1));
            }
        }
        widen(columns.median, std::string_view("median").size());
    }
    return columns;
}

// Drops what the width has no room for.
void fit(Columns& columns, const Look& look) {
    if (look.columns == 0) {
        return;
    }
    if (look.columns < kNarrow || columns.total() > look.columns) {
        columns.launches = 0;
    }
    if (columns.total() > look.columns) {
        columns.interval = 0;
    }
    if (columns.total() > look.columns) {
        const std::size_t over = columns.total() - look.columns;
        columns.name = std::max(kNameColumnsMin, columns.name - std::min(over, columns.name));
    }
}

std::string left(std::string_view text, std::size_t width, const Look& look, Paint paint) {
    return look.paint(paint, text) + padding(text, width);
}

std::string right(std::string_view text, std::size_t width) {
    return padding(text, width) + std::string(text);
}

std::string without_trailing_space(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

std::string header(const Columns& columns, const Look& look) {
    std::string line(columns.name, ' ');
    const auto add = [&](std::string_view title, std::size_t width) {
        if (width != 0) {
            line += std::string(kGap) + left(title, width, look, Paint::plain);
        }
    };
    add("median", columns.median);
    add(columns.interval_title, columns.interval);
    add("launches", columns.launches);
    add("speedup", columns.speedup);
    return look.paint(Paint::dim, without_trailing_space(line)) + "\n";
}

std::string name_cell(const TreeLine& line, const Columns& columns, const Look& look) {
    const std::size_t room = columns.name - std::min(columns.name, width_of(line.prefix));
    const std::string name =
        look.columns == 0 ? line.name : cut_to_width(line.name, room, look.unicode);
    const Paint paint = line.suite || line.row != nullptr ? Paint::bold : Paint::plain;
    return line.prefix + left(name, room, look, paint);
}

std::string median_cell(const FigureText& figure, const Columns& columns) {
    std::string text = right(figure.whole, columns.whole) + figure.fraction +
                       padding(figure.fraction, columns.fraction);
    text += figure.unit.empty() ? "" : " " + figure.unit;
    return text + padding(text, columns.median);
}

std::string figures_line(const Cells& cells, const Columns& columns, const Look& look) {
    std::string line = name_cell(cells.line, columns, look);
    const std::string gap(kGap);
    line += gap + median_cell(cells.median, columns);
    if (columns.interval != 0) {
        line += gap + left(cells.interval, columns.interval, look, Paint::dim);
    }
    if (columns.launches != 0) {
        line += gap + right(cells.launches, columns.launches);
    }
    if (columns.speedup != 0) {
        line += gap + left(cells.speedup, columns.speedup, look, cells.speedup_paint);
    }
    line = without_trailing_space(line);
    if (cells.labels.empty()) {
        return line + "\n";
    }
    const std::string labels = look.paint(Paint::yellow, cells.labels);
    const std::size_t wanted = columns.total() + kGap.size() + width_of(cells.labels);
    return look.columns != 0 && wanted > look.columns
               ? line + "\n" + cells.line.continuation + gap + labels + "\n"
               : line + gap + labels + "\n";
}

std::string status_line(const Cells& cells, const Columns& columns, const Look& look) {
    std::string text = cells.status + (cells.labels.empty() ? "" : "  " + cells.labels);
    const std::size_t start = columns.name + kGap.size();
    if (look.columns > start && !look.verbose) {
        text = cut_to_width(text, look.columns - start, look.unicode);
    }
    const Paint paint = is_failure(cells.line.row->status) ? Paint::red : Paint::yellow;
    return name_cell(cells.line, columns, look) + std::string(kGap) + look.paint(paint, text) +
           "\n";
}

// "   hit_rate 0.9400, lookups 12.35 k", wrapped between figures.
std::string further_lines(const TreeLine& line, const Look& look) {
    const std::size_t columns = look.columns == 0 ? kFurtherColumns : look.columns;
    const std::string indent = line.continuation + "  ";
    std::string lines;
    std::string current;
    const auto flush = [&] {
        if (!current.empty()) {
            lines += indent + look.paint(Paint::dim, current) + "\n";
            current.clear();
        }
    };
    for (const Figure& figure : line.row->further) {
        const std::string text =
            figure.key + " " + joined(figure_text(figure.value, figure.unit, look.figures()));
        const std::size_t wanted = width_of(indent) + width_of(current) + 2 + width_of(text);
        if (!current.empty() && wanted > columns) {
            current += ",";
            flush();
        }
        current += (current.empty() ? "" : ", ") + text;
    }
    flush();
    return lines;
}

} // namespace

std::string table_of(std::span<const Row> rows, const Look& look) {
    std::vector<Cells> all;
    for (const TreeLine& line : tree_of(rows, look)) {
        all.push_back(cells_of(line, look));
    }
    Columns columns = measure(all);
    fit(columns, look);
    std::string text = columns.any_figures ? header(columns, look) : std::string();
    for (const Cells& cells : all) {
        if (cells.line.row == nullptr) {
            text += without_trailing_space(name_cell(cells.line, columns, look)) + "\n";
        } else if (!cells.status.empty()) {
            text += status_line(cells, columns, look);
        } else {
            text += figures_line(cells, columns, look);
        }
        if (cells.line.row != nullptr) {
            text += further_lines(cells.line, look);
        }
    }
    return text;
}

} // namespace console
