// The parameters of a case, checked, and what it ran with as a document.
//
//   const std::size_t blocks = number_of(params, "n", {.least = 1, .most = 5'000'000});
//   host.attach("config.json", "application/json", config_text(params, heap, {{"n", "1000"}}));
#pragma once

#include "heaps.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::allocator_suite {

struct NumberRange {
    std::size_t least = 1, most = 0;
};

// All blocks of a case together: more would ask for what machines of this size do not have.
inline constexpr std::size_t kBytesAtOnce = std::size_t{4} << 30;
inline constexpr std::size_t kLargestBlock = std::size_t{16} << 20; // of families that draw sizes

// Throws assay::config_error: "n=0: expected a whole number from 1 to 5000000".
[[nodiscard]] std::size_t
number_of(const assay::params& params, std::string_view axis, NumberRange range);

// Throws assay::config_error where blocks of that size are too much at once.
void require_room(const assay::params& params, std::size_t blocks, std::size_t mean_bytes);

void add_impl_axis(assay::family_builder family);

using ConfigEntries = std::vector<std::pair<std::string, std::string>>; // values are JSON

[[nodiscard]] std::string
config_text(const assay::params& params, const Heap& heap, const ConfigEntries& own);

// The text as JSON.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace assay::allocator_suite
