// A short readable name of a machine, made from the fields of its identity and nothing else.
//
//   label_of(identity)                                      // "epyc-9xx4_2c_8GiB_kvm"
//
// Pure; callable from any thread.
#pragma once

#include "support/environment.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <string>
#include <string_view>

namespace assay::measure {

// Processor, CPUs that may be used, memory, GPUs, and whatever it runs inside of. Two machines may
// share a label: the fingerprint tells them apart.
[[nodiscard]] std::string label_of(const json::object& identity);

// "epyc-9xx4", "xeon-icelake", "neoverse-n1"; "intel-6-200" for those without a name here, the
// architecture where the processor does not tell.
[[nodiscard]] std::string processor_name(const json::object& identity);

// The label that somebody gives by hand, PERFORMANCE_PLATFORM; else the one of the identity.
[[nodiscard]] std::string platform_label(const Environment& environment,
                                         const json::object& identity);

// Error (usage): longer than 100 bytes, not UTF-8, or with control characters.
[[nodiscard]] Status check_label(std::string_view label);

} // namespace assay::measure
