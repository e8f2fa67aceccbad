// What never changes, and how fast a numerical solution leaves it.
#include "drawn_problems.hpp"
#include "kuramoto/known_solutions.hpp"
#include "kuramoto/order.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

namespace invariants_test {

using namespace kuramoto_test;

namespace {

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// Of the cross-ratio of four out of fifty identical oscillators over two seconds.
double cross_ratio_drift(std::uint64_t steps) {
    const std::size_t n = 50;
    const auto start = drawn_phases(n, 21);
    Rk4 solver({std::vector<double>(n, 0.7), MeanField{1.5}}, start, 2.0 / double(steps));
    const double before = cross_ratio(start);
    solver.steps(steps);
    return std::abs(cross_ratio(solver.phases()) / before - 1);
}

double distance_back(double dt) {
    const std::size_t n = 40;
    const auto start = drawn_phases(n, 22);
    Rk4 solver({drawn(n, 23), MeanField{1.5}}, start, dt);
    const auto steps = static_cast<std::uint64_t>(std::lround(1 / dt));
    solver.steps(steps);
    solver.reverse();
    solver.steps(steps);
    return largest_difference(solver.phases(), start);
}

} // namespace

TEST_CASE("symmetric coupling leaves the mean frequency as it is") {
    for (const std::size_t n : {10, 100}) {
        const auto omega = drawn(n, 24), start = drawn_phases(n, 25);
        for (const Coupling& coupling :
             {Coupling{MeanField{1.3}},
              Coupling{symmetric_coupling(n, 26)},
              Coupling{weighted(watts_strogatz(static_cast<std::uint32_t>(n), 4, 0.2, 1), 0.3)}}) {
            const Problem problem{omega, coupling};
            const double rates = sum_of(rates_of(problem, start));
            CHECK(std::abs(rates - sum_of(omega)) / double(n) < 1e-14);
            Rk4 solver(problem, start, 0.01);
            solver.steps(500);
            const double mean = (sum_of(solver.phases()) - sum_of(start)) / double(n);
            CHECK(std::abs(mean - 5 * sum_of(omega) / double(n)) < 1e-12);
        }
    }
}

TEST_CASE("identical oscillators never raise the energy of the field") {
    const std::size_t n = 64;
    Rk4 solver({std::vector<double>(n, 2.0), MeanField{1}}, drawn_phases(n, 27), 0.01);
    double last = field_energy(solver.phases(), 1);
    const double first = last;
    for (int step = 0; step < 3000; ++step) {
        solver.step();
        const double now = field_energy(solver.phases(), 1);
        CHECK(now <= last + 1e-12);
        last = now;
    }
    CHECK(last < first - 10);
    CHECK(last == doctest::Approx(-32)); // all in phase
}

TEST_CASE("the cross-ratio of identical oscillators drifts with order four") {
    CHECK(cross_ratio_drift(20) < 1e-4);
    for (const std::uint64_t steps : {40, 80}) {
        const double order = std::log2(cross_ratio_drift(steps) / cross_ratio_drift(2 * steps));
        CAPTURE(steps);
        CAPTURE(order);
        CHECK(order > 3.97);
        CHECK(order < 4.01);
    }
}

TEST_CASE("a step forth and back returns with at least order four") {
    const double coarse = distance_back(0.05), fine = distance_back(0.025);
    CAPTURE(coarse);
    CAPTURE(fine);
    CHECK(coarse < 1e-5);
    CHECK(std::log2(coarse / fine) > 3.8);
}

TEST_CASE("a rotating frame shifts frequencies and phases and nothing else") {
    const std::size_t n = 30;
    const auto omega = drawn(n, 28), start = drawn_phases(n, 29);
    auto faster = omega;
    for (double& w : faster) {
        w += 3;
    }
    Rk4 still({omega, MeanField{1.1, 0.2}}, start, 0.01);
    Rk4 rotating({faster, MeanField{1.1, 0.2}}, start, 0.01);
    still.steps(400);
    rotating.steps(400);
    std::vector<double> back(rotating.phases().begin(), rotating.phases().end());
    for (double& phase : back) {
        phase -= 3 * 4.0;
    }
    CHECK(largest_difference(back, still.phases()) < 1e-6); // both are off by dt^4
    CHECK(order_of(rotating.phases()).r == doctest::Approx(order_of(still.phases()).r));
}

TEST_CASE("all solvers of order four walk the same path whatever computes the rates") {
    const std::size_t n = 37;
    const auto omega = drawn(n, 30), start = drawn_phases(n, 31);
    const Problem field{omega, MeanField{1.9}};
    const Problem dense{omega, DenseCoupling{uniform_matrix(n, 1.9 / double(n))}};
    Rk4 a(field, start, 0.01), b(dense, start, 0.01), c(field, start, 0.01, Way::naive_n2);
    for (Rk4* solver : {&a, &b, &c}) {
        solver->steps(300);
    }
    CHECK(largest_difference(a.phases(), c.phases()) < 1e-12);
    CHECK(largest_difference(b.phases(), c.phases()) < 1e-12);
    a.restart(start);
    CHECK(largest_difference(a.phases(), start) == 0);
    CHECK(a.time() == 0);
}

TEST_CASE("what a step in a field keeps for the next is that of the phases it stands at") {
    const std::size_t n = 29; // no whole vector
    const auto omega = drawn(n, 40), start = drawn_phases(n, 41), other = drawn_phases(n, 42);
    const Problem field{omega, MeanField{1.9, 0.2}};
    Rk4 plain(field, start, 0.01), asked(field, start, 0.01), restarted(field, other, 0.01);
    restarted.steps(3);
    restarted.restart(start);
    for (int step = 0; step < 20; ++step) {
        plain.step();
        restarted.step();
        asked.step();
        static_cast<void>(asked.rates());
    }
    CHECK(largest_difference(plain.phases(), restarted.phases()) == 0);
    CHECK(largest_difference(plain.phases(), asked.phases()) == 0);
    for (Rk4* solver : {&plain, &asked}) {
        solver->reverse();
        solver->steps(20);
        CHECK(largest_difference(solver->phases(), start) < 1e-9);
    }
}

} // namespace invariants_test
