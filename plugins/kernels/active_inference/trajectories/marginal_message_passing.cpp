#include "active_inference/trajectories/marginal_message_passing.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace assay::active_inference {

namespace {

const FactoredModel& checked(const FactoredModel& model, MessageForm form) {
    if (form == MessageForm::plain) {
        if (const auto fault = plain_form_fault(model)) {
            throw std::invalid_argument(*fault);
        }
    }
    return model;
}

} // namespace

std::optional<std::string> plain_form_fault(const FactoredModel& model) {
    for (std::size_t f = 0; f < model.state_counts.size(); ++f) {
        if (model.transition_factors[f] != FactorList{f}) {
            return "transition_factors[" + std::to_string(f) + "] is " +
                   shape_text(model.transition_factors[f]) +
                   ", plain message passing expects a factor that depends on itself alone: use "
                   "the factorised form";
        }
    }
    return std::nullopt;
}

MarginalMessagePassing::MarginalMessagePassing(const FactoredModel& model,
                                               TrajectoryLengths lengths,
                                               MarginalMessageOptions options)
    : options_(options)
    , lengths_(lengths)
    , state_counts_(model.state_counts)
    , likelihoods_(checked(model, options.form),
                   lengths.observed,
                   options.form == MessageForm::plain ? LikelihoodForm::joint
                                                      : LikelihoodForm::factorised,
                   options.update == MessageUpdate::fixed_point)
    , transitions_(model, TransitionTable::probability, kLogFloor)
    , prior_(state_counts_)
    , log_prior_(state_counts_) {
    const std::size_t states = *std::ranges::max_element(state_counts_);
    evidence_.resize(states);
    context_.resize(states);
    message_.resize(states);
    set_prior(prior_);
}

Trajectory MarginalMessagePassing::trajectory() const {
    return Trajectory(steps(lengths_.observed, lengths_.horizon), Beliefs(state_counts_));
}

void MarginalMessagePassing::observe(std::span<const Outcome> window) noexcept {
    likelihoods_.observe(window, work_);
}

void MarginalMessagePassing::set_prior(const Beliefs& prior) noexcept {
    std::ranges::copy(prior.values(), prior_.values().begin());
    std::ranges::transform(prior.values(), log_prior_.values().begin(), log_eps);
    work_.logarithms += prior.values().size();
}

TrajectoryResult MarginalMessagePassing::infer(ActionRows actions,
                                               std::span<Beliefs> trajectory,
                                               const CancelCheck& cancelled) noexcept {
    const std::size_t factors = state_counts_.size();
    const std::size_t observed = actions.previous.size() / factors + 1;
    const std::size_t horizon = actions.policy.size() / factors;
    const std::size_t n = steps(observed, horizon);
    Call call{.actions = actions,
              .trajectory = trajectory.first(n),
              .last = n - 1,
              .cut = observed + horizon < 2 ? 0 : observed + horizon - 2};
    for (Beliefs& beliefs : call.trajectory) {
        beliefs.set_uniform();
    }
    TrajectoryResult result;
    for (std::size_t iteration = 0; iteration < options_.iterations; ++iteration) {
        if (cancelled && cancelled()) {
            result.cancelled = true;
            break;
        }
        result.free_energy = sweep(call);
        ++result.iterations;
        ++work_.iterations;
    }
    return result;
}

double MarginalMessagePassing::sweep(Call& call) noexcept {
    double free_energy = 0;
    for (call.step = 0; call.step <= call.last; ++call.step) {
        for (call.factor = 0; call.factor < state_counts_.size(); ++call.factor) {
            const auto evidence = std::span(evidence_).first(state_counts_[call.factor]);
            likelihoods_.message(
                call.step, call.factor, call.trajectory[call.step], evidence, work_);
            add_past(call);
            add_future(call);
            if (options_.update == MessageUpdate::gradient) {
                free_energy += climb(call);
            } else {
                jump(call);
            }
        }
        if (options_.update == MessageUpdate::fixed_point) {
            free_energy += step_energy(call);
        }
    }
    return free_energy;
}

void MarginalMessagePassing::add_past(const Call& call) noexcept {
    const std::size_t states = state_counts_[call.factor];
    if (call.step == 0) {
        std::ranges::copy(log_prior_[call.factor], context_.begin());
        return;
    }
    const std::size_t action = call.action(call.step - 1, call.factor);
    const auto message = std::span(message_).first(states);
    transitions_.forward(call.factor, action, call.trajectory[call.step - 1], message, work_);
    std::ranges::transform(message, context_.begin(), log_eps);
    work_.logarithms += states;
}

void MarginalMessagePassing::add_future(const Call& call) noexcept {
    if (call.step >= call.cut) {
        return;
    }
    const std::size_t states = state_counts_[call.factor];
    const auto message = std::span(message_).first(states);
    const Beliefs& after = call.trajectory[call.step + 1];
    const double share = options_.form == MessageForm::plain ? 1 : 0.5;
    for (const TransitionArc& arc : transitions_.arcs(call.factor)) {
        const std::size_t action = call.action(call.step, arc.child);
        transitions_.reversed(arc, action, after[arc.child], after, message, work_);
        for (std::size_t s = 0; s < states; ++s) {
            context_[s] += share * log_eps(message[s]);
        }
        work_.logarithms += states;
    }
}

// One step along the error. The mean of the error, which the literature subtracts, does not change
// what softmax returns.
double MarginalMessagePassing::climb(const Call& call) noexcept {
    const std::span<double> q = call.trajectory[call.step][call.factor];
    const double weight = call.step >= call.cut ? 1 : 2;
    const double factors = static_cast<double>(state_counts_.size());
    const bool at_end = call.step == 0 || call.step == call.last;
    const double shared = at_end ? 0 : (factors - 1) / factors;
    double free_energy = 0;
    for (std::size_t s = 0; s < q.size(); ++s) {
        const double log_q = log_eps(q[s]);
        const double error = weight * (evidence_[s] - log_q) + context_[s];
        free_energy += q[s] * 0.5 * (error - shared * evidence_[s]);
        q[s] = log_q + options_.step_size * error;
    }
    work_.logarithms += q.size();
    softmax(q);
    return free_energy;
}

void MarginalMessagePassing::jump(const Call& call) noexcept {
    const std::span<double> q = call.trajectory[call.step][call.factor];
    for (std::size_t s = 0; s < q.size(); ++s) {
        q[s] = evidence_[s] + context_[s];
    }
    softmax(q);
}

// The prior enters as it is, without a logarithm: as in the program that the golden data is of.
double MarginalMessagePassing::step_energy(const Call& call) noexcept {
    const Beliefs& q = call.trajectory[call.step];
    const auto values = q.values();
    double free_energy = 0;
    for (std::size_t at = 0; at < values.size(); ++at) {
        free_energy += values[at] * (log_eps(values[at]) - prior_.values()[at]);
    }
    work_.logarithms += values.size();
    if (call.step < likelihoods_.observed()) {
        free_energy -= likelihoods_.expected_log(call.step, q, work_);
    }
    return free_energy;
}

} // namespace assay::active_inference
