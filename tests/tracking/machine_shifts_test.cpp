// Runs in which the machine moved, in simulated histories of which the truth is known.
#include "told_histories.hpp"
#include "tracking/machine_shifts.hpp"

#include <cmath>
#include <random>

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::on_every_store;

namespace {

struct ToldLines {
    BranchLines lines;

    // `series` of level 1 and a spread of `noise`, over `runs`; factor(run) times as slow.
    template <class Factor>
    ToldLines(std::size_t series,
              std::size_t runs,
              double noise,
              std::mt19937_64& random,
              const Factor& factor) {
        std::normal_distribution<double> normal(0, noise);
        for (std::size_t run = 0; run < runs; ++run) {
            lines.runs.push_back({.id = static_cast<std::int64_t>(run)});
        }
        for (std::size_t i = 0; i < series; ++i) {
            SeriesLine& line = lines.lines.emplace_back();
            line.row.series = history::test::series(i % 2 == 0 ? "add" : "sub");
            line.row.series.case_id += std::to_string(i); // a case is one witness
            line.kind = {.unit = "s", .direction = measure::Direction::lower};
            for (std::size_t run = 0; run < runs; ++run) {
                line.values.push_back((1 + normal(random)) * factor(run));
                line.runs.push_back(run);
            }
        }
    }
};

} // namespace

// Section 16 of the specification of tracking: 200 simulated runs with a common factor of 5 to 30
// %, twenty series that vary by 2 %: at least 95 % named, and at most 2 % of quiet runs. Binomial
// bounds at 200: 190 and 4.
TEST_CASE(
    "of 200 histories nearly all shifted newest runs are named, and of quiet ones hardly any") {
    std::mt19937_64 random(20261122);
    std::uniform_real_distribution<double> factor(1.05, 1.30);
    int named = 0;
    int quiet = 0;
    constexpr std::size_t kRuns = 25;
    for (int i = 0; i < 200; ++i) {
        const double common = factor(random);
        const ToldLines moved(20, kRuns, 0.02, random, [&](std::size_t run) {
            return run + 1 == kRuns ? common : 1.0;
        });
        const auto found = find_machine_shifts(moved.lines);
        named += !found.empty() && found.back().end == kRuns ? 1 : 0;
        const ToldLines still(20, kRuns, 0.02, random, [](std::size_t) { return 1.0; });
        quiet += find_machine_shifts(still.lines).empty() ? 0 : 1;
    }
    CHECK(named >= 190);
    CHECK(quiet <= 4);
}

TEST_CASE("the times and CPU times of a few cases are not many witnesses") {
    std::mt19937_64 random(3);
    ToldLines moved(12, 30, 0.01, random, [](std::size_t run) { return run >= 25 ? 1.2 : 1.0; });
    REQUIRE_FALSE(find_machine_shifts(moved.lines).empty());
    for (std::size_t i = 0; i < moved.lines.lines.size(); ++i) {
        history::Series& series = moved.lines.lines[i].row.series;
        series.case_id = "case " + std::to_string(i / 2);
        series.metric = i % 2 == 0 ? "cpu_time" : "time";
    }
    CHECK(find_machine_shifts(moved.lines).empty()); // six
}

// Known truth: half of the histories with a common factor, half with factors of their own between
// 1.03 and 1.30, in the newest run of twenty cases.
TEST_CASE("a common factor is told from factors of their own") {
    std::mt19937_64 random(20261123);
    std::uniform_real_distribution<double> own(1.03, 1.30);
    constexpr std::size_t kRuns = 25;
    int common = 0;
    int apart = 0;
    for (int i = 0; i < 100; ++i) {
        const ToldLines together(20, kRuns, 0.005, random, [](std::size_t run) {
            return run + 1 == kRuns ? 1.15 : 1.0;
        });
        common += find_machine_shifts(together.lines).empty() ? 0 : 1;
        ToldLines scattered(20, kRuns, 0.005, random, [](std::size_t) { return 1.0; });
        for (SeriesLine& line : scattered.lines.lines) {
            line.values.back() *= own(random);
        }
        apart += find_machine_shifts(scattered.lines).empty() ? 0 : 1;
    }
    CHECK(common >= 95);
    CHECK(apart <= 10);
}

TEST_CASE("a shift of five runs is the machine's new level, and the runs after it are quiet") {
    std::mt19937_64 random(7);
    const ToldLines moved(
        12, 60, 0.01, random, [](std::size_t run) { return run >= 30 ? 1.2 : 1.0; });
    const auto found = find_machine_shifts(moved.lines);
    REQUIRE(found.size() == 1);
    CHECK(found.front().first == 30);
    CHECK(found.front().end == 35);
    CHECK(found.front().lasts);
    CHECK(found.front().size == doctest::Approx(std::log(1.2)).epsilon(0.05));
}

TEST_CASE("a shift that passes is marked on its points, and no baseline rests on them") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 30; ++number) {
            Figures figures;
            for (std::uint64_t k = 0; k < 10; ++k) {
                const double level = number == 21 || number == 22 ? 1.2 : 1.0;
                const auto seed = static_cast<std::uint64_t>(number) * 100 + k;
                figures.emplace_back("f" + std::to_string(k), steady(1, level, seed)[0]);
            }
            tell(store, number, figures);
        }
        const Shown shown = analysed(store);
        REQUIRE(shown.analysis.shifts.size() == 1);
        CHECK(shown.analysis.shifts.front().end - shown.analysis.shifts.front().first == 2);
        CHECK(shown.book.alerts.empty());
        const auto points = store.points(store.series({})->front().id, {});
        const auto is_shifted = [&](std::size_t place) {
            return ((*points)[place].flags & history::point_flag::environment_shift) != 0;
        };
        CHECK_FALSE(is_shifted(19));
        CHECK(is_shifted(20));
        CHECK(is_shifted(21));
        CHECK_FALSE(is_shifted(22));
    });
}

TEST_CASE("a shift that lasts is one alert about the machine, and what moved further another") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 40; ++number) {
            Figures figures;
            for (std::uint64_t k = 0; k < 10; ++k) {
                const double level = number <= 20 ? 1.0 : k == 3 ? 2.0 : 1.2;
                const auto seed = static_cast<std::uint64_t>(number) * 100 + k;
                figures.emplace_back("f" + std::to_string(k), steady(1, level, seed)[0]);
            }
            tell(store, number, figures);
        }
        const Shown shown = analysed(store);
        REQUIRE(shown.book.alerts.size() == 2);
        const bool machine_first = shown.book.alerts.front().kind == AlertKind::machine_shift;
        const BranchAlert& machine = shown.book.alerts[machine_first ? 0 : 1];
        const BranchAlert& own = shown.book.alerts[machine_first ? 1 : 0];
        CHECK(machine.kind == AlertKind::machine_shift);
        CHECK(machine.members.size() == 9);
        CHECK(own.kind == AlertKind::regression);
        REQUIRE(own.members.size() == 1);
        CHECK(shown.analysis.lines.lines[own.members.front().line].row.series.family == "f3");
    });
}

TEST_CASE("where the host's own kernel stood still the cause is a common one") {
    std::mt19937_64 random(11);
    ToldLines moved(12, 30, 0.01, random, [](std::size_t run) { return run >= 25 ? 1.2 : 1.0; });
    std::normal_distribution<double> normal(0, 0.005);
    for (BranchRun& run : moved.lines.runs) {
        run.calibration = 0.01 * (1 + normal(random));
    }
    const auto found = find_machine_shifts(moved.lines);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().cause == verdict::ShiftCause::common);
}
