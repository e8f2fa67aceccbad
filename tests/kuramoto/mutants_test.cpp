// Faults that such code is known to have, built on purpose: each is caught by the check that is
// named after what it breaks. A maximum with a data race is not here: it cannot be made to fail
// every time.
#include "drawn_problems.hpp"
#include "kuramoto/known_solutions.hpp"
#include "kuramoto/order.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <numeric>

namespace mutants_test {

using namespace kuramoto_test;

namespace {

using Phases = std::vector<double>;
// Phases of a mean field of this strength after so many steps of 0.01.
using Integrator =
    std::function<Phases(const Phases& omega, double strength, const Phases& start, int steps)>;
using OrderMeasure = std::function<double(const Phases&)>;

Phases sound(const Phases& omega, double strength, const Phases& start, int steps) {
    Rk4 solver({omega, MeanField{strength}}, start, 0.01);
    solver.steps(static_cast<std::uint64_t>(steps));
    return {solver.phases().begin(), solver.phases().end()};
}

Phases without_one_over_n(const Phases& omega, double strength, const Phases& start, int steps) {
    return sound(omega, strength * double(omega.size()), start, steps);
}

Phases wrapping_inside(const Phases& omega, double strength, const Phases& start, int steps) {
    Phases now = start;
    for (int step = 0; step < steps; ++step) {
        now = sound(omega, strength, now, 1);
        for (double& phase : now) {
            phase = wrapped(phase);
        }
    }
    return now;
}

double sound_order(const Phases& phases) {
    return order_of(phases).r;
}

// The mean of |exp(i (theta_i - theta_j))| over pairs.
double pairwise_synchrony(const Phases& phases) {
    double sum = 0;
    for (const double a : phases) {
        for (const double b : phases) {
            sum += std::hypot(std::cos(a - b), std::sin(a - b));
        }
    }
    return sum / double(phases.size() * phases.size());
}

bool locks_at_the_known_angle(const Integrator& integrate) {
    const Phases end = integrate({-0.4, 0.4}, 1, {0.1, 0.3}, 8000);
    return std::abs(end[1] - end[0] - locking_angle(0.8, 1)) < 1e-9;
}

bool settles_at_the_order_of_its_field(const Integrator& integrate) {
    const std::size_t n = 8000;
    const Phases end =
        integrate(lorentzian_frequencies(n, 0.5), 2, ott_antonsen_start(n, 0.6), 500);
    const double known = ott_antonsen_order(5, {.strength = 2, .half_width = 0.5, .start = 0.6});
    return std::abs(order_of(end).r - known) < 1e-2;
}

bool keeps_the_mean_frequency(const Integrator& integrate) {
    const Phases omega = {1.0, 2.5, 3.0, 4.5}, start = {0, 1, 2, 3};
    const Phases end = integrate(omega, 1.2, start, 1000);
    const auto sum = [](const Phases& v) { return std::accumulate(v.begin(), v.end(), 0.0); };
    return std::abs(sum(end) - sum(start) - 10 * sum(omega)) < 1e-9;
}

bool tells_incoherence_from_synchrony(const OrderMeasure& order) {
    return order(Phases(50, 0.3)) > 0.99 && order(drawn_phases(2000, 61)) < 0.1;
}

} // namespace

TEST_CASE("the sound solver and the sound order pass every check") {
    CHECK(locks_at_the_known_angle(sound));
    CHECK(settles_at_the_order_of_its_field(sound));
    CHECK(keeps_the_mean_frequency(sound));
    CHECK(tells_incoherence_from_synchrony(sound_order));
}

TEST_CASE("coupling without one over N is caught by the locking angle and the order") {
    CHECK_FALSE(locks_at_the_known_angle(without_one_over_n));
    CHECK_FALSE(settles_at_the_order_of_its_field(without_one_over_n));
}

TEST_CASE("synchrony of pairs that is always one is caught by incoherent phases") {
    CHECK(pairwise_synchrony(drawn_phases(40, 62)) == doctest::Approx(1)); // whatever the phases
    CHECK_FALSE(tells_incoherence_from_synchrony(pairwise_synchrony));
}

TEST_CASE("wrapping inside the step is caught by the mean frequency") {
    CHECK(locks_at_the_known_angle(wrapping_inside)); // why it goes unseen
    CHECK_FALSE(keeps_the_mean_frequency(wrapping_inside));
}

} // namespace mutants_test
