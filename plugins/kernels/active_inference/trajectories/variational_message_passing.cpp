#include "active_inference/trajectories/variational_message_passing.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {

VariationalMessagePassing::VariationalMessagePassing(const FactoredModel& model,
                                                     TrajectoryLengths lengths,
                                                     VariationalMessageOptions options)
    : options_(options)
    , lengths_(lengths)
    , state_counts_(model.state_counts)
    , likelihoods_(model, lengths.observed, LikelihoodForm::log_clip)
    , transitions_(model,
                   options.rule == ParallelRule::vmp ? TransitionTable::log_clip
                                                     : TransitionTable::probability,
                   0)
    , log_prior_(state_counts_)
    , before_(trajectory())
    , after_(before_) {
    const std::size_t states = *std::ranges::max_element(state_counts_);
    field_.resize(states);
    message_.resize(states);
    set_prior(log_prior_);
}

Trajectory VariationalMessagePassing::trajectory() const {
    return Trajectory(lengths_.observed + lengths_.horizon, Beliefs(state_counts_));
}

void VariationalMessagePassing::observe(std::span<const Outcome> window) noexcept {
    likelihoods_.observe(window, work_);
}

void VariationalMessagePassing::set_prior(const Beliefs& prior) noexcept {
    std::ranges::transform(prior.values(), log_prior_.values().begin(), log_clip);
    work_.logarithms += prior.values().size();
}

TrajectoryResult VariationalMessagePassing::infer(ActionRows actions,
                                                  std::span<Beliefs> trajectory,
                                                  const CancelCheck& cancelled) noexcept {
    const std::size_t steps = actions.size() / state_counts_.size() + 1;
    for (std::size_t t = 0; t < steps; ++t) {
        before_[t].set_uniform();
    }
    Call call{.actions = actions, .last = steps - 1};
    TrajectoryResult result;
    for (std::size_t iteration = 0; iteration < options_.iterations; ++iteration) {
        if (cancelled && cancelled()) {
            result.cancelled = true;
            break;
        }
        for (call.step = 0; call.step < steps; ++call.step) {
            for (call.factor = 0; call.factor < state_counts_.size(); ++call.factor) {
                update(call);
            }
        }
        std::swap(before_, after_);
        ++result.iterations;
        ++work_.iterations;
    }
    std::copy_n(before_.begin(), steps, trajectory.begin());
    return result;
}

void VariationalMessagePassing::update(const Call& call) noexcept {
    const std::span<const double> old = std::as_const(before_)[call.step][call.factor];
    const std::span<double> next = after_[call.step][call.factor];
    const auto field = std::span(field_).first(old.size());
    likelihoods_.message(call.step, call.factor, before_[call.step], field, work_);
    add_past(call, field);
    add_future(call, field);
    for (std::size_t s = 0; s < old.size(); ++s) {
        const double log_q = log_clip(old[s]);
        next[s] = log_q + options_.step_size * (field[s] - log_q);
    }
    work_.logarithms += old.size();
    softmax(next);
}

void VariationalMessagePassing::add_past(const Call& call, std::span<double> field) noexcept {
    const bool marginal = options_.rule == ParallelRule::mmp;
    // The marginal rule counts what comes from both sides half, so that it is not counted twice.
    const double share = marginal && call.step < call.last ? 0.5 : 1;
    const auto message = std::span(message_).first(field.size());
    std::span<const double> past = log_prior_[call.factor];
    if (call.step > 0) {
        const std::size_t row = (call.step - 1) * state_counts_.size();
        transitions_.forward(
            call.factor, call.actions[row + call.factor], before_[call.step - 1], message, work_);
        if (marginal) {
            std::ranges::transform(message, message.begin(), log_clip);
            work_.logarithms += message.size();
        }
        past = message;
    }
    for (std::size_t s = 0; s < field.size(); ++s) {
        field[s] += share * past[s];
    }
}

void VariationalMessagePassing::add_future(const Call& call, std::span<double> field) noexcept {
    if (call.step == call.last) {
        return;
    }
    const auto message = std::span(message_).first(field.size());
    const Beliefs& here = before_[call.step];
    const Beliefs& there = before_[call.step + 1];
    for (const TransitionArc& arc : transitions_.arcs(call.factor)) {
        const std::size_t action = call.actions[call.step * state_counts_.size() + arc.child];
        if (options_.rule == ParallelRule::vmp) {
            transitions_.gathered(arc, action, there[arc.child], here, message, work_);
            for (std::size_t s = 0; s < field.size(); ++s) {
                field[s] += message[s];
            }
        } else {
            transitions_.reversed(arc, action, there[arc.child], here, message, work_);
            for (std::size_t s = 0; s < field.size(); ++s) {
                field[s] += 0.5 * log_clip(message[s]);
            }
            work_.logarithms += field.size();
        }
    }
}

} // namespace assay::active_inference
