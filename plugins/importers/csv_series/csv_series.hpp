// The two kinds of series in columns; csv_series.cpp asks which a file is.
//
//   if (csv_series::looks_like_table(head)) csv_series::parse_table(file, out);
//
// Pure but for what goes to `out`.
#pragma once

#include <assay/importer.hpp>

#include <string_view>

namespace csv_series {

[[nodiscard]] bool looks_like_table(std::string_view head);
void parse_table(const assay::import_file& file, assay::import_output& out);

[[nodiscard]] bool looks_like_interval_log(std::string_view head);
void parse_interval_log(std::string_view bytes, assay::import_output& out);

} // namespace csv_series
