// Why a slice is odd, and what a slice of several lanes was like, read from its record.
//
//   const SliceLabels labels = labels_of(record.slices);
//   const std::vector<double> shares = overlap_shares(record.slices);
//
// Only recorded slices count. Labelled ones are never removed: that would be a choice that looks
// at the outcome. Pure functions; any thread.
#pragma once

#include "measure/slice.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace assay::measure {

// Slices of each cause; one slice may have several. With several lanes each lane's counts.
struct SliceLabels {
    std::uint64_t slices = 0;
    std::uint64_t preempted = 0;   // the scheduler took the processor away
    std::uint64_t faulted = 0;     // a page had to come from disk
    std::uint64_t migrated = 0;    // it ended on another CPU than it began on
    std::uint64_t interrupted = 0; // wall time above 100 times its launch's median: suspended?
};

// Of one launch.
[[nodiscard]] SliceLabels labels_of(std::span<const SliceRecord> slices);

// For every recorded slice of several lanes: the share of the time from the barrier's release (the
// first lane's start) to the last lane's end in which all lanes ran. Empty for one lane.
[[nodiscard]] std::vector<double> overlap_shares(std::span<const SliceRecord> slices);

} // namespace assay::measure
