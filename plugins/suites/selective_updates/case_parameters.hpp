// Reads a case's parameters, and refuses what makes no sense with name, value and what was
// expected.
//
//   const std::size_t states = size_between(params, "states", {.least = 2, .most = 64});
//   const UpdatePath path = path_of(params);
//
// Pure functions; they throw assay::config_error.
#pragma once

#include <assay/suite.hpp>

#include <cstddef>
#include <string_view>

namespace assay::selective_updates {

// The variant axis of all families: all of it every time, all of it unless nothing changed (where a
// family offers that), or what changed.
enum class UpdatePath { full, memo, selective };

enum class MemoPath { no, offered };

[[nodiscard]] UpdatePath path_of(const assay::params& params, MemoPath memo = MemoPath::no);

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

// The axis `path` with its two values, or three.
void add_path_axis(assay::family_builder family, MemoPath memo = MemoPath::no);

} // namespace assay::selective_updates
