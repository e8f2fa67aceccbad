// Text that came from elsewhere, made fit for a terminal: control characters, escape sequences,
// direction overrides and bytes that are no UTF-8 become visible escapes (\n, \x1b, \u{202e}).
//
//   std::string name = safe_text("evil\x1b[2J", {.unicode = true});   // "evil\x1b[2J" in letters
//   std::size_t columns = width_of(name);
//
// Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace report_text {

// `unicode` = false: everything beyond ASCII is escaped too.
[[nodiscard]] std::string safe_text(std::string_view text, bool unicode);

// Columns on a terminal: combining marks take none, East Asian wide characters and emoji two.
// `text` is valid UTF-8 without control characters.
[[nodiscard]] std::size_t width_of(std::string_view text);

// The beginning that fits, ended by "…" ("..." without UTF-8) where something was cut off.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t columns, bool unicode);

// Spaces that fill `text` up to `columns`; empty when it is wider.
[[nodiscard]] std::string padding(std::string_view text, std::size_t columns);

} // namespace report_text
