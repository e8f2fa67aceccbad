// What the cases of inference over time share: a window, a solver of it, a batch of inferences, and
// its verification. The families differ in solver, options and plain round.
//
//   class VmpCase : public TrajectoryCase<VariationalMessagePassing, VariationalMessageOptions> {
//       void verify(assay::context& host);       // the rest is inherited
//   };
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/result_digest.hpp"
#include "active_inference/trajectories/trajectory.hpp"
#include "mmp_window.hpp"
#include "model_reversal.hpp"
#include "trajectory_metrics.hpp"
#include "trajectory_verification.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace assay::inference {

inline constexpr std::size_t kRoundsMax = 100'000;

template <class Solver, class Options>
class TrajectoryCase {
public:
    void run(assay::batch& batch) {
        const active_inference::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
        before_ = solver_.work();
        active_inference::ResultDigest digest;
        std::uint64_t done = 0;
        for (; done < batch.iterations(); ++done) {
            const auto found = solve(solver_, problem_, trajectory_, cancelled);
            if (found.cancelled) {
                break;
            }
            digest.add(found.free_energy);
            digest.add(trajectory_.back().values());
        }
        digest_ = digest;
        batch.done(done);
        ran_ = true;
    }

    void finish(assay::batch& batch, assay::context& host) {
        if (!std::exchange(ran_, false) || batch.done() < batch.iterations()) {
            return;
        }
        for (std::size_t step = 0; batch.done() > 0 && step < trajectory_.size(); ++step) {
            digest_.add(trajectory_[step].values());
        }
        batch.checksum(digest_.value());
        if (!batch.is_warmup() && batch.done() > 0) {
            report_trajectory_work(before_, solver_.work(), batch.done(), host);
        }
    }

protected:
    struct Verified {
        active_inference::TrajectoryResult result = {};
        active_inference::TrajectoryResult of_reversed =
            {}; // the model's states in the opposite order
        std::uint64_t compared = 0;
    };

    TrajectoryCase(WindowProblem problem, const Options& options)
        : problem_(std::move(problem))
        , options_(options)
        , solver_(problem_.model, problem_.lengths, options_)
        , trajectory_(solver_.trajectory()) {}

    // Leaves the result in trajectory(). Nothing if the host has no more time for it.
    [[nodiscard]] std::optional<Verified> verified(const PlainRounds& plain, assay::context& host) {
        const active_inference::CancelCheck cancelled = [&host] { return host.cancelled(); };
        Verified all{.result = solve(solver_, problem_, trajectory_, cancelled)};
        WindowProblem other = problem_;
        other.model = reversed(problem_.model);
        other.prior = reversed(problem_.prior);
        Solver solver(other.model, other.lengths, options_);
        active_inference::Trajectory of_other = solver.trajectory();
        all.of_reversed = solve(solver, other, of_other, cancelled);
        const auto after = [&](std::size_t rounds) {
            Options fewer = options_;
            fewer.iterations = rounds;
            Solver again(problem_.model, problem_.lengths, fewer);
            RoundsFound found{.trajectory = again.trajectory()};
            found.free_energy = solve(again, problem_, found.trajectory, cancelled).free_energy;
            return found;
        };
        if (host.cancelled()) {
            return std::nullopt;
        }
        all.compared = check_beliefs(trajectory_) + check_reversal(trajectory_, of_other) +
                       check_rounds(problem_, options_.iterations, after, plain);
        return all;
    }

    [[nodiscard]] const WindowProblem& problem() const noexcept { return problem_; }

    [[nodiscard]] const Options& options() const noexcept { return options_; }

    [[nodiscard]] const active_inference::Trajectory& trajectory() const noexcept {
        return trajectory_;
    }

private:
    static active_inference::TrajectoryResult
    solve(Solver& solver,
          const WindowProblem& problem,
          active_inference::Trajectory& trajectory,
          const active_inference::CancelCheck& cancelled) {
        solver.observe(problem.window);
        solver.set_prior(problem.prior);
        return solver.infer(problem.actions(), trajectory, cancelled);
    }

    WindowProblem problem_;
    Options options_;
    Solver solver_;
    active_inference::Trajectory trajectory_;
    active_inference::TrajectoryWork before_; // of the batch
    active_inference::ResultDigest digest_;
    bool ran_ = false;
};

} // namespace assay::inference
