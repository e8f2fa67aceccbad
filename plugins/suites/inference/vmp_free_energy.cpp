#include "vmp_free_energy.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "active_inference/state_inference/log_likelihood.hpp"
#include "active_inference/trajectories/transition_messages.hpp"

#include <vector>

namespace assay::inference {

namespace ai = active_inference;

namespace {

double expected(std::span<const double> q, std::span<const double> values) {
    double sum = 0;
    for (std::size_t s = 0; s < q.size(); ++s) {
        sum += q[s] * values[s];
    }
    return sum;
}

} // namespace

double trajectory_free_energy(const WindowProblem& problem,
                              std::span<const ai::Beliefs> trajectory) {
    const ai::FactoredModel& model = problem.model;
    const std::size_t factors = model.state_counts.size();
    const std::size_t modalities = model.outcome_counts.size();
    ai::TransitionMessages transitions(model, ai::TransitionTable::log_clip, 0);
    ai::LogLikelihood tables(model, {.dialect = ai::LogDialect::clip});
    ai::FreeEnergy energy(model);
    ai::TrajectoryWork ignored;
    double sum = 0;
    for (std::size_t t = 0; t < trajectory.size(); ++t) {
        for (std::size_t f = 0; f < factors; ++f) {
            std::vector<double> past(model.state_counts[f]);
            if (t == 0) {
                for (std::size_t s = 0; s < past.size(); ++s) {
                    past[s] = ai::log_clip(problem.prior[f][s]);
                }
            } else {
                transitions.forward(
                    f, problem.actions()[(t - 1) * factors + f], trajectory[t - 1], past, ignored);
            }
            for (const double share : trajectory[t][f]) {
                sum += share * ai::log_clip(share);
            }
            sum -= expected(trajectory[t][f], past);
        }
        for (std::size_t m = 0; t < problem.lengths.observed && m < modalities; ++m) {
            tables.observe(m, problem.window[t * modalities + m]);
            sum -= energy.accuracy(m, tables[m], trajectory[t]);
        }
    }
    return sum;
}

} // namespace assay::inference
