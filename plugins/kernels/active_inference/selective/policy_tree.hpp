// Some policies of a policy space as a tree of their steps: policies that begin alike share the
// nodes of their beginning.
//
//   const PolicyTree tree(policies, chosen, PrefixSharing::on);
//   for (std::size_t node = 0; node < tree.size(); ++node) { tree[node].parent ... }
//   tree.leaf(3);                        // the last node of the fourth policy chosen
//
// Immutable after construction; any number of threads may read.
#pragma once

#include "active_inference/policies/policy_space.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

// `count` different policies of the space, in ascending order, drawn from the seed. Throws
// std::invalid_argument if there are not so many.
[[nodiscard]] std::vector<std::size_t>
draw_policies(const PolicySpace& policies, std::size_t count, std::uint64_t seed);

enum class PrefixSharing { off, on };

class PolicyTree {
public:
    static constexpr std::size_t kRoot = static_cast<std::size_t>(-1);

    struct Node {
        std::size_t parent = kRoot; // whose beliefs the step starts from; kRoot: the current ones
        std::size_t step = 0;
        std::size_t policy = 0; // one that goes through it
    };

    // `chosen` in ascending order.
    PolicyTree(const PolicySpace& policies,
               std::span<const std::size_t> chosen,
               PrefixSharing sharing);

    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

    // Parents come before their children.
    [[nodiscard]] const Node& operator[](std::size_t node) const noexcept { return nodes_[node]; }

    [[nodiscard]] std::size_t policies() const noexcept { return leaves_.size(); }

    [[nodiscard]] std::size_t leaf(std::size_t number) const noexcept { return leaves_[number]; }

private:
    std::vector<Node> nodes_;
    std::vector<std::size_t> leaves_;
};

} // namespace assay::active_inference
