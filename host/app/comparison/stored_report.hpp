// A comparison of two runs that were measured at different times, for reporters that watch. It is
// advisory, and says so in the document, in a note of its own and on stderr.
//
//   Result<StoredComparison> comparison = compare_stored(pair, {"sums/add"});
//   return report_stored(say, pair, *comparison, bus);
//
// Called from main's thread, with reporters that are open; the bus is left to be finished.
#pragma once

#include "app/comparison/stored_cases.hpp"
#include "app/comparison/stored_pair.hpp"
#include "app/exit_code.hpp"
#include "app/message.hpp"
#include "report/bus.hpp"
#include "support/result.hpp"

#include <string>
#include <vector>

namespace assay::app {

struct StoredComparison {
    json::value run; // the new one, as a bundle of it would have it
    std::vector<StoredCase> cases;
};

// The filters choose what is told, not what is judged: a shift of the whole machine is seen over
// all cases. Errors: those of the store and of chosen_cases().
Result<StoredComparison> compare_stored(const StoredPair& pair,
                                        const std::vector<std::string>& filters);

ExitCode report_stored(const Messages& say,
                       const StoredPair& pair,
                       const StoredComparison& comparison,
                       report::Bus& bus);

} // namespace assay::app
