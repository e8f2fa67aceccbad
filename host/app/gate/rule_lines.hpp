// Where in a gate file each rule stands, for those who mark what failed.
//
//   heading.rule_lines = rule_lines_of(gates.name);     // {"time": 4}
//
// Any thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace assay::app {

using RuleLines = std::map<std::string, std::size_t>;

// The line of every "id" of a valid gate file, from 1. An id written with escapes is not found.
[[nodiscard]] RuleLines rule_lines_in(std::string_view text);

// The same of a file; empty where there is none, as of the built-in rules.
[[nodiscard]] RuleLines rule_lines_of(const std::string& path);

} // namespace assay::app
