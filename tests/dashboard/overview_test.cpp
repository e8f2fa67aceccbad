// What the overview says first, and what it shows of shares.
#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace overview_test {

using namespace assay;
using namespace assay::test;

namespace {

constexpr ShownShape kShape{.series = 9, .runs = 20};

// Runs of the series that stay as they are (4, 6, 7, 8); `young` ones of them in the newest run
// alone.
void record_quiet_runs(const ShownProject& project, std::size_t young) {
    const auto store = project.store();
    for (std::size_t number = 0; number < kShape.runs; ++number) {
        history::Run run = shown_run(number, 0, kShape);
        run.failures.clear();
        std::vector<std::string> kept;
        for (const std::size_t one : {4, 6, 7, 8}) {
            kept.push_back(shown_case(one, kShape));
        }
        if (number + 1 < kShape.runs) {
            kept.resize(kept.size() - young);
        }
        std::erase_if(run.points, [&kept](const history::Point& point) {
            return std::ranges::find(kept, point.series.case_id) == kept.end();
        });
        const auto recorded = store->record(run);
        REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
    }
}

std::string overview_of(const ShownProject& project) {
    return between(project.page(), "<section id=\"overview\">", "</section>");
}

} // namespace

TEST_CASE("a page on which everything was decided and nothing regressed is green") {
    const ShownProject project;
    record_quiet_runs(project, 0);
    const std::string overview = overview_of(project);
    CHECK(contains(overview, "<div class=\"bar better\">"));
    CHECK(contains(overview, "<b>Nothing regressed</b>"));
}

TEST_CASE("series that could not be decided are counted in the headline, which is not green then") {
    const ShownProject project;
    record_quiet_runs(project, 2);
    const std::string overview = overview_of(project);
    CHECK(contains(overview, "<div class=\"bar open\">"));
    CHECK(
        contains(overview, "2 of 4 series could not be decided; none is shown to have regressed"));
    CHECK_FALSE(contains(overview, "Nothing regressed"));
    CHECK_FALSE(contains(overview, "✓"));
}

TEST_CASE("what regressed does not hide how many could not be decided") {
    const ShownProject project({.series = 6, .runs = 40, .unmeasured = true});
    const std::string overview = overview_of(project);
    CHECK(contains(overview, "regressed in the newest run, "));
    CHECK(contains(overview, " could not be decided</b>"));
}

TEST_CASE("shares have a picture of their own, in points, and a place in the table of noise") {
    const ShownProject project({.series = 9, .runs = 40});
    const std::string page = project.page();
    const std::string overview = between(page, "<section id=\"overview\">", "</section>");
    const std::string points = between(overview, "<title>Change of shares", "</figure>");
    CHECK(contains(points, "hit_rate"));
    CHECK(contains(points, "gate +5 points"));
    CHECK_FALSE(contains(between(overview, "<title>Change against", "</figure>"), "hit_rate"));
    const std::string noise = between(page, "<section id=\"noise\">", "</section>");
    const std::string row = between(noise, "<i>hit_rate</i>", "</tr>");
    CHECK(contains(row, " points</td>"));
    CHECK_FALSE(contains(row, "%"));
}

TEST_CASE("what is in no picture is counted, with the reason") {
    const ShownProject project({.series = 5, .runs = 20, .unmeasured = true});
    CHECK(contains(overview_of(project),
                   "Not drawn: 1 series without a change that could be drawn: no figure in the "
                   "newest run, or no baseline."));
}

TEST_CASE("a series without any figure is the last, and nothing is drawn of it without script") {
    const ShownProject project({.series = 3, .runs = 20, .unmeasured = true});
    const std::string page = project.page();
    const std::string rows = between(page, "<tbody>", "</tbody>");
    CHECK(rows.rfind("<tr ") < rows.find("suite_0/a_counter[n=1]"));
    CHECK_FALSE(contains(between(page, "<noscript>", "</noscript>"), "a_counter"));
}

} // namespace overview_test
