#include "mmp_window.hpp"

#include "active_inference/state_inference/state_inference.hpp"
#include "active_inference/trajectories/window_fault.hpp"
#include "model_axis.hpp"
#include "random_source/random_source.hpp"

#include <stdexcept>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kActionSeed = 3;

} // namespace

WindowProblem window_problem_of(const assay::params& params, ai::TrajectoryLengths lengths) {
    WindowProblem problem;
    problem.model = model_of(params);
    if (problem.model.outcome_counts.empty()) {
        throw assay::skip("model=" + params.str("model") +
                          " has no modality: without observations there is nothing to infer");
    }
    problem.prior = ai::prior_beliefs(problem.model);
    problem.lengths = lengths;
    RandomSource random(derived_seed(params.seed(), kActionSeed));
    const auto draw = [&](std::size_t rows) {
        std::vector<std::size_t> actions;
        for (std::size_t row = 0; row < rows; ++row) {
            for (const std::size_t count : problem.model.action_counts) {
                actions.push_back(random.below(static_cast<std::uint32_t>(count)));
            }
        }
        return actions;
    };
    problem.taken = draw(lengths.observed - 1);
    problem.window = window_of(params, problem.model, problem.taken, lengths.observed);
    problem.planned = draw(lengths.horizon);
    if (const auto fault = ai::window_fault(
            problem.model, lengths, {problem.window, problem.prior, problem.actions()})) {
        throw std::logic_error("the window of the case: " + fault->message);
    }
    return problem;
}

} // namespace assay::inference
