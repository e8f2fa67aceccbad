#include "mmp_verification.hpp"

#include "active_inference/trajectories/chain_smoothing.hpp"
#include "model_reversal.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// Sums in another order, through some hundred exponentials.
constexpr double kSlack = 1e-9;

std::string place(std::size_t step, std::size_t factor) {
    return "the belief at step " + std::to_string(step) + " about factor " + std::to_string(factor);
}

} // namespace

std::uint64_t check_beliefs(std::span<const ai::Beliefs> trajectory) {
    std::uint64_t compared = 0;
    for (std::size_t step = 0; step < trajectory.size(); ++step) {
        for (std::size_t factor = 0; factor < trajectory[step].size(); ++factor) {
            double sum = 0;
            for (const double share : trajectory[step][factor]) {
                if (!std::isfinite(share) || share < 0) {
                    throw assay::wrong_result(place(step, factor) + " holds " +
                                              std::to_string(share) + ", expected a probability");
                }
                sum += share;
                ++compared;
            }
            if (std::abs(sum - 1) > kSlack) {
                throw assay::wrong_result(place(step, factor) + " sums to " + std::to_string(sum) +
                                          ", expected 1");
            }
        }
    }
    return compared;
}

std::uint64_t check_reversal(std::span<const ai::Beliefs> trajectory,
                             std::span<const ai::Beliefs> of_reversed) {
    std::uint64_t compared = 0;
    for (std::size_t step = 0; step < trajectory.size(); ++step) {
        const ai::Beliefs back = reversed(of_reversed[step]);
        for (std::size_t factor = 0; factor < back.size(); ++factor) {
            for (std::size_t s = 0; s < back[factor].size(); ++s) {
                const double here = trajectory[step][factor][s], there = back[factor][s];
                if (!(std::abs(here - there) <= kSlack)) {
                    throw assay::wrong_result(place(step, factor) + " gives state " +
                                              std::to_string(s) + " " + std::to_string(here) +
                                              ", but " + std::to_string(there) +
                                              " with the model's states in the opposite order");
                }
                ++compared;
            }
        }
    }
    return compared;
}

std::optional<ChainTruth> chain_truth(const WindowProblem& problem,
                                      std::span<const ai::Beliefs> trajectory) {
    if (problem.model.state_counts.size() != 1) {
        return std::nullopt;
    }
    ai::ChainSmoothing smoothing(problem.model, problem.lengths);
    ai::Trajectory exact(trajectory.begin(), trajectory.end());
    smoothing.observe(problem.window);
    ChainTruth truth{0, smoothing.infer(problem.prior, problem.actions(), exact)};
    for (std::size_t step = 0; step < exact.size(); ++step) {
        for (std::size_t s = 0; s < exact[step][0].size(); ++s) {
            truth.error =
                std::max(truth.error, std::abs(exact[step][0][s] - trajectory[step][0][s]));
        }
    }
    return truth;
}

} // namespace assay::inference
