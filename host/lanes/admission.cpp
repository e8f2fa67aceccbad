#include "lanes/admission.hpp"

#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::lanes {
namespace {

using measure::KernelKind;

double distance(const Slowdown& slowdown) noexcept {
    return std::abs(slowdown.estimate);
}

double percent(double log_ratio) noexcept {
    return 100 * std::expm1(log_ratio);
}

std::string number(double value) {
    std::array<char, 32> text{};
    const int digits = std::abs(value) < 9.95 ? 1 : 0;
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

} // namespace

void AdmissionTest::Series::add(double x) {
    x_.push_back(x);
    above_margin_.add(x - d_);
    below_margin_.add(d_ - x);
    above_minus_.add(x + d_);
    below_minus_.add(-d_ - x);
}

Ruling AdmissionTest::Series::ruling(double log_level) const noexcept {
    if (above_margin_.log_e() >= log_level || below_minus_.log_e() >= log_level) {
        return Ruling::refused;
    }
    return below_margin_.log_e() >= log_level && above_minus_.log_e() >= log_level
               ? Ruling::admitted
               : Ruling::open;
}

Slowdown AdmissionTest::Series::slowdown(double alpha, bool of_wall_time) const {
    return {.estimate = statistics::median(x_),
            .interval = statistics::always_valid_interval(x_, alpha, kMethod),
            .pairs = x_.size(),
            .of_wall_time = of_wall_time};
}

AdmissionTest::AdmissionTest(const AdmissionRules& rules) noexcept
    : alpha_(rules.alpha)
    , kernels_{Kernel{Series(std::log1p(rules.margin)), Series(std::log1p(rules.margin))},
               Kernel{Series(std::log1p(rules.margin)), Series(std::log1p(rules.margin))}} {}

const AdmissionTest::Kernel& AdmissionTest::of(KernelKind kernel) const noexcept {
    return kernels_[kernel == KernelKind::alu ? 0 : 1];
}

void AdmissionTest::add(KernelKind kernel, const CanaryPair& pair) {
    Kernel& into = kernels_[kernel == KernelKind::alu ? 0 : 1];
    into.cpu.add(pair.cpu);
    into.wall.add(pair.wall);
}

Ruling AdmissionTest::ruling(KernelKind kernel) const {
    const Ruling cpu = of(kernel).cpu.ruling(std::log(2 / alpha_));
    const Ruling wall = of(kernel).wall.ruling(std::log(2 / alpha_));
    if (cpu == Ruling::refused || wall == Ruling::refused) {
        return Ruling::refused;
    }
    return cpu == wall ? cpu : Ruling::open;
}

Ruling AdmissionTest::ruling() const {
    const Ruling alu = ruling(KernelKind::alu);
    const Ruling memory = ruling(KernelKind::memory);
    if (alu == Ruling::refused || memory == Ruling::refused) {
        return Ruling::refused;
    }
    return alu == memory ? alu : Ruling::open;
}

std::optional<Slowdown> AdmissionTest::slowdown(KernelKind kernel) const {
    const Kernel& measured = of(kernel);
    if (measured.cpu.empty()) {
        return std::nullopt;
    }
    const Slowdown cpu = measured.cpu.slowdown(alpha_, false);
    const Slowdown wall = measured.wall.slowdown(alpha_, true);
    // What was proven is what is told; else what looks worse.
    const double log_level = std::log(2 / alpha_);
    const bool cpu_proven = measured.cpu.ruling(log_level) == Ruling::refused;
    const bool wall_proven = measured.wall.ruling(log_level) == Ruling::refused;
    if (cpu_proven != wall_proven) {
        return cpu_proven ? cpu : wall;
    }
    return distance(wall) > distance(cpu) ? wall : cpu;
}

std::string text_of(const Slowdown& slowdown) {
    std::string text = number(percent(slowdown.estimate)) + " %";
    if (std::isfinite(slowdown.interval.low) && std::isfinite(slowdown.interval.high)) {
        text += " [" + number(percent(slowdown.interval.low)) + ", " +
                number(percent(slowdown.interval.high)) + "]";
    }
    return text;
}

} // namespace assay::lanes
