#include "initial_field.hpp"

#include "random_source/random_source.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace assay::cgl {
namespace {

constexpr std::array<std::string_view, 5> kFields{"noise", "plane", "spiral", "gauss", "smooth"};
constexpr double kNoise = 0.1;

template <class Value>
ComplexField field_of(const Grid& grid, Value value) {
    ComplexField field;
    field.reserve(grid.points());
    for (std::size_t i = 0; i < grid.n; ++i) {
        for (std::size_t j = 0; j < grid.n; ++j) {
            field.push_back(value(static_cast<double>(j) * grid.spacing(),
                                  static_cast<double>(i) * grid.spacing()));
        }
    }
    return field;
}

ComplexField noise(const Grid& grid, std::uint64_t seed) {
    RandomSource random(seed);
    const auto drawn = [&random] { return kNoise * (2 * random.unit() - 1); };
    return field_of(grid, [&drawn](double, double) {
        const double re = drawn();
        return std::complex<double>(re, drawn());
    });
}

ComplexField spiral(const Grid& grid) {
    const double middle = grid.length / 2, core = grid.length / 16;
    return field_of(grid, [=](double x, double y) {
        const double r = std::hypot(x - middle, y - middle);
        const double turn =
            std::atan2(y - middle, x - middle) + 4 * std::numbers::pi * r / grid.length;
        return std::polar(std::tanh(r / core), turn);
    });
}

ComplexField gauss(const Grid& grid) {
    const double middle = grid.length / 2, width = grid.length / 8;
    return field_of(grid, [=](double x, double y) {
        const double r = std::hypot(x - middle, y - middle) / width;
        return std::complex<double>(std::exp(-r * r / 2));
    });
}

ComplexField smooth(const Grid& grid) {
    const double unit = 2 * std::numbers::pi / grid.length;
    return field_of(grid, [unit](double x, double y) {
        const double a = unit * x, b = unit * y;
        return std::complex<double>(
            0.5 * std::cos(a) + 0.3 * std::sin(b) + 0.2 * std::cos(2 * a + b),
            0.4 * std::sin(a + b) + 0.3 * std::cos(b) - 0.1 * std::sin(2 * a));
    });
}

} // namespace

std::string_view name_of(InitialField field) noexcept {
    return kFields.at(static_cast<std::size_t>(field));
}

InitialField initial_field_from(std::string_view name) {
    const auto found = std::ranges::find(kFields, name);
    if (found == kFields.end()) {
        throw assay::config_error("ic is '" + std::string(name) +
                                  "', expected noise, plane, spiral, gauss or smooth");
    }
    return static_cast<InitialField>(found - kFields.begin());
}

ComplexField initial_field(InitialField field, const Grid& grid, std::uint64_t seed) {
    switch (field) {
    case InitialField::noise:
        return noise(grid, seed);
    case InitialField::plane:
        return plane_wave(grid, {}, 2, 0);
    case InitialField::spiral:
        return spiral(grid);
    case InitialField::gauss:
        return gauss(grid);
    case InitialField::smooth:
        break;
    }
    return smooth(grid);
}

ComplexField plane_wave(const Grid& grid, const Equation& equation, double mode, double t) {
    const double q = 2 * std::numbers::pi * mode / grid.length;
    const double norm = (equation.epsilon - equation.d * q * q) / equation.g;
    if (!(norm > 0) || !std::isfinite(norm)) {
        throw assay::config_error("no plane wave has mode " + std::to_string(mode) +
                                  " in a box of " + std::to_string(grid.length) +
                                  ": its amplitude would be the root of " + std::to_string(norm));
    }
    const double omega = equation.c1 * q * q + equation.c2 * norm;
    return field_of(
        grid, [=](double x, double) { return std::polar(std::sqrt(norm), q * x - omega * t); });
}

} // namespace assay::cgl
