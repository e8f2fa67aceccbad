// Marginal message passing (MMP; Parr et al. 2019): beliefs about all time steps of a window and of
// the future that a policy plans, by messages from the past, the future and the observations.
// Logarithm dialect `eps`.
//
//   MarginalMessagePassing solver(model, {.observed = 3, .horizon = 2}, {.iterations = 10});
//   Trajectory trajectory = solver.trajectory();             // of the longest window
//   solver.observe(window);                                  // once for all policies
//   solver.set_prior(prior);                                 // likewise
//   auto [free_energy, iterations, cancelled] = solver.infer({taken, planned}, trajectory);
//
// Approximate, not even exact on a chain: chain_smoothing.hpp gives the error. Two forms, which
// differ in their numbers: `plain` takes one likelihood over all factors and needs factors that
// depend on themselves alone; `factorised` takes the logarithm per modality and halves the message
// from the future.
//
// Allocates in its constructor only. One thread at a time. Same inputs, same bits.
#pragma once

#include "active_inference/trajectories/observed_likelihoods.hpp"
#include "active_inference/trajectories/transition_messages.hpp"

#include <optional>
#include <string>

namespace assay::active_inference {

enum class MessageForm { plain, factorised };
enum class MessageUpdate { gradient, fixed_point };

struct MarginalMessageOptions {
    MessageForm form = MessageForm::factorised;
    MessageUpdate update = MessageUpdate::gradient;
    double step_size = 0.25; // tau, of the gradient
    std::size_t iterations = 10;
    bool last_timestep = false; // the last planned row leads nowhere: n = P + H - 1
};

// Why MessageForm::plain cannot take a model: it has no message to a parent that is not the factor
// itself.
[[nodiscard]] std::optional<std::string> plain_form_fault(const FactoredModel& model);

class MarginalMessagePassing {
public:
    // The model is copied as far as it is needed and must be without fault. Throws
    // std::invalid_argument naming the factor that `plain` cannot take, std::length_error where its
    // tables are too large (joint_likelihood.hpp).
    MarginalMessagePassing(const FactoredModel& model,
                           TrajectoryLengths lengths,
                           MarginalMessageOptions options = {});

    [[nodiscard]] std::size_t steps(std::size_t observed, std::size_t horizon) const noexcept {
        return observed + horizon - (options_.last_timestep && horizon > 0 ? 1 : 0);
    }

    // Uniform, with room for the longest window and policy.
    [[nodiscard]] Trajectory trajectory() const;

    // P steps, 1 <= P <= lengths.observed; without fault (window_fault.hpp).
    void observe(std::span<const Outcome> window) noexcept;
    void set_prior(const Beliefs& prior) noexcept;

    // P - 1 previous rows and the policy's; without fault. Overwrites the first steps(P, H) beliefs
    // of the trajectory.
    TrajectoryResult infer(ActionRows actions,
                           std::span<Beliefs> trajectory,
                           const CancelCheck& cancelled = {}) noexcept;

    // Since construction.
    [[nodiscard]] const TrajectoryWork& work() const noexcept { return work_; }

private:
    struct Call {
        ActionRows actions;
        std::span<Beliefs> trajectory;
        std::size_t last = 0;   // index of the last step
        std::size_t cut = 0;    // from here on nothing comes from the future
        std::size_t factor = 0; // the one being updated, at `step`
        std::size_t step = 0;

        [[nodiscard]] std::size_t action(std::size_t transition, std::size_t of) const noexcept {
            return actions[transition * trajectory[0].size() + of];
        }
    };

    void add_past(const Call& call) noexcept;
    void add_future(const Call& call) noexcept;
    [[nodiscard]] double climb(const Call& call) noexcept;
    void jump(const Call& call) noexcept;
    [[nodiscard]] double step_energy(const Call& call) noexcept;
    [[nodiscard]] double sweep(Call& call) noexcept;

    MarginalMessageOptions options_;
    TrajectoryLengths lengths_;
    std::vector<std::size_t> state_counts_;
    ObservedLikelihoods likelihoods_;
    TransitionMessages transitions_;
    Beliefs prior_;
    Beliefs log_prior_;
    std::vector<double> evidence_; // the messages to one factor: lnA,
    std::vector<double> context_;  // past + future,
    std::vector<double> message_;  // and one on its way
    TrajectoryWork work_;
};

} // namespace assay::active_inference
