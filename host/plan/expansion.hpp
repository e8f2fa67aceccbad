// From families and axes to cases: the cross product of a family's axis groups, the last one
// fastest, as nested loops would run.
//
//   auto expansion = expand(suites, selection);
//   for (const PlannedCase& planned : expansion->cases) ...
//
// Pure but for Selection::file_digest; callable from any thread.
#pragma once

#include "plan/plan.hpp"

#include <vector>

namespace assay::plan {

// A family that `--param` does not fit. It stands in the expansion with its declared values, so
// that filters can tell whether anybody wanted it.
struct Misfit {
    std::size_t suite = 0, family = 0;
    Error error;
};

struct Expansion {
    std::vector<PlannedCase> cases; // in declared order
    std::vector<Misfit> misfits;
};

// All cases of the selected suites in the selected mode, before filters.
Result<Expansion> expand(const std::vector<PlannedSuite>& suites, const Selection& selection);

} // namespace assay::plan
