#include "transition_requests.hpp"

#include "active_inference/model_fault.hpp"
#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kTransitionModelSeed = 1;

constexpr std::uint32_t sequences_of(std::size_t depth) noexcept {
    return std::uint32_t{1} << (2 * depth); // kActions^depth
}

static_assert(kActions == 4 && sequences_of(kDepthMax) == 65536);

std::size_t factors_for(std::uint32_t requests, std::size_t depth) noexcept {
    return (requests + sequences_of(depth) - 1) / sequences_of(depth);
}

ai::TransitionMatrices random_matrices(const TransitionAxes& axes, std::uint32_t requests) {
    const std::size_t factors = factors_for(requests, axes.depth);
    ai::RandomModelOptions options;
    options.state_counts.assign(factors, axes.states);
    options.action_counts.assign(factors, kActions);
    const ai::FactoredModel model =
        ai::random_model(options, derived_seed(axes.seed, kTransitionModelSeed));
    if (const auto fault = ai::first_fault(model)) {
        throw std::logic_error("the generated model is not valid: " + fault->message);
    }
    return ai::TransitionMatrices(model);
}

} // namespace

std::size_t request_bytes(std::uint64_t requests, std::size_t states, std::size_t depth) noexcept {
    std::size_t bytes = 0;
    for (std::size_t steps = depth; steps > 0; --steps) {
        if (steps == depth || steps > 1) {
            const std::uint64_t per_prefix = std::uint64_t{1} << (2 * (depth - steps));
            bytes += (requests + per_prefix - 1) / per_prefix *
                     ai::CachedTransitions::entry_bytes(states, steps);
        }
    }
    return bytes;
}

std::uint32_t requests_in(std::size_t bytes, std::size_t states, std::size_t depth) noexcept {
    std::uint32_t fits = 1;
    std::uint32_t too_many = std::numeric_limits<std::uint32_t>::max();
    while (too_many - fits > 1) {
        const std::uint32_t middle = fits + (too_many - fits) / 2;
        (request_bytes(middle, states, depth) <= bytes ? fits : too_many) = middle;
    }
    return fits;
}

std::size_t model_bytes(const TransitionAxes& axes) noexcept {
    const std::uint32_t requests = requests_in(axes.working_set_bytes, axes.states, axes.depth);
    return factors_for(requests, axes.depth) * kActions * axes.states * axes.states *
           sizeof(double);
}

TransitionRequests::TransitionRequests(const TransitionAxes& axes)
    : axes_(axes)
    , count_(requests_in(axes.working_set_bytes, axes.states, axes.depth))
    , sequence_bits_(static_cast<std::uint32_t>(2 * axes.depth))
    , matrices_(random_matrices(axes, count_)) {
    const std::uint32_t sequences = sequences_of(axes.depth);
    sequences_.reserve(sequences * axes.depth);
    for (std::uint32_t sequence = 0; sequence < sequences; ++sequence) {
        for (std::size_t step = axes.depth; step-- > 0;) {
            sequences_.push_back(static_cast<std::uint8_t>(sequence >> (2 * step) & 3));
        }
    }
}

std::size_t TransitionRequests::entry_bytes() const noexcept {
    return request_bytes(count_, axes_.states, axes_.depth);
}

} // namespace assay::matrix_caching
