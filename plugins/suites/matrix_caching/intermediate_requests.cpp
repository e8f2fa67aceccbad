#include "intermediate_requests.hpp"

#include "active_inference/model_fault.hpp"
#include "active_inference/policies/remembered_free_energy.hpp"
#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <stdexcept>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kEnergyModelSeed = 8, kBeliefSeed = 9;

ai::FactoredModel model_for(const IntermediateAxes& axes) {
    ai::RandomModelOptions options;
    options.state_counts = {axes.states, axes.states2};
    options.action_counts = {IntermediateAxes::actions, axes.actions2};
    options.outcome_counts = options.state_counts;
    ai::FactoredModel model = ai::random_model(options, derived_seed(axes.seed, kEnergyModelSeed));
    if (const auto fault = ai::first_fault(model)) {
        throw std::logic_error("the generated model is not valid: " + fault->message);
    }
    return model;
}

ai::Beliefs random_belief(const ai::FactoredModel& model, RandomSource& random) {
    ai::Beliefs belief(model.state_counts);
    for (std::size_t f = 0; f < belief.size(); ++f) {
        double sum = 0;
        for (double& value : belief[f]) {
            value = 1 - random.unit();
            sum += value;
        }
        for (double& value : belief[f]) {
            value /= sum;
        }
    }
    return belief;
}

} // namespace

std::size_t IntermediateAxes::policies() const noexcept {
    std::size_t count = 1;
    for (std::size_t step = 0; step < depth; ++step) {
        count *= actions * actions2;
    }
    return count;
}

std::size_t IntermediateAxes::prefixes() const noexcept {
    std::size_t count = 0, of_length = 1;
    for (std::size_t step = 0; step < depth; ++step) {
        of_length *= actions * actions2;
        count += of_length;
    }
    return count;
}

IntermediateRequests::IntermediateRequests(const IntermediateAxes& axes)
    : axes_(axes)
    , model_(model_for(axes)) {
    const std::uint32_t count = beliefs_in(axes, axes.working_set_bytes);
    beliefs_.reserve(count);
    RandomSource random(derived_seed(axes.seed, kBeliefSeed));
    for (std::uint32_t key = 0; key < count; ++key) {
        beliefs_.push_back(random_belief(model_, random));
    }
}

std::size_t belief_entry_bytes(const IntermediateAxes& axes) noexcept {
    return axes.prefixes() * ai::RememberedFreeEnergy::entry_bytes(axes.states + axes.states2);
}

std::uint32_t beliefs_in(const IntermediateAxes& axes, std::size_t bytes) noexcept {
    constexpr std::size_t kMost = std::size_t{1} << 22;
    return static_cast<std::uint32_t>(
        std::clamp<std::size_t>(bytes / belief_entry_bytes(axes), 1, kMost));
}

} // namespace assay::matrix_caching
