// Correctness before timing, as functions that can be shown to fail.
//
// The comparison of two paths is bitwise: a cache that changes the last bit of a result is wrong.
// The comparison with plain loops has a tolerance: Eigen adds up in another order.
#pragma once

#include "transition_workload.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace assay::matrix_caching {

// Of products and smoothing transposes against plain triple loops. Entries are positive, so the
// relative error of k products of n terms stays below k * n * 2^-52: 3e-14 for 4 steps, 40 states.
inline constexpr double kReferenceTolerance = 1e-12;

// Where two results differ in any bit, as a sentence; nothing if they are the same.
[[nodiscard]] std::optional<std::string>
bitwise_difference(const active_inference::StepTransition& expected,
                   const active_inference::StepTransition& found);

// Where a result differs from the definition, computed in plain loops.
[[nodiscard]] std::optional<std::string>
reference_difference(const active_inference::TransitionMatrices& matrices,
                     std::size_t factor,
                     active_inference::ActionSequence actions,
                     const active_inference::StepTransition& found);

struct Verification {
    std::uint64_t values_compared = 0;
    std::optional<std::string> difference; // with the request it was found in
};

// Runs the requests through `fetch` (factor, actions) and hands every result to `differs`.
template <class Fetch, class Differs>
[[nodiscard]] Verification verify_requests(const TransitionWorkload& work,
                                           std::span<const TransitionRequest> requests,
                                           Fetch&& fetch,
                                           Differs&& differs) {
    Verification verification;
    for (const TransitionRequest& request : requests) {
        const active_inference::ActionSequence actions = work.actions(request);
        const active_inference::StepTransition found = fetch(request.factor, actions);
        verification.values_compared += found.product.size() + found.smoothing.size();
        if (std::optional<std::string> difference = differs(request.factor, actions, found)) {
            std::string where = "factor " + std::to_string(request.factor) + ", actions";
            for (const std::uint8_t action : actions) {
                where += " " + std::to_string(action);
            }
            verification.difference = where + ": " + *difference;
            break;
        }
    }
    return verification;
}

} // namespace assay::matrix_caching
