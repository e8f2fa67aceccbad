#include "active_inference/policies/expected_free_energy.hpp"

namespace assay::active_inference {

ExpectedFreeEnergy::ExpectedFreeEnergy(const FactoredModel& model,
                                       const DirichletCounts* counts,
                                       const EfeOptions& options)
    : policies_(model.action_counts, options.horizon)
    , shares_(options.share_beginnings.value_or(options.cache))
    , terms_(model, counts, options)
    , path_(options.horizon, Beliefs(model.state_counts))
    , sums_(options.horizon)
    , outcomes_(model.outcome_counts)
    , parts_(policies_.size())
    , values_(policies_.size()) {}

void ExpectedFreeEnergy::advance(const Beliefs& q, std::size_t policy, std::size_t step) {
    const Beliefs& before = step == 0 ? q : path_[step - 1];
    Beliefs& after = path_[step];
    terms_.roll_out(policies_, policy, step, before, after, work_);
    EfeParts parts = terms_.evaluate(after, step, outcomes_, work_);
    parts.transition_gain = terms_.transition_gain(policies_, policy, step, before, after, work_);
    sums_[step] = step == 0 ? parts : sums_[step - 1] + parts;
}

bool ExpectedFreeEnergy::evaluate(const Beliefs& q, const CancelCheck& cancelled) {
    terms_.follow_version();
    const std::size_t horizon = policies_.horizon();
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        if (cancelled && cancelled()) {
            return false;
        }
        // Policies are in the order of their steps: what this one shares with the one before it
        // stands in path_ and sums_.
        const std::size_t shared = shares_ ? policies_.first_new_step(policy) : 0;
        work_.add_skipped(terms_.cost(), shared);
        for (std::size_t step = shared; step < horizon; ++step) {
            advance(q, policy, step);
        }
        parts_[policy] = sums_[horizon - 1];
        values_[policy] = parts_[policy].value();
        work_.add_total(terms_.cost(), horizon);
        ++work_.policies;
    }
    return true;
}

std::size_t ExpectedFreeEnergy::kept_bytes() const noexcept {
    std::size_t bytes = terms_.kept_bytes();
    if (shares_) {
        bytes += sums_.capacity() * sizeof(EfeParts);
        for (const Beliefs& step : path_) {
            bytes += step.values().size_bytes();
        }
    }
    return bytes;
}

EfeParts ExpectedFreeEnergy::of_sequence(std::span<const Beliefs> states) {
    terms_.follow_version();
    PolicyWork uncounted;
    EfeParts sum;
    for (std::size_t step = 0; step < states.size(); ++step) {
        sum = sum + terms_.evaluate(states[step], step, outcomes_, uncounted);
    }
    return sum;
}

void ExpectedFreeEnergy::forecast(const Beliefs& q,
                                  std::size_t policy,
                                  std::span<Beliefs> states,
                                  std::span<Beliefs> outcomes) {
    terms_.follow_version();
    PolicyWork uncounted;
    for (std::size_t step = 0; step < policies_.horizon(); ++step) {
        terms_.roll_out(
            policies_, policy, step, step == 0 ? q : states[step - 1], states[step], uncounted);
        static_cast<void>(terms_.evaluate(states[step], step, outcomes[step], uncounted));
    }
}

} // namespace assay::active_inference
