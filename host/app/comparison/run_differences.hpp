// What two recorded runs differ in besides their figures: what keeps figures from being compared at
// all, and what a reader must know beside every verdict.
//
//   mark_incomparable(pair, held);            // other inputs: no verdict, with the reason
//   if (const auto text = machines_text(old_run, new_run)) say.warning(*text);
//
// Pure; any thread.
#pragma once

#include "app/comparison/stored_pair.hpp"
#include "tracking/run_comparison.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// Series of other inputs (seed, suite configuration) or measured in another mode become
// incomparable.
void mark_incomparable(const StoredPair& pair, std::vector<tracking::HeldSeries>& held);

// "the runs are of two machines, epyc_2c and i7_8c, ...: cpu.model 17 and 1"; nothing where it was
// one.
std::optional<std::string> machines_text(const history::Run& old_run, const history::Run& new_run);

// "the environments differ: kernel ..."; nothing where neither is known, or they are the same.
std::optional<std::string> environments_text(const history::Run& old_run,
                                             const history::Run& new_run);

} // namespace assay::app
