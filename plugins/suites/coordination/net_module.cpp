#include "net_module.hpp"

#include "kuramoto/order.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::coordination_suite {
namespace {

// rad/s, as the eight modules of the NFCS system have them; strong enough coupling to lock.
constexpr double kFrequencies[] = {2, 3.5, 4, 6, 8, 10, 12, 15};
constexpr double kStrength = 20;
constexpr double kLongestStep = 0.01; // s

std::uint64_t steps_in(double period) {
    return static_cast<std::uint64_t>(std::max(std::ceil(period / kLongestStep - 1e-9), 1.0));
}

kuramoto::Problem eight_modules() {
    return {.omega = {std::begin(kFrequencies), std::end(kFrequencies)},
            .coupling = kuramoto::MeanField{.strength = kStrength}};
}

std::vector<double> drawn_phases(std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<double> phases;
    for (std::size_t i = 0; i < std::size(kFrequencies); ++i) {
        phases.push_back(2 * std::numbers::pi * random.unit());
    }
    return phases;
}

} // namespace

NetModule::NetModule(double period, std::uint64_t seed, kuramoto::Way way)
    : steps_(steps_in(period))
    , start_(drawn_phases(seed))
    , solver_(eight_modules(), start_, period / static_cast<double>(steps_), way) {}

double NetModule::answer(const coordination::Question&, std::stop_token) {
    solver_.steps(steps_);
    return kuramoto::order_of(solver_.phases()).r;
}

void NetModule::restart() {
    solver_.restart(start_);
}

} // namespace assay::coordination_suite
