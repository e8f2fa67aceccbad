// The complex Ginzburg-Landau equation on a periodic square, and how it is stepped:
//
//   dA/dt = eps A + (d + i c1) lap A - (g + i c2) |A|^2 A + u
//
//   const Equation nls{.epsilon = 0, .d = 0, .g = 0, .c1 = 1, .c2 = 1};
//   check(Grid{.n = 64, .length = 20}); check(nls);        // throw assay::config_error
//
// Aranson & Kramer, Rev. Mod. Phys. 74 (2002), eq. 3, with c2 = -b: part of the literature writes
// (1 - i c3)|A|^2 A, and then the plane waves are unstable for c1 c3 > 1; here for c1 c2 < -1.
// Plain values; any thread.
#pragma once

#include <complex>
#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::cgl {

// n x n points x_j = j L / n: the end point is not one of them, it is the first again.
struct Grid {
    std::size_t n = 64;
    double length = 100; // L

    [[nodiscard]] std::size_t points() const noexcept { return n * n; }

    [[nodiscard]] double spacing() const noexcept { return length / static_cast<double>(n); }
};

struct Equation {
    double epsilon = 1, d = 1, g = 1, c1 = 0, c2 = 0;
    // u: one value for each point, added to dA/dt; empty: none.
    std::vector<std::complex<double>> forcing = {};
};

enum class Method { strang, etd2rk, etdrk4, ifrk4 };

std::string_view name_of(Method method) noexcept; // "strang", ...
// Throws assay::config_error, which names those there are.
[[nodiscard]] Method method_from(std::string_view name);
// Forward and backward transforms of one step; of strang in a run of steps.
[[nodiscard]] std::size_t fft_pairs(Method method) noexcept;

// Modes m of an axis that are kept: all; |m| < n/3, which removes the aliases of a square and no
// more; |m| < n/4, which removes those of the cubic term.
enum class Dealias { none, two_thirds, half };

std::string_view name_of(Dealias dealias) noexcept; // "none", "two_thirds", "half"
[[nodiscard]] Dealias dealias_from(std::string_view name);

struct Stepping {
    Method method = Method::etdrk4;
    double dt = 0.05; // negative: backward in time
    Dealias dealias = Dealias::none;
};

// n at least 8, even and a product of 2, 3, 5 and 7; L positive; numbers finite; a forcing of as
// many values as points; dt not 0.
void check(const Grid& grid);
void check(const Equation& equation, const Grid& grid);
void check(const Stepping& stepping);

// Mode of index j of an axis: 0 ... n/2 - 1, -n/2 ... -1.
[[nodiscard]] double mode_of(std::size_t j, std::size_t n) noexcept;

[[nodiscard]] bool is_kept(double mode, std::size_t n, Dealias dealias) noexcept;

} // namespace assay::cgl
