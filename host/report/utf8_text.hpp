// Makes text that came from anywhere (a plugin's message, a program's output) valid UTF-8, because
// documents and the ABI promise it.
//
//   std::string shown = valid_utf8("caf\xE9");   // "caf" and U+FFFD
//
// Pure functions.
#pragma once

#include "support/json.hpp"
#include "support/text.hpp"

namespace assay::report {

using assay::valid_utf8;

// The same for every string and key of a document.
void make_valid_utf8(json::value& document);

} // namespace assay::report
