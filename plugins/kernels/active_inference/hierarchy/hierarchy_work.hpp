// How much of a hierarchy was computed. Done is counted where it is done, skipped where it is
// skipped, total from the shape of the request alone: that the first two add up to the third is a
// check and not a definition.
//
// Plain values.
#pragma once

#include <cstdint>

namespace assay::active_inference {

struct WorkShare {
    std::uint64_t contractions = 0; // matrix-vector products
    std::uint64_t ops = 0;          // their multiply-adds

    void count(std::uint64_t times, std::uint64_t each) noexcept {
        contractions += times;
        ops += times * each;
    }

    friend WorkShare operator+(WorkShare a, WorkShare b) noexcept {
        return {a.contractions + b.contractions, a.ops + b.ops};
    }

    friend bool operator==(const WorkShare&, const WorkShare&) = default;
};

struct HierarchyWork {
    WorkShare done, skipped, total;
    std::uint64_t levels_computed = 0; // levels whose belief was inferred anew, level 0 among them
    std::uint64_t levels_total = 0;    // levels times observations

    friend bool operator==(const HierarchyWork&, const HierarchyWork&) = default;
};

} // namespace assay::active_inference
