// One line of comma-separated values, as RFC 4180 has it but for line breaks inside quotes.
//
//   split_cells("2021.01.01 3:00:00 +0100;aaa0;154023", ';')
//
// Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::import_formats {

// Spaces around a cell are left out, unless they are quoted.
[[nodiscard]] std::vector<std::string> split_cells(std::string_view line, char delimiter);

} // namespace assay::import_formats
