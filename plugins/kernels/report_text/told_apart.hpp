// The first digits of two names: as many as asked for, and more where those are the same.
//
//   told_apart("01a20384-cb9f-7001", "01a20384-cb9f-7b02", 12)   // {"01a20384-cb9f-70", "..-7b"}
//
// Runs that were recorded in one millisecond have the beginning of their uuid in common. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace report_text {

[[nodiscard]] std::pair<std::string, std::string>
told_apart(std::string_view one, std::string_view other, std::size_t digits);

} // namespace report_text
