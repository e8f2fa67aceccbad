#include "app/history/points_table.hpp"
#include "support/text.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace points_table_test {

using namespace assay;
using namespace assay::test;

namespace {

history::Run wide_run() {
    history::Run run = told(1, 8.0);
    run.points.front().series.case_id =
        "rag/retrieve[k=10,corpus=articles-with-a-long-name,store=hnsw,dtype=f32]";
    return run;
}

std::size_t widest(const std::string& text) {
    std::size_t columns = 0;
    for (const std::string& line : split(text, '\n')) {
        columns = std::max(columns, line.size());
    }
    return columns;
}

} // namespace

TEST_CASE("a table of figures fits the terminal and keeps case, metric and figure") {
    for (const std::size_t columns : {160U, 120U, 100U, 80U, 60U}) {
        CAPTURE(columns);
        const std::string text = app::fitted_points(wide_run(), columns);
        CHECK(widest(text) <= columns);
        CHECK(has(text, "case"));
        CHECK(has(text, "8 s"));
        CHECK(has(text, "rag/"));
    }
}

TEST_CASE("columns go in an order and case ids are shortened last and in their middle") {
    const std::string all = app::fitted_points(wide_run(), 0);
    CHECK(all == app::points_table(wide_run()).aligned());
    CHECK(has(all, "launches"));
    const std::string slim = app::fitted_points(wide_run(), widest(all) - 1);
    CHECK_FALSE(has(slim, "launches"));
    CHECK(has(slim, "interval"));
    const std::string narrow = app::fitted_points(wide_run(), 60);
    CHECK_FALSE(has(narrow, "interval"));
    CHECK(has(narrow, "..."));
    CHECK(has(narrow, "dtype=f32]"));
}

TEST_CASE("rows for programs hold numbers, and the unit beside them") {
    const std::string rows = app::points_rows(wide_run()).csv();
    CHECK(rows.starts_with("case,metric,unit,figure,lo,hi,spread,n,launches,remarks"));
    CHECK(has(rows, ",s,8,"));
    CHECK_FALSE(has(rows, "8 s"));
}

} // namespace points_table_test
