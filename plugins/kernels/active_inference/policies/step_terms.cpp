#include "active_inference/policies/step_terms.hpp"

#include "active_inference/learning/column_norms.hpp"
#include "active_inference/policies/matrix_vector.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {

StepTerms::StepTerms(const FactoredModel& model,
                     const DirichletCounts* counts,
                     const EfeOptions& options)
    : model_(&model)
    , counts_(counts)
    , version_(model.version)
    , transitions_(model, model.transitions)
    , taught_(model.state_counts) {
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        modalities_.emplace_back(model, m, options);
        const FactorList& factors = model.likelihood_factors[m];
        const auto same = std::ranges::find(joints_, factors, &JointBelief::factors);
        joint_of_.push_back(static_cast<std::size_t>(same - joints_.begin()));
        if (same == joints_.end()) {
            joints_.emplace_back(model.state_counts, factors);
        }
    }
    if (options.state_gain == StateGain::joint) {
        joint_gain_.emplace(model, options.cache);
    }
    if (options.transition_gain) {
        transition_counts_ = ActionSlices(model, counts->transitions);
        for (std::size_t f = 0; f < model.transitions.size(); ++f) {
            const std::size_t entries = transition_counts_.slice(f, 0).size();
            weights_.emplace_back(
                model.action_counts[f],
                KeptTable(options.cache, entries, {.multiply_adds = 2 * entries}));
        }
    }
    cost_ = step_cost();
}

WorkCost StepTerms::step_cost() const noexcept {
    WorkCost cost;
    for (std::size_t f = 0; f < transitions_.factors(); ++f) {
        cost += {.contractions = 1, .multiply_adds = transitions_.ops(f)};
    }
    for (const OutcomeTerms& modality : modalities_) {
        cost += modality.cost();
        cost += modality.table_cost();
    }
    if (joint_gain_) {
        cost += joint_gain_->cost();
        cost += joint_gain_->table_cost();
    }
    for (std::size_t f = 0; f < weights_.size(); ++f) {
        cost += {.contractions = 1,
                 .multiply_adds = transition_counts_.ops(f) + transition_counts_.rows(f)};
        cost += weights_[f].front().cost();
    }
    return cost;
}

StepTables StepTerms::new_tables() const {
    StepTables tables;
    for (std::size_t f = 0; f < transitions_.factors(); ++f) {
        tables.transitions.emplace_back(model_->transitions[f].data.size());
    }
    for (const OutcomeTerms& modality : modalities_) {
        tables.outcomes.push_back(modality.new_tables());
    }
    return tables;
}

const FactoredModel* StepTerms::exchange(const FactoredModel* model, StepTables& tables) noexcept {
    transitions_.exchange(tables.transitions);
    for (std::size_t m = 0; m < modalities_.size(); ++m) {
        modalities_[m].exchange(tables.outcomes[m]);
    }
    std::swap(version_, tables.version);
    std::swap(stale_, tables.stale);
    return std::exchange(model_, model);
}

void StepTerms::follow_version() {
    if (version_ == model_->version && !stale_) {
        return;
    }
    ++layouts_;
    stale_ = false;
    version_ = model_->version;
    transitions_.assign(model_->transitions);
    for (OutcomeTerms& modality : modalities_) {
        modality.refresh(*model_);
    }
    if (joint_gain_) {
        joint_gain_->refresh();
    }
    if (!weights_.empty()) {
        transition_counts_.assign(counts_->transitions);
    }
    for (std::vector<KeptTable>& by_action : weights_) {
        for (KeptTable& table : by_action) {
            table.forget();
        }
    }
}

std::size_t StepTerms::kept_bytes() const noexcept {
    std::size_t bytes = joint_gain_ ? joint_gain_->kept_bytes() : 0;
    for (const OutcomeTerms& modality : modalities_) {
        bytes += modality.kept_bytes();
    }
    for (const std::vector<KeptTable>& by_action : weights_) {
        for (const KeptTable& table : by_action) {
            bytes += table.kept_bytes();
        }
    }
    return bytes;
}

void StepTerms::predict(std::span<const std::size_t> actions,
                        const Beliefs& q,
                        Beliefs& next) noexcept {
    for (std::size_t f = 0; f < transitions_.factors(); ++f) {
        transitions_.apply(f, actions[f], q, next[f]);
    }
}

void StepTerms::roll_out(const PolicySpace& policies,
                         std::size_t policy,
                         std::size_t step,
                         const Beliefs& q,
                         Beliefs& next,
                         PolicyWork& work) {
    WorkCost done;
    for (std::size_t f = 0; f < transitions_.factors(); ++f) {
        transitions_.apply(f, policies.action(policy, step, f), q, next[f]);
        done += {.contractions = 1, .multiply_adds = transitions_.ops(f)};
    }
    work.add_done(done);
}

EfeParts
StepTerms::evaluate(const Beliefs& q, std::size_t step, Beliefs& outcomes, PolicyWork& work) {
    for (JointBelief& joint : joints_) {
        joint.assign(q);
    }
    EfeParts parts;
    for (std::size_t m = 0; m < modalities_.size(); ++m) {
        const JointBelief& joint = joints_[joint_of_[m]];
        parts = parts + modalities_[m].evaluate(*model_, counts_, joint, step, outcomes[m], work);
    }
    if (joint_gain_) {
        parts.state_gain = joint_gain_->evaluate(*model_, q, work);
    }
    return parts;
}

double StepTerms::transition_gain(const PolicySpace& policies,
                                  std::size_t policy,
                                  std::size_t step,
                                  const Beliefs& q,
                                  const Beliefs& next,
                                  PolicyWork& work) {
    double gain = 0;
    for (std::size_t f = 0; f < weights_.size(); ++f) {
        const std::size_t action = policies.action(policy, step, f);
        const std::span<const double> slice = transition_counts_.slice(f, action);
        const std::size_t rows = transition_counts_.rows(f);
        const std::span<const double> weights = weights_[f][action].get(
            work, [&](std::span<double> out) { weigh_learnable(slice, rows, out); });
        transition_counts_.apply(f, weights, q, taught_[f]);
        gain -= dot(next[f], taught_[f]);
        work.add_done({.contractions = 1, .multiply_adds = transition_counts_.ops(f) + rows});
    }
    return gain;
}

} // namespace assay::active_inference
