#include "active_inference/logarithm.hpp"
#include "active_inference/plain_expectation.hpp"
#include "active_inference/tensor.hpp"
#include "plain_message_round.hpp"
#include "plain_window.hpp"

#include <algorithm>
#include <numeric>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// prod_m p_m(o | s) over all factors.
Values joint_likelihood(const WindowProblem& problem, std::size_t step) {
    const ai::FactoredModel& model = problem.model;
    Values joint(*ai::element_count(model.state_counts), 1.0);
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        const Values p = ai::plain_likelihood(model.likelihoods[m], outcome_at(problem, step, m));
        for (std::size_t state = 0; state < joint.size(); ++state) {
            const std::vector<std::size_t> index = ai::unravel(model.state_counts, state);
            std::size_t at = 0;
            for (const std::size_t factor : model.likelihood_factors[m]) {
                at = at * model.state_counts[factor] + index[factor];
            }
            joint[state] *= p[at];
        }
    }
    return joint;
}

// Messages of marginal message passing to one factor at one step.
struct MarginalMessages {
    const WindowProblem& problem;
    bool plain;
    std::span<const ai::Beliefs> trajectory;

    [[nodiscard]] Values evidence(std::size_t t, std::size_t f, const Values& joint) const {
        const ai::FactoredModel& model = problem.model;
        if (t >= problem.lengths.observed) {
            return Values(model.state_counts[f]);
        }
        if (plain) {
            ai::FactorList all(model.state_counts.size());
            std::iota(all.begin(), all.end(), std::size_t{0});
            return logarithms(ai::plain_expectation(joint, all, trajectory[t], f), ai::log_eps);
        }
        return over_modalities(model, f, [&](std::size_t m, std::size_t at) {
            const Values p = ai::plain_likelihood(model.likelihoods[m], outcome_at(problem, t, m));
            return logarithms(
                ai::plain_expectation(p, model.likelihood_factors[m], trajectory[t], at),
                ai::log_eps);
        });
    }

    [[nodiscard]] Values past(std::size_t t, std::size_t f) const {
        const auto prior = problem.prior[f];
        return logarithms(
            t == 0 ? Values(prior.begin(), prior.end())
                   : ai::plain_prediction(
                         problem.model, f, action_at(problem, t - 1, f), trajectory[t - 1]),
            ai::log_eps);
    }

    [[nodiscard]] Values future(std::size_t t, std::size_t f) const {
        const ai::Beliefs& after = trajectory[t + 1];
        return over_children(problem.model, f, [&](std::size_t child, std::size_t at) {
            Values message = logarithms(backward(problem.model,
                                                 child,
                                                 at,
                                                 action_at(problem, t, child),
                                                 after[child],
                                                 after,
                                                 ai::kLogFloor),
                                        ai::log_eps);
            std::ranges::transform(
                message, message.begin(), [&](double value) { return plain ? value : value / 2; });
            return message;
        });
    }
};

} // namespace

PlainRound plain_marginal_round(const WindowProblem& problem,
                                const ai::MarginalMessageOptions& options,
                                std::span<ai::Beliefs> trajectory) {
    const bool plain = options.form == ai::MessageForm::plain;
    const MarginalMessages messages{problem, plain, trajectory};
    const std::size_t rows = problem.steps();
    const std::size_t cut = rows < 2 ? 0 : rows - 2;
    const std::size_t factors = problem.model.state_counts.size();
    const auto inner = static_cast<double>(factors - 1) / static_cast<double>(factors);
    PlainRound round{.steps = steps_of_round(problem, trajectory.size()), .free_energy = {}};
    double free_energy = 0;
    for (std::size_t t = 0; t < round.steps; ++t) {
        const bool at_end = t == 0 || t + 1 == trajectory.size();
        const double weight = t >= cut ? 1 : 2;
        const bool seen = plain && t < problem.lengths.observed;
        const Values joint = seen ? joint_likelihood(problem, t) : Values();
        for (std::size_t f = 0; f < factors; ++f) {
            const Values evidence = messages.evidence(t, f, joint);
            Values context = messages.past(t, f);
            if (t < cut) {
                add_to(context, messages.future(t, f));
            }
            const std::span<double> q = trajectory[t][f];
            Values log_q(q.size());
            for (std::size_t s = 0; s < q.size(); ++s) {
                log_q[s] = ai::log_eps(q[s]);
                const double error = weight * (evidence[s] - log_q[s]) + context[s];
                free_energy += q[s] / 2 * (error - (at_end ? 0 : inner * evidence[s]));
                log_q[s] += options.step_size * error;
            }
            std::ranges::copy(ai::plain_softmax(log_q), q.begin());
        }
    }
    if (round.steps == trajectory.size()) {
        round.free_energy = free_energy;
    }
    return round;
}

} // namespace assay::inference
