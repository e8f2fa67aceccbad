#include "active_inference/policies/sophisticated_search.hpp"

#include "active_inference/policies/matrix_vector.hpp"
#include "active_inference/policies/policy_posterior.hpp"

#include <stdexcept>

namespace assay::active_inference {

SophisticatedSearch::SophisticatedSearch(const FactoredModel& model,
                                         const SophisticatedOptions& options)
    : options_(options)
    , policies_(model.action_counts, 1)
    , terms_(model, nullptr, {.horizon = 1, .cache = options.cache})
    , infer_(model,
             {.schedule = Schedule::parallel, .max_sweeps = options.sweeps, .tolerance = 0}) {
    if (options.horizon == 0) {
        throw std::length_error("a search of horizon 0, expected at least one step");
    }
    levels_.assign(options.horizon,
                   {Beliefs(model.state_counts),
                    std::vector<Beliefs>(policies_.size(), Beliefs(model.state_counts)),
                    std::vector<Beliefs>(policies_.size(), Beliefs(model.outcome_counts)),
                    std::vector<Outcome>(model.outcome_counts.size()),
                    std::vector<double>(policies_.size()),
                    std::vector<double>(policies_.size())});
}

bool SophisticatedSearch::evaluate(const Beliefs& q, const CancelCheck& cancelled) {
    terms_.follow_version();
    cancelled_ = &cancelled;
    nodes_ = 0;
    return visit(0, q);
}

void SophisticatedSearch::value_steps(Level& level, const Beliefs& q) {
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        Beliefs& next = level.states[policy];
        terms_.roll_out(policies_, policy, 0, q, next, work_);
        level.values[policy] = terms_.evaluate(next, 0, level.outcomes[policy], work_).value();
        if (options_.goals != nullptr) {
            level.values[policy] += options_.goals->cost(q, next);
        }
    }
    work_.add_total(terms_.cost(), policies_.size());
    work_.policies += policies_.size();
}

bool SophisticatedSearch::visit(std::size_t depth, const Beliefs& q) {
    if (*cancelled_ && (*cancelled_)()) {
        return false;
    }
    ++nodes_;
    Level& level = levels_[depth];
    value_steps(level, q);
    policy_posterior(level.values, {.gamma = options_.gamma}, level.posterior);
    if (depth + 1 == levels_.size()) {
        return true;
    }
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        if (level.posterior[policy] < options_.policy_threshold) {
            level.values[policy] -= options_.prune_penalty;
        } else if (!follow(depth, policy, 0, 1)) {
            return false;
        }
    }
    policy_posterior(level.values, {.gamma = options_.gamma}, level.posterior);
    return true;
}

bool SophisticatedSearch::follow(std::size_t depth,
                                 std::size_t policy,
                                 std::size_t modality,
                                 double probability) {
    Level& level = levels_[depth];
    if (modality < level.observed.size()) {
        const std::span<const double> outcomes = level.outcomes[policy][modality];
        for (std::size_t outcome = 0; outcome < outcomes.size(); ++outcome) {
            // More modalities make it no more probable.
            const double joint = probability * outcomes[outcome];
            level.observed[modality].index = outcome;
            if (joint >= options_.outcome_threshold &&
                !follow(depth, policy, modality + 1, joint)) {
                return false;
            }
        }
        return true;
    }
    Level& below = levels_[depth + 1];
    static_cast<void>(infer_(level.observed, level.states[policy], below.q));
    if (!visit(depth + 1, below.q)) {
        return false;
    }
    level.values[policy] += probability * dot(below.posterior, below.values);
    return true;
}

} // namespace assay::active_inference
