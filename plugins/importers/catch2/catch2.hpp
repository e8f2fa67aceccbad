// The two forms in which Catch2 gives its benchmarks.
//
//   if (catch2::probe_text(head) > 60) catch2::parse_text(bytes, out);
//
// Pure but for what goes to `out`.
#pragma once

#include <assay/importer.hpp>

#include <string_view>

namespace catch2 {

int probe_text(std::string_view head);
void parse_text(std::string_view bytes, assay::import_output& out);

int probe_xml(std::string_view head);
void parse_xml(std::string_view bytes, assay::import_output& out);

} // namespace catch2
