// Runs in which everything moved at once: whether the machine did it, from when to when.
//
//   auto shifts = find_machine_shifts(lines);
//   shifts.front().size     // ln of the common factor, positive = worse
//
// Each run is held against the values before it, as section 6.4 of the specification of tracking
// asks. Five runs in a row are the machine's new level: the runs after them are held against that.
// Pure; any thread.
#pragma once

#include "tracking/branch_lines.hpp"
#include "verdict/environment_shift.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::tracking {

struct MachineShift {
    std::size_t first = 0, end = 0; // of the runs: [first, end), all of them shifted
    verdict::ShiftCause cause = verdict::ShiftCause::machine;
    double size = 0;                    // of the first run
    std::size_t beyond = 0, series = 0; // cases: each is one witness, whatever it reports
    std::string reason = {};
    bool lasts = false; // it was long enough to be the new level
};

// In the order of runs; causes other than none.
[[nodiscard]] std::vector<MachineShift> find_machine_shifts(const BranchLines& lines);

} // namespace assay::tracking
