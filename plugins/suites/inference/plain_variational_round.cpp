#include "active_inference/logarithm.hpp"
#include "active_inference/plain_expectation.hpp"
#include "plain_message_round.hpp"
#include "plain_window.hpp"

#include <algorithm>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// sum_o r(o) ln A[o, s]: the logarithm first.
Values clipped_likelihood(const ai::Tensor& likelihood, const ai::Outcome& outcome) {
    const std::size_t outcomes = likelihood.shape.front();
    Values sum(likelihood.data.size() / outcomes);
    for (std::size_t o = 0; o < outcomes; ++o) {
        const double share = outcome.is_soft() ? outcome.soft[o] : (o == outcome.index ? 1 : 0);
        for (std::size_t s = 0; share != 0 && s < sum.size(); ++s) {
            sum[s] += share * ai::log_clip(likelihood.data[o * sum.size() + s]);
        }
    }
    return sum;
}

// Messages of the parallel formulation, all from the round before.
struct ParallelMessages {
    const WindowProblem& problem;
    bool marginal; // the rule mmp
    const ai::Trajectory& before;

    [[nodiscard]] Values evidence(std::size_t t, std::size_t f) const {
        const ai::FactoredModel& model = problem.model;
        if (t >= problem.lengths.observed) {
            return Values(model.state_counts[f]);
        }
        return over_modalities(model, f, [&](std::size_t m, std::size_t at) {
            return ai::plain_expectation(
                clipped_likelihood(model.likelihoods[m], outcome_at(problem, t, m)),
                model.likelihood_factors[m],
                before[t],
                at);
        });
    }

    [[nodiscard]] Values past(std::size_t t, std::size_t f) const {
        const ai::FactoredModel& model = problem.model;
        const auto prior = problem.prior[f];
        if (t == 0) {
            return logarithms({prior.begin(), prior.end()}, ai::log_clip);
        }
        const std::size_t action = action_at(problem, t - 1, f);
        if (marginal) {
            return logarithms(ai::plain_prediction(model, f, action, before[t - 1]), ai::log_clip);
        }
        Values message;
        for (std::size_t next = 0; next < model.state_counts[f]; ++next) {
            const Values row = logarithms(
                ai::plain_transition_row(model.transitions[f], next, action), ai::log_clip);
            message.push_back(
                ai::plain_expectation(row, model.transition_factors[f], before[t - 1]).front());
        }
        return message;
    }

    [[nodiscard]] Values of_child(std::size_t t, std::size_t child, std::size_t at) const {
        const ai::FactoredModel& model = problem.model;
        const std::size_t action = action_at(problem, t, child);
        const auto after = before[t + 1][child];
        if (marginal) {
            Values message =
                logarithms(backward(model, child, at, action, after, before[t], 0), ai::log_clip);
            std::ranges::transform(
                message, message.begin(), [](double value) { return value / 2; });
            return message;
        }
        const ai::FactorList& parents = model.transition_factors[child];
        Values message(model.state_counts[parents[at]]);
        for (std::size_t next = 0; next < after.size(); ++next) {
            const Values row = logarithms(
                ai::plain_transition_row(model.transitions[child], next, action), ai::log_clip);
            add_to(message, ai::plain_expectation(row, parents, before[t], at), after[next]);
        }
        return message;
    }
};

} // namespace

PlainRound plain_variational_round(const WindowProblem& problem,
                                   const ai::VariationalMessageOptions& options,
                                   std::span<ai::Beliefs> trajectory) {
    const bool marginal = options.rule == ai::ParallelRule::mmp;
    const ai::Trajectory before(trajectory.begin(), trajectory.end());
    const ParallelMessages messages{problem, marginal, before};
    const std::size_t last = trajectory.size() - 1;
    PlainRound round{.steps = steps_of_round(problem, trajectory.size()), .free_energy = {}};
    for (std::size_t t = 0; t < round.steps; ++t) {
        for (std::size_t f = 0; f < problem.model.state_counts.size(); ++f) {
            Values field = messages.evidence(t, f);
            add_to(field, messages.past(t, f), marginal && t < last ? 0.5 : 1);
            if (t < last) {
                add_to(field,
                       over_children(problem.model, f, [&](std::size_t child, std::size_t at) {
                           return messages.of_child(t, child, at);
                       }));
            }
            Values log_q(field.size());
            for (std::size_t s = 0; s < field.size(); ++s) {
                const double old = ai::log_clip(before[t][f][s]);
                log_q[s] = old + options.step_size * (field[s] - old);
            }
            std::ranges::copy(ai::plain_softmax(log_q), trajectory[t][f].begin());
        }
    }
    return round;
}

} // namespace assay::inference
