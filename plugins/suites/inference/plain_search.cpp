#include "plain_search.hpp"

#include "active_inference/plain_expectation.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "plain_fixed_point.hpp"

#include <algorithm>
#include <cmath>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr double kTooClose = 1e-9;

bool undecided(double probability, double threshold) {
    return std::abs(probability - threshold) < kTooClose;
}

std::vector<double> policy_shares(std::vector<double> values, double gamma) {
    std::ranges::transform(values, values.begin(), [&](double value) { return gamma * value; });
    return ai::plain_softmax(values);
}

// The next observation that differs in the first `known` modalities, in the order of counting, the
// last of these fastest; false after the last.
bool advance(std::vector<ai::Outcome>& observed,
             std::size_t known,
             const std::vector<std::size_t>& outcomes) {
    for (std::size_t m = known; m < observed.size(); ++m) {
        observed[m].index = 0;
    }
    for (std::size_t m = known; m-- > 0;) {
        if (++observed[m].index < outcomes[m]) {
            return true;
        }
        observed[m].index = 0;
    }
    return false;
}

} // namespace

PlainSearch::PlainSearch(const ai::FactoredModel& model, const ai::SophisticatedOptions& options)
    : model_(&model)
    , options_(options)
    , policies_(model.action_counts, 1) {}

std::optional<double> PlainSearch::value(const ai::Beliefs& q, std::size_t policy) {
    return value_below(node_at(q), policy, options_.horizon - 1);
}

PlainSearch::Node PlainSearch::node_at(const ai::Beliefs& q) {
    ++nodes_;
    Node node;
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        node.after.push_back(ai::plain_step(*model_, policies_, policy, 0, q));
        node.values.push_back(ai::plain_step_value(*model_, node.after.back(), 0));
    }
    node.posterior = policy_shares(node.values, options_.gamma);
    return node;
}

std::optional<double>
PlainSearch::value_below(const Node& node, std::size_t policy, std::size_t steps_left) {
    double value = node.values[policy];
    if (steps_left == 0) {
        return value;
    }
    if (undecided(node.posterior[policy], options_.policy_threshold)) {
        return std::nullopt;
    }
    if (node.posterior[policy] < options_.policy_threshold) {
        return value - options_.prune_penalty;
    }
    const auto outcomes = ai::plain_outcomes(*model_, node.after[policy]);
    std::vector<ai::Outcome> observed(outcomes.size());
    // More modalities only make an observation less probable: what is below the threshold already
    // is passed over with all that begins like it, or forty modalities would take for ever.
    const double passed_over = options_.outcome_threshold - kTooClose;
    std::size_t known = 0;
    do {
        double probability = 1;
        for (known = 0; known < observed.size() && probability > passed_over; ++known) {
            probability *= outcomes[known][observed[known].index];
        }
        if (probability <= passed_over) {
            continue;
        }
        if (undecided(probability, options_.outcome_threshold)) {
            return std::nullopt;
        }
        if (probability >= options_.outcome_threshold) {
            const auto below =
                node_value(posterior_after(node.after[policy], observed), steps_left - 1);
            if (!below) {
                return std::nullopt;
            }
            value += probability * *below;
        }
    } while (advance(observed, known, model_->outcome_counts));
    return value;
}

std::optional<double> PlainSearch::node_value(const ai::Beliefs& q, std::size_t steps_left) {
    const Node node = node_at(q);
    std::vector<double> values;
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        const auto value = value_below(node, policy, steps_left);
        if (!value) {
            return std::nullopt;
        }
        values.push_back(*value);
    }
    const std::vector<double> shares = policy_shares(values, options_.gamma);
    double sum = 0;
    for (std::size_t policy = 0; policy < values.size(); ++policy) {
        sum += shares[policy] * values[policy];
    }
    return sum;
}

ai::Beliefs PlainSearch::posterior_after(const ai::Beliefs& prior,
                                         const std::vector<ai::Outcome>& observed) const {
    PlainFixedPoint plain(*model_, observed, prior, {.schedule = ai::Schedule::parallel});
    ai::Beliefs q(model_->state_counts);
    for (std::size_t sweep = 0; sweep < options_.sweeps; ++sweep) {
        q = plain.sweep(q);
    }
    return q;
}

} // namespace assay::inference
