// A gate file (schemas/gates.json), read and typed.
//
//   Result<GateFile> gates = read_gate_file(".assay/gates.json");
//
// Pure but for reading; any thread.
#pragma once

#include "support/result.hpp"
#include "verdict/gate_rule.hpp"

#include <string>
#include <string_view>

namespace assay::verdict {

// `document`: its name in messages. Errors: config, with the JSON pointer, what was expected and
// what was found; also for rules about alerts, which recorded runs do not raise yet.
Result<GateFile> parse_gate_file(std::string_view text, const std::string& document);
Result<GateFile> read_gate_file(const std::string& path); // also io

} // namespace assay::verdict
