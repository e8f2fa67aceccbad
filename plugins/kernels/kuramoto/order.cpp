#include "kuramoto/order.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::kuramoto {
namespace {

constexpr std::size_t kPiece = 512;

// Through the vector loops, piece by piece: the order of a million is asked for after every batch.
PhaseSums sums_of(std::span<const double> phases) {
    alignas(kVectorBytes) double piece[kPiece] = {};
    alignas(kVectorBytes) double sin[kPiece];
    alignas(kVectorBytes) double cos[kPiece];
    PhaseSums sums;
    while (!phases.empty()) {
        const std::size_t n = std::min(phases.size(), kPiece);
        std::copy_n(phases.begin(), n, piece);
        const PhaseSums part = phase_loops().sincos(piece, sin, cos, n);
        sums.sin += part.sin;
        sums.cos += part.cos;
        phases = phases.subspan(n);
    }
    return sums;
}

} // namespace

Order order_of(std::span<const double> phases) {
    if (phases.empty()) {
        return {};
    }
    const PhaseSums sums = sums_of(phases);
    return {.r = std::hypot(sums.sin, sums.cos) / static_cast<double>(phases.size()),
            .psi = std::atan2(sums.sin, sums.cos)};
}

std::vector<double> effective_frequencies(std::span<const double> before,
                                          std::span<const double> after,
                                          double seconds) {
    std::vector<double> frequencies(std::min(before.size(), after.size()));
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        frequencies[i] = (after[i] - before[i]) / seconds;
    }
    return frequencies;
}

double locked_share(std::span<const double> frequencies) {
    if (frequencies.empty()) {
        return 0;
    }
    std::vector<double> sorted(frequencies.begin(), frequencies.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double median = *middle;
    const auto locked = std::count_if(frequencies.begin(), frequencies.end(), [&](double f) {
        return std::abs(f - median) < kLockedWithin;
    });
    return static_cast<double>(locked) / static_cast<double>(frequencies.size());
}

double frequency_spread(std::span<const double> frequencies) {
    if (frequencies.empty()) {
        return 0;
    }
    const auto n = static_cast<double>(frequencies.size());
    double mean = 0;
    for (const double f : frequencies) {
        mean += f / n;
    }
    double squares = 0;
    for (const double f : frequencies) {
        squares += (f - mean) * (f - mean);
    }
    return std::sqrt(squares / n);
}

double wrapped(double phase) noexcept {
    constexpr double turn = 2 * std::numbers::pi;
    const double inside = phase - turn * std::floor((phase + std::numbers::pi) / turn);
    return inside >= std::numbers::pi ? inside - turn : inside;
}

std::optional<double> time_to_order(Rk4& solver, const OrderGoal& goal) {
    double last = order_of(solver.phases()).r;
    if (last >= goal.order) {
        return solver.time();
    }
    while (solver.time() < goal.longest) {
        const double before = solver.time();
        solver.step();
        const double now = order_of(solver.phases()).r;
        if (now >= goal.order) {
            return before + (solver.time() - before) * (goal.order - last) / (now - last);
        }
        last = now;
    }
    return std::nullopt;
}

double mean_order(Rk4& solver, std::uint64_t steps) {
    double sum = 0;
    for (std::uint64_t i = 0; i < steps; ++i) {
        solver.step();
        sum += order_of(solver.phases()).r;
    }
    return steps == 0 ? order_of(solver.phases()).r : sum / static_cast<double>(steps);
}

} // namespace assay::kuramoto
