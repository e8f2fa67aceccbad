// How much arithmetic was done and how much a cache made unnecessary. Done is counted where it is
// done, skipped where it is skipped, total from the requests alone: that the two add up to the
// third is a check and not a definition.
//
// Plain values.
#pragma once

#include <cstdint>

namespace assay::active_inference {

struct WorkCount {
    std::uint64_t contractions_done = 0; // matrix products and smoothing transposes
    std::uint64_t contractions_skipped = 0;
    std::uint64_t ops_done = 0; // their multiply-adds
    std::uint64_t ops_skipped = 0;
};

} // namespace assay::active_inference
