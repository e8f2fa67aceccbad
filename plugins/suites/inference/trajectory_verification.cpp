#include "trajectory_verification.hpp"

#include "active_inference/number_text.hpp"
#include "joint_chain.hpp"
#include "model_reversal.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// Sums in another order, through some hundred exponentials.
constexpr double kTrajectorySlack = 1e-9;

std::string place(std::size_t step, std::size_t factor) {
    return "the belief at step " + std::to_string(step) + " about factor " + std::to_string(factor);
}

bool within_slack(double found, double expected) {
    return std::abs(found - expected) <= kTrajectorySlack * std::max(1.0, std::abs(expected));
}

std::uint64_t compare_step(std::size_t step,
                           const ai::Beliefs& found,
                           const ai::Beliefs& expected,
                           const std::string& way) {
    for (std::size_t factor = 0; factor < expected.size(); ++factor) {
        for (std::size_t s = 0; s < expected[factor].size(); ++s) {
            if (!within_slack(found[factor][s], expected[factor][s])) {
                throw assay::wrong_result(place(step, factor) + " gives state " +
                                          std::to_string(s) + " " +
                                          ai::number_text(found[factor][s]) + ", but " +
                                          ai::number_text(expected[factor][s]) + " " + way);
            }
        }
    }
    return expected.values().size();
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
                                              ai::number_text(share) + ", expected a probability");
                }
                sum += share;
                ++compared;
            }
            if (std::abs(sum - 1) > kTrajectorySlack) {
                throw assay::wrong_result(place(step, factor) + " sums to " + ai::number_text(sum) +
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
        compared += compare_step(step,
                                 trajectory[step],
                                 reversed(of_reversed[step]),
                                 "with the model's states in the opposite order");
    }
    return compared;
}

std::uint64_t check_rounds(const WindowProblem& problem,
                           std::size_t rounds,
                           const RoundsAfter& after,
                           const PlainRounds& plain) {
    std::uint64_t compared = 0;
    const auto check = [&](std::size_t round) {
        const RoundsFound found = after(round);
        ai::Trajectory expected(found.trajectory.size(), ai::Beliefs(problem.model.state_counts));
        if (round > 1) {
            expected = after(round - 1).trajectory;
        }
        const PlainRound done = plain(expected);
        const std::string way = "by the formula after round " + std::to_string(round);
        for (std::size_t step = 0; step < done.steps; ++step) {
            compared += compare_step(step, found.trajectory[step], expected[step], way);
        }
        if (done.free_energy && !within_slack(found.free_energy, *done.free_energy)) {
            throw assay::wrong_result("F is " + ai::number_text(found.free_energy) + ", but " +
                                      ai::number_text(*done.free_energy) + " " + way);
        }
        compared += done.free_energy ? 1 : 0;
    };
    check(1);
    if (rounds > 1) {
        check(rounds);
    }
    return compared;
}

std::optional<Truth> truth_of(const WindowProblem& problem,
                              std::span<const ai::Beliefs> trajectory) {
    const auto exact = exact_trajectory(problem);
    if (!exact) {
        return std::nullopt;
    }
    Truth truth{0, exact->log_evidence};
    for (std::size_t step = 0; step < trajectory.size(); ++step) {
        const std::span<const double> found = trajectory[step].values();
        const std::span<const double> expected = std::as_const(exact->trajectory[step]).values();
        for (std::size_t at = 0; at < found.size(); ++at) {
            truth.error = std::max(truth.error, std::abs(found[at] - expected[at]));
        }
    }
    return truth;
}

} // namespace assay::inference
