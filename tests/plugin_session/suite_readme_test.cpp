// The README of a suite names every metric that its families declare: a suite's tests get this by
// suite_readme(). Where a table has columns headed "better" and "over a launch", they and its
// column "unit" must say what is declared.
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using namespace suite_test;

namespace {

struct Row {
    std::vector<std::string> cells;
    bool is_exact = false; // in a table that has all these columns, in their order
};

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(' ');
    return begin == std::string::npos ? ""
                                      : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    for (std::size_t begin = 1, end = 0; begin < line.size(); begin = end + 1) {
        end = std::min(line.find('|', begin), line.size());
        cells.push_back(trimmed(line.substr(begin, end - begin)));
    }
    return cells;
}

std::vector<Row> rows_of(const std::string& path) {
    std::ifstream file(path);
    REQUIRE_MESSAGE(file.good(), path);
    std::vector<Row> rows;
    bool is_exact = false, in_table = false;
    for (std::string line; std::getline(file, line);) {
        const bool begins = !std::exchange(in_table, line.starts_with('|'));
        if (in_table) {
            if (begins) {
                is_exact = line.starts_with("| metric | unit | better | over a launch |");
            }
            rows.push_back({cells_of(line), is_exact});
        }
    }
    return rows;
}

std::string direction_of(const assay_metric_def& metric) {
    switch (metric.direction) {
    case ASSAY_DIR_LOWER_IS_BETTER:
        return "lower";
    case ASSAY_DIR_HIGHER_IS_BETTER:
        return "higher";
    default:
        return "–";
    }
}

std::string aggregate_of(const assay_metric_def& metric) {
    switch (metric.aggregate) {
    case ASSAY_AGG_SUM:
        return "sum";
    case ASSAY_AGG_MAX:
        return "max";
    case ASSAY_AGG_MIN:
        return "min";
    case ASSAY_AGG_LAST:
        return "last";
    case ASSAY_AGG_MEAN:
        return "mean";
    case ASSAY_AGG_RATIO:
        return "ratio";
    case ASSAY_AGG_RATE:
        return "rate";
    default:
        return "median";
    }
}

bool describes(const Row& row, const assay_metric_def& metric) {
    const auto names_it = [key = "`" + text_of(metric.key) + "`"](const std::string& cell) {
        return cell.find(key) != std::string::npos;
    };
    if (!row.is_exact) {
        return std::ranges::any_of(row.cells, names_it);
    }
    return row.cells.size() >= 5 && names_it(row.cells[0]) &&
           row.cells[1] == text_of(metric.unit) && row.cells[2] == direction_of(metric) &&
           row.cells[3] == aggregate_of(metric);
}

} // namespace

TEST_CASE("the README of the suite has every metric as it is declared") {
    const std::vector<Row> rows = rows_of(SUITE_README);
    const PluginSession session;
    std::size_t metrics = 0;
    for (const assay_case_def* family : session.families()) {
        for (std::uint32_t i = 0; i < family->n_metrics; ++i, ++metrics) {
            const assay_metric_def& metric = *family->metrics[i];
            const std::string expected = text_of(family->name) + ": `" + text_of(metric.key) +
                                         "` | " + text_of(metric.unit) + " | " +
                                         direction_of(metric) + " | " + aggregate_of(metric);
            CAPTURE(expected);
            CHECK(
                std::ranges::any_of(rows, [&](const Row& row) { return describes(row, metric); }));
        }
    }
    CHECK(metrics > 0);
}
