// Lines of comma-separated values, as RFC 4180 has them but for the end of line, which is "\n".
//
//   std::string line = csv_line({"a,b", "1"});   // "\"a,b\",1\n"
//
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

namespace assay {

[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

} // namespace assay
