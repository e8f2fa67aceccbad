#include "canned_charts.hpp"
#include "charts/figures/bar_chart.hpp"
#include "charts/figures/heat_map.hpp"
#include "charts/figures/time_series.hpp"
#include "charts/table.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace table_test {

using namespace assay::charts;

namespace {

using Cells = std::vector<std::string>;

} // namespace

TEST_CASE("the table of a trend has a row for every run with its interval") {
    const std::vector<RunPoint> runs{{0, 1e-3, 0.9e-3, 1.1e-3},
                                     {86'400, 5e-3, 4.9e-3, 5.1e-3, Look::hollow}};
    const std::vector<Trend> trends{{"median", runs}};
    const Table table = table_of(time_series_chart({.title = "router", .trends = trends}));
    CHECK(table.caption == "router");
    CHECK(table.header == Cells{"date (UTC)", "series", "median time", "from", "to"});
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0] == Cells{"1970-01-01 00:00", "median", "1 ms", "900 \u00B5s", "1.1 ms"});
    CHECK(table.rows[1] == Cells{"1970-01-02 00:00", "", "5 ms (outlier)", "", ""});
}

TEST_CASE("columns that no row has are left out") {
    const std::vector<BarRow> rows{{"a", 1e-3}, {"b", std::numeric_limits<double>::quiet_NaN()}};
    const Table table = table_of(bar_chart({.rows = rows}));
    CHECK(table.header == Cells{"name", "median time"});
    CHECK(table.rows == std::vector<Cells>{{"a", "1 ms"}, {"b", "\u2013"}});
}

TEST_CASE("the table of a heat map names row and column") {
    const std::vector<std::string> columns{"1", "2"}, rows{"a"};
    const std::vector<double> values{1, 2};
    const Table table = table_of(
        heat_map_chart({.x_title = "n", .columns = columns, .rows = rows, .values = values}));
    CHECK(table.header == Cells{"row", "n", "value"});
    CHECK(table.rows == std::vector<Cells>{{"a", "1", "1 s"}, {"a", "2", "2 s"}});
}

TEST_CASE("a table has an end and tells how much is behind it") {
    const auto charts = canned::every_chart();
    const Table table = table_of(charts.at(0).chart, 10);
    CHECK(table.rows.size() == 10);
    CHECK(table.left_out == 79);
    CHECK(html_table(table).find("79 more rows") != std::string::npos);
}

TEST_CASE("every figure has a table in which hostile names stay text") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        CAPTURE(one.name);
        Chart chart = one.chart;
        chart.title = chart.x.title = chart.y.title = "<script>\xff";
        for (std::string& name : chart.y.categories) {
            name = "</td><script>";
        }
        const Table table = table_of(chart);
        CHECK_FALSE(table.rows.empty());
        for (const Cells& row : table.rows) {
            CHECK(row.size() == table.header.size());
        }
        const std::string html = html_table(table);
        CHECK(html.starts_with("<table>\n<caption>&lt;script&gt;\uFFFD</caption>"));
        CHECK(html.find("<script") == std::string::npos);
    }
}

} // namespace table_test
