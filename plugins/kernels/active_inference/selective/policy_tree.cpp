#include "active_inference/selective/policy_tree.hpp"

#include "random_source/random_source.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace assay::active_inference {
namespace {

// The first step at which two policies differ.
std::size_t shared_steps(const PolicySpace& policies, std::size_t one, std::size_t other) {
    for (std::size_t step = 0; step < policies.horizon(); ++step) {
        for (std::size_t factor = 0; factor < policies.factors(); ++factor) {
            if (policies.action(one, step, factor) != policies.action(other, step, factor)) {
                return step;
            }
        }
    }
    return policies.horizon();
}

} // namespace

std::vector<std::size_t>
draw_policies(const PolicySpace& policies, std::size_t count, std::uint64_t seed) {
    if (count > policies.size()) {
        throw std::invalid_argument(std::to_string(count) + " different policies of " +
                                    std::to_string(policies.size()));
    }
    std::vector<std::size_t> all(policies.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    RandomSource random(seed);
    for (std::size_t at = 0; at < count; ++at) {
        std::swap(all[at], all[at + random.below(static_cast<std::uint32_t>(all.size() - at))]);
    }
    all.resize(count);
    std::ranges::sort(all);
    return all;
}

PolicyTree::PolicyTree(const PolicySpace& policies,
                       std::span<const std::size_t> chosen,
                       PrefixSharing sharing) {
    std::vector<std::size_t> path(policies.horizon()); // nodes of the last policy
    for (std::size_t number = 0; number < chosen.size(); ++number) {
        const bool shares = sharing == PrefixSharing::on && number > 0;
        const std::size_t shared =
            shares ? shared_steps(policies, chosen[number - 1], chosen[number]) : 0;
        for (std::size_t step = shared; step < path.size(); ++step) {
            path[step] = nodes_.size();
            nodes_.push_back({.parent = step == 0 ? kRoot : path[step - 1],
                              .step = step,
                              .policy = chosen[number]});
        }
        leaves_.push_back(path.back());
    }
}

} // namespace assay::active_inference
