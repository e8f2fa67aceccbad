// What a comparison's table alone does not say: controls that spoke, builds that are no good to
// compare, counts that count for nothing, a budget that was too small.
//
//   event.fields["notes"] = comparison_notes(outcome, options);
//
// Pure; any thread.
#pragma once

#include "app/comparison/comparison_session.hpp"

namespace assay::app {

// [{"text", "next"}]; `next` is what to do about it, or empty.
json::array comparison_notes(const ComparisonOutcome& outcome, const ComparisonOptions& options);

} // namespace assay::app
