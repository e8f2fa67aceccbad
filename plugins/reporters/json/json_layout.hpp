// Lays out a JSON text that is already valid: with `indent` spaces per level, or as it is.
//
//   std::string pretty = laid_out(R"({"a":[1,2]})", 2, 1);
//
// Only white space outside strings is added. Pure function.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace json_reporter {

// `level`: how deep the text itself stands in the document. `indent` 0: unchanged.
[[nodiscard]] std::string laid_out(std::string_view text, std::size_t indent, std::size_t level);

// A line break and the white space of that level; nothing for `indent` 0.
[[nodiscard]] std::string line_break(std::size_t indent, std::size_t level);

} // namespace json_reporter
