#include "equation.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace assay::cgl {
namespace {

constexpr std::array<std::string_view, 4> kMethods{"strang", "etd2rk", "etdrk4", "ifrk4"};
constexpr std::array<std::string_view, 3> kDealias{"none", "two_thirds", "half"};
constexpr std::size_t kLeastPoints = 8;

template <std::size_t N>
std::size_t place_of(std::string_view what,
                     std::string_view name,
                     const std::array<std::string_view, N>& names) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) {
        return static_cast<std::size_t>(found - names.begin());
    }
    std::string all;
    for (const std::string_view one : names) {
        all += (all.empty() ? "" : ", ") + std::string(one);
    }
    throw assay::config_error(std::string(what) + " is '" + std::string(name) +
                              "', expected one of " + all);
}

bool is_smooth(std::size_t n) {
    for (const std::size_t prime : {2U, 3U, 5U, 7U}) {
        while (n % prime == 0) {
            n /= prime;
        }
    }
    return n == 1;
}

bool is_finite(std::complex<double> value) {
    return std::isfinite(value.real()) && std::isfinite(value.imag());
}

} // namespace

std::string_view name_of(Method method) noexcept {
    return kMethods.at(static_cast<std::size_t>(method));
}

Method method_from(std::string_view name) {
    return static_cast<Method>(place_of("method", name, kMethods));
}

std::size_t fft_pairs(Method method) noexcept {
    switch (method) {
    case Method::strang:
        return 1;
    case Method::etd2rk:
        return 2;
    case Method::etdrk4:
    case Method::ifrk4:
        break;
    }
    return 4;
}

std::string_view name_of(Dealias dealias) noexcept {
    return kDealias.at(static_cast<std::size_t>(dealias));
}

Dealias dealias_from(std::string_view name) {
    return static_cast<Dealias>(place_of("dealias", name, kDealias));
}

void check(const Grid& grid) {
    if (grid.n < kLeastPoints || grid.n % 2 != 0 || !is_smooth(grid.n)) {
        throw assay::config_error("n is " + std::to_string(grid.n) +
                                  ", expected an even number of at least 8 that is a product of "
                                  "2, 3, 5 and 7");
    }
    if (!std::isfinite(grid.length) || grid.length <= 0) {
        throw assay::config_error("the length of the box is " + std::to_string(grid.length) +
                                  ", expected a positive number");
    }
}

void check(const Equation& equation, const Grid& grid) {
    for (const auto& [name, value] : {std::pair("epsilon", equation.epsilon),
                                      std::pair("d", equation.d),
                                      std::pair("g", equation.g),
                                      std::pair("c1", equation.c1),
                                      std::pair("c2", equation.c2)}) {
        if (!std::isfinite(value)) {
            throw assay::config_error(std::string(name) + " is not finite");
        }
    }
    if (equation.d < 0) {
        throw assay::config_error("d is " + std::to_string(equation.d) +
                                  ", expected 0 or more: a negative diffusion has no solution");
    }
    if (!equation.forcing.empty() && equation.forcing.size() != grid.points()) {
        throw assay::config_error("the forcing has " + std::to_string(equation.forcing.size()) +
                                  " values, expected one for each of " +
                                  std::to_string(grid.points()) + " points");
    }
    if (!std::ranges::all_of(equation.forcing, is_finite)) {
        throw assay::config_error("the forcing has a value that is not finite");
    }
}

void check(const Stepping& stepping) {
    if (!std::isfinite(stepping.dt) || stepping.dt == 0) {
        throw assay::config_error("dt is " + std::to_string(stepping.dt) +
                                  ", expected a finite number that is not 0");
    }
}

double mode_of(std::size_t j, std::size_t n) noexcept {
    const auto at = static_cast<double>(j);
    return 2 * j < n ? at : at - static_cast<double>(n);
}

bool is_kept(double mode, std::size_t n, Dealias dealias) noexcept {
    const double most = static_cast<double>(n);
    switch (dealias) {
    case Dealias::two_thirds:
        return 3 * std::abs(mode) < most;
    case Dealias::half:
        return 4 * std::abs(mode) < most;
    case Dealias::none:
        break;
    }
    return true;
}

} // namespace assay::cgl
