// Counts the words of a text.
//
//   auto counts = word_count::count(text);   counts["whale"]
//
// Pure function; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace word_count {

// Words are runs of ASCII letters, in lower case.
std::unordered_map<std::string, std::size_t> count(std::string_view text);

} // namespace word_count
