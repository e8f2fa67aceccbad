// Text in XML 1.0: every character that XML can hold stands for itself, any other as an escape.
//
//   out += "<testcase" + attribute("name", name) + "/>";
//
// Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace junit_reporter {

// For attributes and text alike. What XML 1.0 has no way to hold (control characters, broken UTF-8)
// is written out: \x1b.
[[nodiscard]] std::string xml_text(std::string_view text);

// ` name="value"`
[[nodiscard]] std::string attribute(std::string_view name, std::string_view value);

// xs:decimal knows no exponent: the shortest digits without one that read back exactly.
[[nodiscard]] std::string decimal_text(double value);

} // namespace junit_reporter
