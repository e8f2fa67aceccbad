#include "simulated_series.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::test {
namespace {

// Zero-mean apart from the outliers and the upper mode, relative to the level.
std::vector<double> draw(Noise noise, double cv, std::size_t count, Random& random) {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<double> values(count);
    double last = normal(random);
    for (double& x : values) {
        const double z = normal(random);
        switch (noise) {
        case Noise::gaussian:
            x = cv * z;
            break;
        case Noise::log_normal:
            x = (std::exp(0.9 * z) - 1) * cv / 1.5;
            break;
        case Noise::outliers:
            x = cv * z;
            if (uniform(random) < 0.04) {
                x += 0.1 + 0.5 * uniform(random);
            }
            break;
        case Noise::ar1:
            last = 0.5 * last + std::sqrt(0.75) * z;
            x = cv * last;
            break;
        case Noise::bimodal:
            x = cv / 2 * z + (uniform(random) < 0.3 ? 0.04 : 0);
            break;
        }
    }
    return values;
}

} // namespace

std::string_view name_of(Noise noise) noexcept {
    switch (noise) {
    case Noise::gaussian:
        return "Gaussian";
    case Noise::log_normal:
        return "log-normal";
    case Noise::outliers:
        return "outliers";
    case Noise::ar1:
        return "AR(1)";
    case Noise::bimodal:
        break;
    }
    return "bimodal";
}

Levels flat(std::size_t length) {
    return Levels(length, 100.0);
}

Levels wave(std::size_t length, double amplitude, double period, double phase) {
    Levels levels = flat(length);
    for (std::size_t i = 0; i < length; ++i) {
        const double turns = static_cast<double>(i) / period;
        levels[i] *= 1 + amplitude * std::sin(2 * std::numbers::pi * turns + phase);
    }
    return levels;
}

Levels climb(std::size_t length, double height) {
    Levels levels = flat(length);
    for (std::size_t i = 0; i < length; ++i) {
        levels[i] *= 1 + height * static_cast<double>(i) / static_cast<double>(length);
    }
    return levels;
}

Levels stepped(Levels levels, const std::vector<std::size_t>& places, double height) {
    for (const std::size_t place : places) {
        for (std::size_t i = place; i < levels.size(); ++i) {
            levels[i] *= 1 + height;
        }
    }
    return levels;
}

std::vector<double> noisy(Levels levels, Noise noise, double cv, Random& random) {
    const std::vector<double> drawn = draw(noise, cv, levels.size(), random);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        levels[i] *= 1 + drawn[i];
    }
    return levels;
}

DetectionScore score_step(const StepPlan& plan,
                          std::size_t series,
                          std::uint64_t seed,
                          const statistics::DetectOptions& options) {
    Random random(seed);
    std::size_t points = 0, found = 0;
    for (std::size_t i = 0; i < series; ++i) {
        const auto values =
            noisy(stepped(flat(plan.length), {plan.at}, plan.step), plan.noise, plan.cv, random);
        const auto detection = statistics::detect(values, plan.detector, options);
        points += detection.points.size();
        found += std::ranges::any_of(detection.points,
                                     [&](const statistics::ChangePoint& point) {
                                         return point.index + plan.tolerance >= plan.at &&
                                                point.index <= plan.at + plan.tolerance;
                                     })
                     ? 1
                     : 0;
    }
    const auto count = static_cast<double>(series);
    return {static_cast<double>(points) / count,
            static_cast<double>(found) / count,
            points == 0 ? 0 : static_cast<double>(found) / static_cast<double>(points)};
}

} // namespace assay::test
