// What was observed of each modality: one outcome, or a distribution over the outcomes.
//
//   const std::vector<Outcome> observation{{.index = 3}, {.soft = distribution}};
//
// Plain values; a soft outcome borrows its entries.
#pragma once

#include <cstddef>
#include <span>

namespace assay::active_inference {

struct Outcome {
    std::size_t index = 0;             // read where `soft` is empty
    std::span<const double> soft = {}; // O_m entries that sum to 1

    [[nodiscard]] bool is_soft() const noexcept { return !soft.empty(); }
};

using Observation = std::span<const Outcome>;

} // namespace assay::active_inference
