#include "measure/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::measure {
namespace {

constexpr int kReadingsMax = 5;
// A first batch may be slow because everything is cold; one this much longer than a slice is not
// going to become shorter than one.
constexpr double kSurelyLong = 10;
// Nor is one in which others had the processor for some time slices.
constexpr double kSurelyLongPreempted = 150;
// So many slices may pass while a clock of the plugin's own states less than one.
constexpr double kElapsedSlicesMax = 20;
// No batch has more; far above what any clock needs.
constexpr double kIterationsMax = 1e15;

std::uint64_t
iterations_for(const CalibrationLimits& limits, double iteration_s, std::uint64_t most) {
    const double wanted =
        limits.target_s / std::max(iteration_s, 1e-3 * limits.shortest_iteration_s);
    return std::clamp<std::uint64_t>(round_iterations(wanted), 1, std::max<std::uint64_t>(most, 1));
}

double per_iteration(const Reading& reading) {
    return reading.seconds / static_cast<double>(std::max<std::uint64_t>(reading.iterations, 1));
}

bool is_surely_long(const Reading& reading, double target_s) {
    return per_iteration(reading) >=
           (reading.preempted ? kSurelyLongPreempted : kSurelyLong) * target_s;
}

// How many iterations pass within twenty slices.
std::uint64_t iterations_that_pass(const Reading& reading, double target_s) {
    if (!(reading.elapsed_s > 0)) {
        return UINT64_MAX;
    }
    return round_iterations(kElapsedSlicesMax * target_s / reading.elapsed_s *
                            static_cast<double>(reading.iterations));
}

// Multiplies n by ten until the batch takes a twentieth of the target.
std::optional<Reading> grow(const CalibrationLimits& limits, const TakeReading& take) {
    const double enough_s = limits.target_s / 20;
    std::uint64_t n = 1;
    for (;;) {
        const std::optional<Reading> reading = take(n);
        if (!reading || reading->seconds >= enough_s || reading->iterations < n ||
            n >= limits.iterations_max) {
            return reading;
        }
        if (n >= iterations_that_pass(*reading, limits.target_s)) {
            return reading;
        }
        // So many iterations of the shortest length there is would have been enough.
        if (static_cast<double>(n) * limits.shortest_iteration_s >= enough_s) {
            return reading;
        }
        n = n > limits.iterations_max / 10 ? limits.iterations_max : n * 10;
    }
}

} // namespace

std::uint64_t round_iterations(double iterations) noexcept {
    if (!(iterations > 1)) {
        return 1;
    }
    iterations = std::min(iterations, kIterationsMax);
    if (iterations < 10) {
        return static_cast<std::uint64_t>(std::lround(iterations));
    }
    constexpr std::array<double, 11> steps{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    const double power = std::pow(10.0, std::floor(std::log10(iterations)));
    const double leading = iterations / power;
    double best = steps[0];
    for (const double step : steps) {
        if (std::abs(std::log(leading / step)) < std::abs(std::log(leading / best))) {
            best = step;
        }
    }
    return static_cast<std::uint64_t>(std::llround(best * power));
}

std::optional<Calibrated> calibrate(const CalibrationLimits& limits, const TakeReading& take) {
    std::optional<Reading> reading = grow(limits, take);
    if (!reading) {
        return std::nullopt;
    }
    std::uint64_t most = limits.iterations_max;
    double last = per_iteration(*reading);
    double smallest = last;
    std::uint64_t passing = iterations_that_pass(*reading, limits.target_s);
    bool settled = most == 1 || is_surely_long(*reading, limits.target_s) ||
                   last < limits.shortest_iteration_s;
    for (int readings = 1; readings < kReadingsMax && !settled; ++readings) {
        const std::uint64_t n = iterations_for(limits, last, std::min(most, passing));
        reading = take(n);
        if (!reading) {
            return std::nullopt;
        }
        if (reading->iterations < n) { // memory did not reach; it will not reach later either
            most = reading->iterations;
        }
        passing = std::max(passing, iterations_that_pass(*reading, limits.target_s));
        const double now = per_iteration(*reading);
        settled = std::abs(now - last) <= 0.1 * std::max(now, last);
        smallest = std::min(smallest, now);
        last = now;
    }
    if (!settled) {
        last = smallest;
    }
    Calibrated result;
    result.iterations = iterations_for(limits, last, std::min(most, passing));
    result.hardly_timed = iterations_for(limits, last, most) > passing;
    result.iteration_s = last;
    result.optimised_away = last < limits.shortest_iteration_s;
    result.longer_than_slice = last > limits.target_s;
    return result;
}

} // namespace assay::measure
