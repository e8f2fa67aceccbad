// What a run is held against after the series has changed: the level that somebody accepted.
#include "told_histories.hpp"
#include "tracking/alert_answers.hpp"
#include "tracking/judged_run.hpp"
#include "tracking/run_comparison.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::kAdd;
using history::test::on_every_store;
using history::test::run;
using history::test::uuid;

namespace {

verdict::BaselineChoice
baseline_at(history::Store& store, int number, const history::BaselinesFile& file = {}) {
    const history::Run now = run(number, {{"add", 8}});
    const auto rows = store.series({.case_id = kAdd});
    REQUIRE(rows->size() == 1);
    const auto series = series_baselines(store, *rows, file);
    REQUIRE(series.ok());
    auto choice = baseline_for({.store = store, .run = now}, series->front());
    REQUIRE(choice.ok());
    return std::move(*choice);
}

double center_at(history::Store& store, int number) {
    const auto choice = baseline_at(store, number);
    REQUIRE(choice.baseline);
    return choice.baseline->center;
}

} // namespace

TEST_CASE("a regression that nobody accepted is not forgotten by waiting") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(12, 8));
        tell(store, "add", steady(150, 10, 2), 13);
        CHECK(center_at(store, 500) == doctest::Approx(8).epsilon(0.02));
        tell(store, 500, {{"add", 10}});
        const auto recorded = store.run(uuid(500));
        REQUIRE(recorded.ok());
        const auto compared = compare_with_baselines(store, *recorded, {});
        REQUIRE(compared.ok());
        CHECK(compared->front().verdict.word == verdict::StoredWord::regressed);
    });
}

TEST_CASE("of a few newest runs that stand apart nothing is learnt") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(5, 8));
        for (const int apart : {1, 2, 3}) {
            CAPTURE(apart);
            tell(store, "add", steady(1, 12, static_cast<unsigned>(apart)), 5 + apart);
            CHECK(baseline_at(store, 500).baseline->n == 5);
            CHECK(center_at(store, 500) == doctest::Approx(8).epsilon(0.02));
        }
    });
}

TEST_CASE("a run at the end of a climb to the worse drifts, without an analysis before it") {
    on_every_store([](history::Store& store) {
        std::vector<double> climb = steady(30, 8);
        for (std::size_t i = 0; i < climb.size(); ++i) {
            climb[i] = (8 + 0.3 * (climb[i] - 8)) * (1 + 0.004 * static_cast<double>(i));
        }
        tell(store, "add", climb);
        CHECK(baseline_at(store, 500).drifting);
        const auto newest = store.run(uuid(30));
        REQUIRE(newest.ok());
        const auto compared = compare_with_baselines(store, *newest, {});
        REQUIRE(compared.ok());
        CHECK(compared->front().verdict.word == verdict::StoredWord::drift);
    });
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(30, 8));
        CHECK_FALSE(baseline_at(store, 500).drifting);
    });
}

TEST_CASE("a level accepted in another history is the reference here, as the file says") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(12, 10, 2), 21);
        CHECK(center_at(store, 500) == doctest::Approx(8).epsilon(0.02));
        const auto rows = store.series({.case_id = kAdd});
        const history::Series& series = rows->front().series;
        history::BaselinesFile file;
        file.platforms[series.platform.label].figures[history::figure_key(series)] = {
            .value = 10.1,
            .unit = series.unit,
            .direction = series.direction,
            .runs = 8,
            .policy = kExpectedPolicy};
        const auto choice = baseline_at(store, 500, file);
        REQUIRE(choice.baseline);
        CHECK(choice.baseline->center == 10.1);
        CHECK(choice.baseline->id.starts_with("expected of 8 runs at 10.1"));
    });
}

TEST_CASE("a confirmed step to the better is the reference from its fifth run on") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(4, 6, 2), 21);
        CHECK(center_at(store, 500) == doctest::Approx(8).epsilon(0.02));
        CHECK(baseline_at(store, 500).baseline->n == 20); // none of the four is learnt
        tell(store, "add", steady(1, 6, 3), 25);
        CHECK(center_at(store, 500) == doctest::Approx(6).epsilon(0.02));
        CHECK(baseline_at(store, 500).baseline->n == 5);
    });
}

TEST_CASE("after a regression is mended the reference goes on where it was") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(25, 8));
        tell(store, "add", steady(20, 10, 2), 26);
        tell(store, "add", steady(25, 8, 3), 46);
        CHECK(center_at(store, 500) == doctest::Approx(8).epsilon(0.02));
        CHECK(baseline_at(store, 500).baseline->n == 50);
    });
}

TEST_CASE("a regression that is mended in part is still one") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(15, 8));
        tell(store, "add", steady(15, 12, 2), 16);
        tell(store, "add", steady(15, 10, 3), 31);
        CHECK(center_at(store, 500) == doctest::Approx(8).epsilon(0.02));
    });
}

TEST_CASE("failed runs, excluded ones and outliers are not learnt") {
    on_every_store([](history::Store& store) {
        std::vector<double> values = steady(20, 8);
        values[9] = 20;
        tell(store, "add", values);
        history::Run failed = run(21, {{"add", 99}});
        failed.points.front().status = measure::CaseStatus::wrong_result;
        failed.points.front().figures.reset();
        REQUIRE(store.record(failed).ok());
        analysed(store); // marks the outlier
        const auto choice = baseline_at(store, 500);
        REQUIRE(choice.baseline);
        CHECK(choice.baseline->n == 19);
    });
}

TEST_CASE("without five runs of an accepted level there is no baseline, and the reason says so") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(3, 8));
        const auto choice = baseline_at(store, 500);
        CHECK_FALSE(choice.baseline);
        CHECK(choice.reason.find("3 of 3 runs count") != std::string::npos);
    });
}
