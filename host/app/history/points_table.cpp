#include "app/history/points_table.hpp"

#include "app/history/figure_words.hpp"
#include "support/text.hpp"
#include "verdict/amount.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::app {
namespace {

constexpr std::size_t kCaseColumnsMin = 24; // less says nothing

// Which of the optional columns are there, in the order in which they go.
constexpr std::array<std::string_view, 4> kGoing{"launches", "n", "spread", "interval"};

struct Look {
    std::size_t gone = 0;     // of kGoing, from the first
    std::size_t case_max = 0; // columns for a case id; 0: as many as it has
};

// "rag/retrieve[k=10,...,store=hnsw]"
std::string shortened(const std::string& text, std::size_t columns) {
    constexpr std::string_view kGap = "...";
    if (columns == 0 || text.size() <= columns) {
        return text;
    }
    const std::size_t kept = std::max(columns, kCaseColumnsMin) - kGap.size();
    const std::size_t end = kept / 2;
    return text.substr(0, kept - end) + std::string(kGap) + text.substr(text.size() - end);
}

std::string all_remarks(const history::Point& point, const EndsByKey& ended) {
    std::string text = remarks_text(point.status, point.flags, {});
    const auto end = ended.empty() ? ended.end() : ended.find(history::series_key(point.series));
    if (end != ended.end()) {
        text += (text.empty() ? "" : " ") + ended_text(end->second);
    }
    return text;
}

TextTable table_with(const history::Run& run, const EndsByKey& ended, const Look& look) {
    const auto is_gone = [&look](std::string_view column) {
        const auto place = std::ranges::find(kGoing, column);
        return place != kGoing.end() &&
               static_cast<std::size_t>(place - kGoing.begin()) < look.gone;
    };
    const auto kept = [&](const std::vector<std::pair<std::string_view, std::string>>& cells) {
        std::vector<std::string> row;
        for (const auto& [column, cell] : cells) {
            if (!is_gone(column)) {
                row.push_back(cell);
            }
        }
        return row;
    };
    TextTable table(kept({{"case", "case"},
                          {"metric", "metric"},
                          {"figure", "figure"},
                          {"interval", "interval"},
                          {"spread", "spread"},
                          {"n", "n"},
                          {"launches", "launches"},
                          {"remarks", "remarks"}}));
    for (const history::Point& point : run.points) {
        const std::string& unit = point.series.unit;
        const auto& figures = point.figures;
        const auto count = [&figures](std::uint64_t history::Figures::*member) {
            return figures ? std::to_string((*figures).*member) : std::string(kNotKnown);
        };
        table.add(kept({{"case", shortened(point.series.case_id, look.case_max)},
                        {"metric", point.series.metric},
                        {"figure", centre_text(figures, unit)},
                        {"interval", interval_text(figures, unit)},
                        {"spread",
                         figures && figures->spread ? verdict::figure_text(*figures->spread, unit)
                                                    : std::string(kNotKnown)},
                        {"n", count(&history::Figures::n)},
                        {"launches", count(&history::Figures::n_launches)},
                        {"remarks", all_remarks(point, ended)}}));
    }
    return table;
}

std::size_t widest_line(const std::string& text) {
    std::size_t widest = 0;
    for (const std::string& line : split(text, '\n')) {
        widest = std::max(widest, line.size());
    }
    return widest;
}

} // namespace

TextTable points_table(const history::Run& run, const EndsByKey& ended) {
    return table_with(run, ended, {});
}

TextTable points_rows(const history::Run& run, const EndsByKey& ended) {
    TextTable table(
        {"case", "metric", "unit", "figure", "lo", "hi", "spread", "n", "launches", "remarks"});
    for (const history::Point& point : run.points) {
        const auto& figures = point.figures;
        const auto number = [&](const std::optional<double>& value) {
            return value ? shortest(*value) : std::string();
        };
        table.add({point.series.case_id,
                   point.series.metric,
                   point.series.unit,
                   figures ? shortest(figures->center) : "",
                   figures ? number(figures->lo) : "",
                   figures ? number(figures->hi) : "",
                   figures ? number(figures->spread) : "",
                   figures ? std::to_string(figures->n) : "",
                   figures ? std::to_string(figures->n_launches) : "",
                   all_remarks(point, ended)});
    }
    return table;
}

std::string fitted_points(const history::Run& run, std::size_t columns, const EndsByKey& ended) {
    Look look;
    std::string text = table_with(run, ended, look).aligned();
    while (columns > 0 && widest_line(text) > columns && look.gone < kGoing.size()) {
        ++look.gone;
        text = table_with(run, ended, look).aligned();
    }
    const std::size_t width = widest_line(text);
    if (columns == 0 || width <= columns) {
        return text;
    }
    std::size_t longest = 0;
    for (const history::Point& point : run.points) {
        longest = std::max(longest, point.series.case_id.size());
    }
    const std::size_t over = width - columns;
    look.case_max = longest > over + kCaseColumnsMin ? longest - over : kCaseColumnsMin;
    return table_with(run, ended, look).aligned();
}

} // namespace assay::app
