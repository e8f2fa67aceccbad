#include "active_inference/selective/policy_values.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace assay::active_inference {
namespace {

// [f][g]: whether the belief about g, now or later, depends on the current one about f.
std::vector<std::vector<bool>> followers(const FactoredModel& model) {
    const std::size_t factors = model.state_counts.size();
    std::vector<std::vector<bool>> follows(factors, std::vector<bool>(factors, false));
    for (std::size_t child = 0; child < factors; ++child) {
        for (const std::size_t parent : model.transition_factors[child]) {
            follows[parent][child] = true;
        }
    }
    for (std::size_t through = 0; through < factors; ++through) {
        for (std::size_t from = 0; from < factors; ++from) {
            for (std::size_t to = 0; to < factors; ++to) {
                if (follows[from][through] && follows[through][to]) {
                    follows[from][to] = true;
                }
            }
        }
    }
    return follows;
}

std::span<const double> preferences_of(const FactoredModel& model, std::size_t modality) {
    return model.preferences.empty() ? std::span<const double>()
                                     : std::span<const double>(model.preferences[modality].data);
}

} // namespace

PolicyValues::PolicyValues(const FactoredModel& model,
                           const PolicySpace& policies,
                           std::span<const std::size_t> chosen,
                           PolicyUpdate update)
    : model_(&model)
    , policies_(&policies)
    , update_(update)
    , tree_(policies, chosen, update == PolicyUpdate::full ? PrefixSharing::off : PrefixSharing::on)
    , nodes_in_full_(chosen.size() * policies.horizon())
    , transitions_(model, model.transitions)
    , follows_(followers(model))
    , stale_beliefs_(model.state_counts.size(), true)
    , stale_(model.likelihoods.size())
    , beliefs_(tree_.size(), Beliefs(model.state_counts))
    , sums_(tree_.size())
    , values_(chosen.size()) {
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        if (!model.preferences.empty() && model.preferences[m].shape.size() > 1) {
            throw std::invalid_argument("C[" + std::to_string(m) +
                                        "] depends on time, expected one column");
        }
        joints_.emplace_back(model.state_counts, model.likelihood_factors[m]);
        terms_.emplace_back(model, m, tree_.size());
    }
}

void PolicyValues::mark_all() noexcept {
    std::fill(stale_beliefs_.begin(), stale_beliefs_.end(), true);
    std::ranges::fill(stale_, Stale{});
}

void PolicyValues::belief_changed(std::size_t factor) noexcept {
    for (std::size_t follower = 0; follower < stale_beliefs_.size(); ++follower) {
        stale_beliefs_[follower] = stale_beliefs_[follower] || follows_[factor][follower];
    }
}

void PolicyValues::preference_changed(std::size_t modality) noexcept {
    stale_[modality].preferences = true;
    stale_[modality].utility = true;
}

void PolicyValues::likelihood_changed(std::size_t modality) noexcept {
    stale_[modality].tables = true;
    stale_[modality].outcomes = true;
    stale_[modality].utility = true;
}

void PolicyValues::count(const UpdateCost& each, const Share& share) noexcept {
    const auto full = static_cast<std::int64_t>(share.full);
    const auto done = static_cast<std::int64_t>(share.done);
    work_.done += done * each;
    work_.skipped += (full - done) * each;
}

void PolicyValues::count_total() noexcept {
    UpdateCost node;
    for (std::size_t factor = 0; factor < transitions_.factors(); ++factor) {
        node += transition_cost(factor);
    }
    for (const ModalityTerms& terms : terms_) {
        work_.total += terms.tables_cost() + terms.preferences_cost();
        node += terms.outcomes_cost() + terms.utility_cost();
    }
    work_.total += static_cast<std::int64_t>(nodes_in_full_) * node;
}

UpdateCost PolicyValues::transition_cost(std::size_t factor) const noexcept {
    return {.contractions = 1,
            .multiply_adds = static_cast<std::int64_t>(transitions_.ops(factor))};
}

bool PolicyValues::evaluate(const Beliefs& q, const CancelCheck& cancelled) {
    if (update_ == PolicyUpdate::full) {
        mark_all();
    }
    const auto is_cancelled = [&] { return cancelled && cancelled(); };
    count_total();
    if (is_cancelled()) {
        return false;
    }
    roll_out(q);
    bool changed = false;
    for (std::size_t m = 0; m < terms_.size(); ++m) {
        if (is_cancelled()) {
            return false;
        }
        changed = refresh(m) || changed;
    }
    if (changed) {
        add_up();
    }
    return true;
}

// Of the factors whose beliefs are stale, at every node; the modalities that see them become stale.
void PolicyValues::roll_out(const Beliefs& q) noexcept {
    for (std::size_t node = 0; node < tree_.size(); ++node) {
        const PolicyTree::Node& at = tree_[node];
        const Beliefs& before = at.parent == PolicyTree::kRoot ? q : beliefs_[at.parent];
        for (std::size_t factor = 0; factor < stale_beliefs_.size(); ++factor) {
            if (stale_beliefs_[factor]) {
                const std::size_t action = policies_->action(at.policy, at.step, factor);
                transitions_.apply(factor, action, before, beliefs_[node][factor]);
            }
        }
    }
    for (std::size_t factor = 0; factor < stale_beliefs_.size(); ++factor) {
        count(transition_cost(factor),
              {.done = stale_beliefs_[factor] ? tree_.size() : 0, .full = nodes_in_full_});
    }
    for (std::size_t m = 0; m < stale_.size(); ++m) {
        for (const std::size_t factor : model_->likelihood_factors[m]) {
            stale_[m].outcomes = stale_[m].outcomes || stale_beliefs_[factor];
            stale_[m].utility = stale_[m].utility || stale_beliefs_[factor];
        }
    }
    std::fill(stale_beliefs_.begin(), stale_beliefs_.end(), false);
}

bool PolicyValues::refresh(std::size_t modality) noexcept {
    const Stale stale = std::exchange(stale_[modality], Stale{false, false, false, false});
    const Tensor& likelihood = model_->likelihoods[modality];
    ModalityTerms& terms = terms_[modality];
    JointBelief& joint = joints_[modality];
    if (stale.tables) {
        terms.refresh_tables(likelihood);
    }
    if (stale.preferences) {
        terms.refresh_preferences(preferences_of(*model_, modality));
    }
    for (std::size_t node = 0; stale.outcomes && node < tree_.size(); ++node) {
        joint.assign(beliefs_[node]);
        terms.refresh_outcomes(node, likelihood, joint);
    }
    for (std::size_t node = 0; stale.utility && node < tree_.size(); ++node) {
        terms.refresh_utility(node);
    }
    const auto once = [](bool done) { return Share{.done = done ? 1u : 0u, .full = 1}; };
    const auto nodes = [this](bool done) {
        return Share{.done = done ? tree_.size() : 0, .full = nodes_in_full_};
    };
    count(terms.tables_cost(), once(stale.tables));
    count(terms.preferences_cost(), once(stale.preferences));
    count(terms.outcomes_cost(), nodes(stale.outcomes));
    count(terms.utility_cost(), nodes(stale.utility));
    return stale.utility;
}

void PolicyValues::add_up() noexcept {
    for (std::size_t node = 0; node < tree_.size(); ++node) {
        const std::size_t parent = tree_[node].parent;
        double utility = 0;
        double gain = 0;
        for (const ModalityTerms& terms : terms_) {
            utility += terms.utility(node);
            gain += terms.gain(node);
        }
        sums_[node] = (parent == PolicyTree::kRoot ? 0 : sums_[parent]) + (utility + gain);
    }
    for (std::size_t number = 0; number < values_.size(); ++number) {
        values_[number] = sums_[tree_.leaf(number)];
    }
}

} // namespace assay::active_inference
