// What the cases of the suite read from their parameters, and the inputs they make of it.
//
//   const std::size_t n = size_between(params, "n", {2, 2'000'000});
//   const Inputs inputs = drawn_inputs("sparse", n, params.seed());
//   attach_config(params, {{"n", std::to_string(n)}});
//
// Pure but for what is attached; what makes no sense is thrown as assay::config_error with name,
// value and what was expected.
#pragma once

#include "kuramoto/problem.hpp"
#include "solver.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::kuramoto_suite {

struct SizeRange {
    std::size_t least = 0, most = 0;
};

[[nodiscard]] std::size_t
size_between(const assay::params& params, std::string_view axis, SizeRange range);

struct NumberRange {
    double least = 0, most = 0;
};

[[nodiscard]] double
number_between(const assay::params& params, std::string_view axis, NumberRange range);

[[nodiscard]] Implementation implementation_of(const assay::params& params);
[[nodiscard]] Method method_of(const assay::params& params);

struct Inputs {
    kuramoto::Problem problem;
    std::vector<double> start;
};

inline constexpr double kStrength = 2; // K of drawn inputs
inline constexpr double kLag = 0.3;    // rad, where there is one
// A matrix, or a sine for each pair, of more oscillators takes minutes.
inline constexpr std::size_t kPairsMost = 1000;

// mean_field, dense, dense_alpha, sparse (= watts_strogatz), ring, lattice, erdos_renyi,
// barabasi_albert: frequencies in [-1, 1] and phases drawn from the seed.
[[nodiscard]] Inputs drawn_inputs(const std::string& coupling, std::size_t n, std::uint64_t seed);

[[nodiscard]] bool is_pairwise(const std::string& coupling) noexcept; // has a matrix

// Keys with values that are JSON already; parameters of the case, ISA level and versions are added.
using ConfigEntries = std::vector<std::pair<std::string, std::string>>;
void attach_config(const assay::params& params, const ConfigEntries& entries);
[[nodiscard]] std::string quoted(std::string_view text);

// Of figures of about 1, rounded to 1e-8: levels of a processor differ in the last digits. Never
// 0.
[[nodiscard]] std::uint64_t rounded_digest(std::span<const double> figures);

} // namespace assay::kuramoto_suite
