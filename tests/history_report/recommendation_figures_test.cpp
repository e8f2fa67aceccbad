// The figures that the rules of a report are given, from a history.
#include "report_history.hpp"
#include "tracking/alert_book.hpp"
#include "tracking/report/cache_figures.hpp"
#include "tracking/report/recommendation_figures.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace recommendation_figures_test {

using namespace assay;
using namespace assay::test;

namespace {

struct Told {
    tracking::Dashboard shown;
    std::vector<tracking::ReportSeries> series;
    tracking::RecommendationFigures figures;
};

std::unique_ptr<Told> told_by(const ReportHistory& history) {
    auto told = std::make_unique<Told>(Told{.shown = history.shown(), .series = {}, .figures = {}});
    told->series = tracking::report_series(told->shown);
    told->figures = tracking::recommendation_figures(told->shown, told->series);
    return told;
}

history::Point rate(const std::string& metric, std::int64_t limit, double value) {
    history::Point point;
    point.series.case_id = fmt::format("cache/look_up[access=zipf,limit={},path=cached]", limit);
    point.series.suite = "cache";
    point.series.family = "look_up";
    point.series.params = {{"access", "zipf"}, {"limit", limit}, {"path", "cached"}};
    point.series.metric = metric;
    point.series.unit = point.series.source_unit = "1";
    point.series.direction =
        metric == "hit_rate" ? measure::Direction::higher : measure::Direction::lower;
    point.figures = history::Figures{.center = value, .n = 30, .n_launches = 3};
    return point;
}

// A run in which caches of these sizes had these hit rates.
void record_caches(const ReportHistory& history,
                   const std::vector<std::pair<std::int64_t, double>>& caches) {
    history::Run run = shown_run(0, 0, {.series = 0, .runs = 1});
    for (const auto& [limit, hits] : caches) {
        for (const bool is_hit : {true, false}) {
            history::Point point =
                rate(is_hit ? "hit_rate" : "miss_rate", limit, is_hit ? hits : 1 - hits);
            point.series.platform = run.platform;
            run.points.push_back(std::move(point));
        }
    }
    REQUIRE(history.store().record(run).ok());
}

} // namespace

TEST_CASE("caches of one case in one run are held against each other by their capacity") {
    const ReportHistory history;
    record_caches(history, {{1048576, 0.7}, {0, 0.0}, {65536, 0.3}, {-1, 0.9}});
    const auto told = told_by(history);
    REQUIRE(told->figures.caches.size() == 1);
    const tracking::CacheFigure& cache = told->figures.caches.front();
    CHECK(cache.capacity == "limit=65536");
    CHECK(cache.hit_rate == 0.3);
    REQUIRE(cache.miss_rate);
    CHECK(*cache.miss_rate == doctest::Approx(0.7));
    REQUIRE(cache.larger.size() == 2);
    CHECK(cache.larger[0].capacity == "limit=1048576");
    CHECK(cache.larger[1].capacity == "limit=-1");
    CHECK(cache.larger[1].hit_rate == 0.9);
    CHECK(cache.of.run == shown_run(0, 0, {}).uuid);
}

TEST_CASE("a cache that is off has no hit rate to speak of") {
    const ReportHistory history;
    record_caches(history, {{0, 0.0}});
    CHECK(told_by(history)->figures.caches.empty());
}

TEST_CASE("a case that broke in its newest run is told once, with the runs it broke in") {
    const ShownShape shape{.series = 8, .runs = 40};
    const ReportHistory history(shape);
    const auto told = told_by(history);
    REQUIRE(told->figures.broken.size() == 1);
    const tracking::BrokenFigure& broken = told->figures.broken.front();
    CHECK(broken.of.case_id == shown_case(5, shape));
    CHECK(broken.status == "crashed");
    CHECK(broken.runs == 1);
    CHECK_FALSE(broken.lost);
}

TEST_CASE("a run in which a new case alone broke is the newest, and the case is told") {
    const ShownShape shape{.series = 3, .runs = 12};
    const ReportHistory history(shape);
    history::Run broken = shown_run(12, 0, shape);
    broken.points.clear();
    broken.failures = {{"new/case", measure::CaseStatus::crashed, "signal 11"},
                       {"new/skipped", measure::CaseStatus::skipped, "not here"}};
    REQUIRE(history.store().record(broken).ok());
    const auto told = told_by(history);
    CHECK(told->shown.branches.front().runs.back().row.uuid == broken.uuid);
    const auto figure = std::ranges::find_if(told->figures.broken, [](const auto& one) {
        return one.of.case_id == "new/case" && one.status == "crashed" && one.runs == 1;
    });
    REQUIRE(figure != told->figures.broken.end());
    CHECK(figure->of.run == broken.uuid);
    const json::object document = history.document();
    CHECK(document.at("summary").at("never_measured") == json::value(1));
    CHECK(std::string(document.at("summary").at("text").as_string())
              .ends_with("One more case broke and never had a figure."));
    const auto narrowed = history.shown({.filters = {shown_case(0, shape)}});
    CHECK(narrowed.branches.front().never_measured.empty());
    CHECK(narrowed.branches.front().runs.back().row.uuid != broken.uuid);
}

TEST_CASE("an open alert is told with both of its runs, until somebody answers it") {
    const ShownShape shape{.series = 3, .runs = 40};
    const ReportHistory history(shape);
    const auto told = told_by(history);
    REQUIRE(told->figures.alerts.size() == 1);
    const tracking::AlertFigure& alert = told->figures.alerts.front();
    CHECK(alert.of.case_id == shown_case(0, shape));
    CHECK(alert.of.run == shown_run(28, 0, shape).uuid);
    CHECK(alert.last_good == shown_run(27, 0, shape).uuid);
    CHECK(alert.change == doctest::Approx(0.2).epsilon(0.1));
    CHECK(alert.series == 1);
    CHECK(alert.id == 0);
    CHECK_FALSE(alert.is_machine);

    auto analysed = tracking::analyse(history.store(), {}, {}, tracking::each_in_turn);
    REQUIRE(analysed.ok());
    auto book = tracking::open_alert_book(history.store(), analysed->front(), 1);
    REQUIRE(book.ok());
    REQUIRE(tracking::keep_alert_book(history.store(), *book).ok());
    CHECK(told_by(history)->figures.alerts.front().id > 0);
    history::AlertRow row = history.store().alerts()->front();
    const std::string was = row.state;
    row.state = "acknowledged";
    REQUIRE(history.store().keep_analysis({.alerts = {{.row = row, .was = was}}}).ok());
    CHECK(told_by(history)->figures.alerts.empty());
}

TEST_CASE("what got worse in the newest two runs is a candidate, and later none") {
    const auto candidates = [](std::size_t worse) {
        const ReportHistory history;
        const ShownShape shape{.series = 1, .runs = 20 + worse};
        for (std::size_t number = 0; number < shape.runs; ++number) {
            history::Run run = shown_run(number, 0, shape);
            for (history::Point& point : run.points) {
                point.figures->center =
                    (number >= 20 ? 1.4 : 1) * (1e-3 + 1e-6 * static_cast<double>(number % 3));
            }
            REQUIRE(history.store().record(run).ok());
        }
        return told_by(history)->figures.candidates;
    };
    const auto now = candidates(2);
    REQUIRE_FALSE(now.empty());
    CHECK(now.front().change == doctest::Approx(0.4).epsilon(0.05));
    CHECK(now.front().runs_asked == 5);
    CHECK(candidates(9).empty());
}

TEST_CASE("memory that climbs over the runs is a drift of memory") {
    const ReportHistory history;
    const ShownShape shape{.series = 10, .runs = 40};
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        for (history::Point& point : run.points) {
            if (point.series.metric == "peak_rss") {
                point.figures->center =
                    3e7 * (1 + 0.005 * static_cast<double>(number)) + (number % 3 == 0 ? 4e4 : 0);
            }
        }
        REQUIRE(history.store().record(run).ok());
    }
    const auto told = told_by(history);
    const auto memory = std::ranges::find_if(told->figures.drifts,
                                             [](const auto& figure) { return figure.is_memory; });
    REQUIRE(memory != told->figures.drifts.end());
    CHECK(memory->change > tracking::kMemoryGrowth);
    CHECK(memory->unit == "By");
    CHECK(memory->last > memory->first);
}

TEST_CASE("runs that are too few for a baseline are one figure of the platform") {
    const ShownShape shape{.series = 4, .runs = 3};
    const ReportHistory history(shape);
    const auto told = told_by(history);
    REQUIRE(told->figures.young.size() == 1);
    CHECK(told->figures.young.front().series == 4);
    CHECK(told->figures.young.front().runs == 2);
    CHECK(told->figures.young.front().runs_asked == 5);
    const ReportHistory stepped({.series = 1, .runs = 12}); // a step after 70 % of them
    for (const tracking::YoungFigure& young : told_by(stepped)->figures.young) {
        CHECK(young.runs < young.runs_asked);
    }
    const ReportHistory old({.series = 4, .runs = 30});
    CHECK(told_by(old)->figures.young.empty());
}

TEST_CASE("the noise of a machine is that of its newest run") {
    const ReportHistory history({.series = 2, .runs = 6, .platforms = 2});
    const auto told = told_by(history);
    REQUIRE(told->figures.hosts.size() == 2);
    for (const tracking::HostFigure& host : told->figures.hosts) {
        CHECK(host.of.case_id.empty());
        CHECK(host.noise > 0);
        CHECK(host.noise < 0.03);
    }
}

} // namespace recommendation_figures_test
