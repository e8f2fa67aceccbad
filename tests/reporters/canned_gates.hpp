// Event streams in which a gate has spoken before the run ended.
//
//   written_by("markdown", gated_comparison());
//
// Pure functions.
#pragma once

#include "canned_runs.hpp"

namespace canned {

Events gated_comparison(); // every outcome of a gate over the canned comparison
Events passed_gate();      // a gate that lets the same cases pass
Events hostile_gate();     // markup in every text of a gate
Events gate_of_nothing();  // no case, no line, a rule that applies to nothing
Events many_cases(int n);  // a comparison of n cases, a tenth of them slower, some ids long
Events many_passed(int n); // a run of n cases
Events broken_text_run();  // line breaks, direction marks, pipes and backticks in a few names

} // namespace canned
