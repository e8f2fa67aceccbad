// Whether a unit is written as UCUM wants it: "ns", "By/s", "{hit}/{op}", "10*3/mm3", "%".
//
//   if (unit_fault(metric.unit) == UnitFault::malformed) ...
//
// The grammar is checked whole (https://ucum.org/ucum, case sensitive); of the atoms only those
// that a measurement of software can need are known. Pure.
#pragma once

#include <string_view>

namespace assay::worker::conformance {

enum class UnitFault { none, malformed, unknown };

[[nodiscard]] UnitFault unit_fault(std::string_view unit) noexcept;

} // namespace assay::worker::conformance
