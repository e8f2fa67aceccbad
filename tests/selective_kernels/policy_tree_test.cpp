#include "active_inference/selective/policy_tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

using namespace assay::active_inference;

namespace {

constexpr std::array<std::size_t, 2> kActions{3, 2};

} // namespace

TEST_CASE("drawn policies are different ones of the space in ascending order") {
    const PolicySpace policies(kActions, 2);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const std::vector<std::size_t> drawn = draw_policies(policies, 10, seed);
        CHECK(std::ranges::is_sorted(drawn));
        CHECK(std::set(drawn.begin(), drawn.end()).size() == 10);
        CHECK(drawn.back() < policies.size());
    }
    CHECK(draw_policies(policies, 10, 1) == draw_policies(policies, 10, 1));
    CHECK(draw_policies(policies, 10, 1) != draw_policies(policies, 10, 2));
    CHECK(draw_policies(policies, 36, 1).back() == 35);
    CHECK_THROWS_AS((void)draw_policies(policies, 37, 1), std::invalid_argument);
}

TEST_CASE("all policies share a node for every beginning") {
    const PolicySpace policies(kActions, 3);
    const std::vector<std::size_t> all = draw_policies(policies, policies.size(), 1);
    CHECK(PolicyTree(policies, all, PrefixSharing::on).size() == 6 + 36 + 216);
    CHECK(PolicyTree(policies, all, PrefixSharing::off).size() == 3 * 216);
}

TEST_CASE("from every leaf the nodes lead back through the policy's own steps") {
    const PolicySpace policies(kActions, 3);
    for (const PrefixSharing sharing : {PrefixSharing::on, PrefixSharing::off}) {
        const std::vector<std::size_t> drawn = draw_policies(policies, 17, 4);
        const PolicyTree tree(policies, drawn, sharing);
        REQUIRE(tree.policies() == 17);
        for (std::size_t number = 0; number < drawn.size(); ++number) {
            std::size_t node = tree.leaf(number);
            for (std::size_t step = 3; step-- > 0;) {
                CHECK(tree[node].step == step);
                for (std::size_t factor = 0; factor < 2; ++factor) {
                    CHECK(policies.action(tree[node].policy, step, factor) ==
                          policies.action(drawn[number], step, factor));
                }
                CHECK((step == 0) == (tree[node].parent == PolicyTree::kRoot));
                CHECK((step == 0 || tree[node].parent < node));
                node = tree[node].parent;
            }
        }
    }
}
