// What the cases of the suite read from their parameters, and what they tell of themselves.
//
//   const WorkChoice choice = choice_of(params);
//   attach_config(params, {{"n", "512"}});
//
// Pure but for what is attached; what makes no sense is thrown as assay::config_error with name,
// value and what was expected.
#pragma once

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::semantic_tokens_suite {

// A naive sequence of more takes minutes.
inline constexpr std::size_t kNaiveTokensMost = 512;
inline constexpr std::size_t kNaiveBytesMost = 131'072;

struct WorkChoice {
    std::size_t tokens = 0; // of a sequence
    bool is_single = false; // precision
    bool is_naive = false;
    std::uint64_t seed = 0;
};

// Throws assay::skip for a naive way that takes too long. Without an axis `impl`: not naive.
[[nodiscard]] WorkChoice choice_of(const assay::params& params);

[[nodiscard]] std::size_t size_between(const assay::params& params,
                                       std::string_view axis,
                                       std::size_t least,
                                       std::size_t most);
// Whether the axis has `yes` rather than `no`.
[[nodiscard]] bool is_word(const assay::params& params,
                           std::string_view axis,
                           std::string_view yes,
                           std::string_view no);

// Axes n, dtype and impl with these values of quick and standard.
void add_token_axes(assay::family_builder family,
                    std::initializer_list<assay::axis_value> quick,
                    std::initializer_list<assay::axis_value> standard);
void add_impl_axis(assay::family_builder family);

// Keys with values that are JSON already; parameters of the case, ISA level and the model's sizes
// are added.
using ConfigEntries = std::vector<std::pair<std::string, std::string>>;
void attach_config(const assay::params& params, const ConfigEntries& entries);

// Of figures of about 1, rounded to 1e-8 (float: 1e-3), since levels of a processor differ in the
// last digits. Never 0.
[[nodiscard]] std::uint64_t rounded_digest(std::span<const double> figures, bool is_single);

} // namespace assay::semantic_tokens_suite
