#include "coordination/loop_figures.hpp"

#include <doctest/doctest.h>

namespace loop_figures_test {

using namespace assay::coordination;
using namespace std::chrono_literals;

namespace {

CycleRecord cycle(std::uint64_t index, Time late, Time busy) {
    const Time due = static_cast<Time::rep>(index) * 100ms;
    return {.index = index, .due = due, .wake = due + late, .done = due + late + busy};
}

} // namespace

TEST_CASE("frequency is that of the wake-ups and not one over the busy time") {
    LoopLog log;
    log.period = 100ms;
    log.cycles = {cycle(1, 0ms, 1ms), cycle(2, 10ms, 1ms), cycle(3, 20ms, 1ms)};
    const LoopFigures figures = figures_of(log);
    CHECK(figures.frequency == doctest::Approx(2 / 0.22));
    CHECK(figures.drift == doctest::Approx(0.02));
    CHECK(figures.lateness == std::vector<double>{0, 0.01, 0.02});
    CHECK(figures.busy == std::vector<double>{0.001, 0.001, 0.001});
    REQUIRE(figures.jitter.size() == 2);
    CHECK(figures.jitter[0] == doctest::Approx(0.01));
}

TEST_CASE("points that were skipped are neither jitter nor drift") {
    LoopLog log;
    log.period = 100ms;
    log.cycles = {cycle(1, 0ms, 250ms), cycle(4, 0ms, 1ms)};
    CHECK(figures_of(log).jitter == std::vector<double>{0});
    CHECK(figures_of(log).drift == 0);
    CHECK(figures_of(log).frequency == doctest::Approx(1 / 0.3));
}

TEST_CASE("of one cycle or none there is no frequency") {
    LoopLog log;
    log.period = 100ms;
    CHECK(figures_of(log).frequency == 0);
    CHECK(figures_of(log).lateness.empty());
    log.cycles = {cycle(1, 0ms, 1ms)};
    CHECK(figures_of(log).frequency == 0);
    CHECK(figures_of(log).jitter.empty());
}

TEST_CASE("percentiles are values that occurred") {
    std::vector<double> values;
    for (int i = 300; i > 0; --i) {
        values.push_back(i);
    }
    const Distribution figures = distribution_of(values);
    CHECK(figures.n == 300);
    CHECK(figures.min == 1);
    CHECK(figures.mean == doctest::Approx(150.5));
    CHECK(figures.p50 == 150);
    CHECK(figures.p95 == 285);
    CHECK(figures.p99 == 297);
    CHECK(figures.max == 300);
    CHECK(distribution_of({7}).p99 == 7);
    CHECK(distribution_of({}) == Distribution{});
}

} // namespace loop_figures_test
