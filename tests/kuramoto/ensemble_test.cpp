// Replicas side by side are what each would be alone, whoever computes them.
#include "drawn_problems.hpp"
#include "kuramoto/ensemble.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <thread>

namespace ensemble_test {

using namespace kuramoto_test;

namespace {

Replica replica_of(std::size_t n, std::size_t index) {
    return {drawn(n, 100 + index), drawn_phases(n, 200 + index), 0.5 + 0.1 * double(index)};
}

Ensemble drawn_ensemble(std::size_t n, std::size_t replicas) {
    Ensemble ensemble(n, replicas, 0.01);
    for (std::size_t r = 0; r < replicas; ++r) {
        ensemble.set(r, replica_of(n, r));
    }
    return ensemble;
}

// With blocks dealt out to so many threads.
std::vector<double> ends_on(std::size_t threads) {
    Ensemble ensemble = drawn_ensemble(12, 100);
    std::vector<std::thread> lanes;
    for (std::size_t lane = 0; lane < threads; ++lane) {
        lanes.emplace_back([&, lane] {
            ensemble.step_blocks(
                ensemble.blocks() * lane / threads, ensemble.blocks() * (lane + 1) / threads, 50);
        });
    }
    for (std::thread& lane : lanes) {
        lane.join();
    }
    std::vector<double> all;
    for (std::size_t r = 0; r < ensemble.replicas(); ++r) {
        const auto phases = ensemble.phases(r);
        all.insert(all.end(), phases.begin(), phases.end());
    }
    return all;
}

} // namespace

TEST_CASE("every replica of an ensemble is what it is alone") {
    for (const std::size_t n : {2, 5, 20}) {
        for (const std::size_t replicas : {1, 16, 19}) {
            Ensemble ensemble = drawn_ensemble(n, replicas);
            ensemble.steps(100);
            for (std::size_t r = 0; r < replicas; ++r) {
                const Replica alone = replica_of(n, r);
                Rk4 solver({alone.omega, MeanField{alone.strength}}, alone.start, 0.01);
                solver.steps(100);
                CHECK(largest_difference(ensemble.phases(r), solver.phases()) < 1e-12);
            }
        }
    }
}

TEST_CASE("an ensemble has the same bits for any number of lanes") {
    const auto one = ends_on(1);
    CHECK(one == ends_on(2));
    CHECK(one == ends_on(3));
    CHECK(one == ends_on(7));
}

TEST_CASE("a restarted ensemble repeats itself") {
    Ensemble ensemble = drawn_ensemble(5, 20);
    ensemble.steps(10);
    const auto first = ensemble.phases(17);
    ensemble.restart();
    CHECK(ensemble.phases(17) == replica_of(5, 17).start);
    ensemble.steps(10);
    CHECK(ensemble.phases(17) == first);
}

TEST_CASE("ensembles that make no sense are refused") {
    CHECK_THROWS_AS(Ensemble(1, 4, 0.01), std::invalid_argument);
    CHECK_THROWS_AS(Ensemble(5, 0, 0.01), std::invalid_argument);
    CHECK_THROWS_AS(Ensemble(5, 4, 0), std::invalid_argument);
    Ensemble ensemble(3, 4, 0.01);
    CHECK_THROWS_AS(ensemble.set(4, replica_of(3, 0)), std::invalid_argument);
    CHECK_THROWS_AS(ensemble.set(0, replica_of(4, 0)), std::invalid_argument);
}

} // namespace ensemble_test
