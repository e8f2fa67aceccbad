// The order in which two passes over a forest make every message exact: from the leaves to the
// roots, and back.
//
//   std::optional<TwoPassOrder> order = two_pass_order(layout);   // nothing: the graph has a loop
//
// The root of every tree is its lowest variable. Pure function.
#pragma once

#include "active_inference/belief_propagation/message_layout.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::active_inference {

inline constexpr std::uint32_t kNoEdge = ~std::uint32_t{0};

struct TwoPassOrder {
    std::vector<std::uint32_t> variables;   // roots before what hangs below them
    std::vector<std::uint32_t> parent_edge; // per variable: its edge towards the root, or kNoEdge
};

[[nodiscard]] std::optional<TwoPassOrder> two_pass_order(const MessageLayout& layout);

} // namespace assay::active_inference
