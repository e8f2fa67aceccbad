// A table that is the same for every policy and step: with the cache on computed at its first use
// and kept until the model changes, with the cache off computed at every use.
//
//   KeptTable ambiguity(cache, states, cost);
//   std::span<const double> h = ambiguity.get(work, [&](std::span<double> out) { ... });
//
// One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/policies/work_tally.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace assay::active_inference {

class KeptTable {
public:
    KeptTable() = default;

    KeptTable(bool cache, std::size_t size, WorkCost cost)
        : values_(size)
        , cost_(cost)
        , cache_(cache) {}

    // Before the next use the table is computed again.
    void forget() noexcept { valid_ = false; }

    // Held for the next use; with the cache off nothing is.
    [[nodiscard]] std::size_t kept_bytes() const noexcept {
        return cache_ ? values_.capacity() * sizeof(double) : 0;
    }

    // What computing it takes.
    [[nodiscard]] const WorkCost& cost() const noexcept { return cost_; }

    [[nodiscard]] std::size_t heap_bytes() const noexcept {
        return values_.capacity() * sizeof(double);
    }

    template <class Compute>
    [[nodiscard]] std::span<const double> get(PolicyWork& work, Compute&& compute) {
        if (valid_) {
            work.add_skipped(cost_);
        } else {
            std::forward<Compute>(compute)(std::span<double>(values_));
            work.add_done(cost_);
            valid_ = cache_;
        }
        return values_;
    }

private:
    std::vector<double> values_;
    WorkCost cost_;
    bool cache_ = false;
    bool valid_ = false;
};

} // namespace assay::active_inference
