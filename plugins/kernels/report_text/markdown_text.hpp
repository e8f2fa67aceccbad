// Foreign text in GitHub-flavoured Markdown: it stays text, whatever stands in it. Pipes,
// backticks, tags, mentions and links do nothing; control characters, direction marks and bytes
// that are no UTF-8 are shown as escapes.
//
//   std::string cell = code("router/least|latency[n=16]");   // <code>router/least&#124;...</code>
//   std::string why = prose("expected <3>");                  // expected &lt;3&gt;
//
// Both stand in a table and outside one, not at the begin of a line. Pure functions.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace report_text {

// What is longer is cut, and shown to be.
inline constexpr std::size_t kColumnsMax = 300;

[[nodiscard]] std::string code(std::string_view text, std::size_t columns_max = kColumnsMax);
[[nodiscard]] std::string prose(std::string_view text, std::size_t columns_max = kColumnsMax);

// "| a | b |" and a line break; empty cells are dashes.
[[nodiscard]] std::string table_row(std::initializer_list<std::string_view> cells);

} // namespace report_text
