// What commutes with a step: turns of the phase, shifts, exchange of the axes, conjugation.
#include "observables.hpp"
#include "solver_checks.hpp"

#include <doctest/doctest.h>

namespace symmetry_test {

using namespace cgl_test;
using Complex = std::complex<double>;

namespace {

constexpr double kSame = 1e-13;
const Grid kGrid{.n = 24, .length = 30};
const Equation kEquation{.c1 = 0.7, .c2 = -1.1};

ComplexField
stepped(Method method, const ComplexField& field, const Equation& equation = kEquation) {
    return advance_by(method)(kGrid, equation, 0.02, 5, field);
}

template <class Change>
ComplexField changed(const ComplexField& field, Change change) {
    ComplexField out(field.size());
    for (std::size_t i = 0; i < kGrid.n; ++i) {
        for (std::size_t j = 0; j < kGrid.n; ++j) {
            out[i * kGrid.n + j] = change(field, i, j);
        }
    }
    return out;
}

} // namespace

TEST_CASE("turned, shifted, exchanged and conjugated fields stay so") {
    const auto turned = [](const ComplexField& field, std::size_t i, std::size_t j) {
        return field[i * kGrid.n + j] * std::polar(1.0, 0.7);
    };
    const auto shifted = [](const ComplexField& field, std::size_t i, std::size_t j) {
        return field[(i + 5) % kGrid.n * kGrid.n + (j + 11) % kGrid.n];
    };
    const auto exchanged = [](const ComplexField& field, std::size_t i, std::size_t j) {
        return field[j * kGrid.n + i];
    };
    const auto conjugated = [](const ComplexField& field, std::size_t i, std::size_t j) {
        return std::conj(field[i * kGrid.n + j]);
    };
    Equation mirrored = kEquation;
    mirrored.c1 = -mirrored.c1;
    mirrored.c2 = -mirrored.c2;
    const ComplexField begin = initial_field(InitialField::noise, kGrid, 3);
    for (const Method method : {Method::strang, Method::etd2rk, Method::etdrk4, Method::ifrk4}) {
        CAPTURE(name_of(method));
        const ComplexField end = stepped(method, begin);
        const auto differs = [&](const ComplexField& first, const ComplexField& then) {
            return largest_difference(first, then);
        };
        CHECK(differs(stepped(method, changed(begin, turned)), changed(end, turned)) < kSame);
        CHECK(differs(stepped(method, changed(begin, shifted)), changed(end, shifted)) < kSame);
        CHECK(differs(stepped(method, changed(begin, exchanged)), changed(end, exchanged)) < kSame);
        CHECK(differs(stepped(method, changed(begin, conjugated), mirrored),
                      changed(end, conjugated)) < kSame);
    }
}

TEST_CASE("a vortex and its partner are two defects, and a uniform field has none") {
    const Grid grid{.n = 32, .length = 32};
    CHECK(defect_count(ComplexField(grid.points(), 1.0), grid) == 0);
    ComplexField pair(grid.points());
    for (std::size_t i = 0; i < grid.points(); ++i) {
        const double x = static_cast<double>(i % grid.n), y = static_cast<double>(i / grid.n);
        pair[i] = Complex(x - 8.5, y - 16.5) * Complex(x - 24.5, -(y - 16.5));
    }
    CHECK(defect_count(pair, grid) >= 2);
    CHECK(defect_count(plane_wave({.n = 32, .length = 40}, {}, 2, 0), grid) == 0);
}

} // namespace symmetry_test
