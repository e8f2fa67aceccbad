// The table: one line per case with median, interval, launches and speed-up, decimal points
// aligned, further figures below the case.
//
//   std::string text = table_of(rows, look);
//
// Narrow outputs lose launches first, then the interval. Pure function.
#pragma once

#include "row.hpp"

#include <span>
#include <string>

namespace console {

// `rows` sorted by comes_before(). Empty for no rows.
[[nodiscard]] std::string table_of(std::span<const Row> rows, const Look& look);

} // namespace console
