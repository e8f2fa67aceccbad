#include "fpi_verification.hpp"

#include "active_inference/state_inference/exact_posterior.hpp"
#include "active_inference/state_inference/free_energy.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// Sums of some 1e6 products in another order.
constexpr double kSlack = 1e-9;

double slack(double value) {
    return kSlack * std::max(1.0, std::abs(value));
}

[[noreturn]] void refuse(std::size_t observation, const std::string& what) {
    throw assay::wrong_result("observation " + std::to_string(observation) + ": " + what);
}

void check_beliefs(std::size_t observation, const ai::Beliefs& q) {
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        double sum = 0;
        for (const double share : q[factor]) {
            if (!std::isfinite(share) || share < 0) {
                refuse(observation,
                       "the belief about factor " + std::to_string(factor) + " holds " +
                           std::to_string(share) + ", expected a probability");
            }
            sum += share;
        }
        if (std::abs(sum - 1) > kSlack) {
            refuse(observation,
                   "the belief about factor " + std::to_string(factor) + " sums to " +
                       std::to_string(sum) + ", expected 1");
        }
    }
}

void check_sequential_descent(std::size_t at,
                              const InferenceProblem& problem,
                              const ai::LogLikelihoodOptions& likelihood,
                              std::size_t sweeps) {
    ai::StateInference once(problem.model, {.max_sweeps = 1, .tolerance = 0}, likelihood);
    ai::Beliefs q(problem.model.state_counts);
    double before = 0;
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep) {
        const double now = once.refine(problem.observations[at], problem.prior, q).free_energy;
        if (sweep > 0 && now > before + slack(before)) {
            refuse(at,
                   "sequential sweep " + std::to_string(sweep + 1) + " raised F from " +
                       std::to_string(before) + " to " + std::to_string(now));
        }
        before = now;
    }
}

// What the definition says of the beliefs that were found.
class Definition {
public:
    explicit Definition(const InferenceProblem& problem)
        : problem_(problem)
        , tables_(problem.model)
        , energy_(problem.model) {}

    void check(std::size_t at, const ai::Beliefs& q, double free_energy, FpiQuality& quality) {
        tables_.observe(problem_.observations[at]);
        const double defined = energy_(tables_, problem_.prior, q);
        if (!(std::abs(defined - free_energy) <= slack(defined))) {
            refuse(at,
                   "F is " + std::to_string(free_energy) + ", by its definition " +
                       std::to_string(defined));
        }
        quality.values_compared += q.values().size() + 1;
        const auto exact = ai::exact_posterior(problem_.model, tables_, problem_.prior);
        if (!exact) {
            return;
        }
        const double gap = free_energy + exact->log_evidence;
        if (gap < -slack(free_energy)) {
            refuse(at,
                   "F is " + std::to_string(free_energy) +
                       ", below -ln p(o) = " + std::to_string(-exact->log_evidence));
        }
        double error = 0;
        for (std::size_t i = 0; i < q.values().size(); ++i) {
            error = std::max(error, std::abs(q.values()[i] - exact->marginals.values()[i]));
        }
        if (q.size() == 1 && error > kSlack) {
            refuse(at, "one factor, yet " + std::to_string(error) + " off the exact posterior");
        }
        quality.error = std::max(quality.error.value_or(0), error);
        quality.gap = quality.gap.value_or(0) + gap;
        quality.values_compared += q.values().size() + 1;
    }

private:
    const InferenceProblem& problem_;
    ai::LogLikelihood tables_;
    ai::FreeEnergy energy_;
};

} // namespace

FpiQuality verify_fpi(const InferenceProblem& problem,
                      const ai::FixedPointOptions& options,
                      const ai::LogLikelihoodOptions& likelihood) {
    FpiQuality quality;
    ai::StateInference infer(problem.model, options, likelihood);
    Definition definition(problem);
    ai::Beliefs q(problem.model.state_counts);
    const double below = options.tolerance > 0 ? options.tolerance : kConvergedBelow;
    for (std::size_t at = 0; at < problem.observations.size(); ++at) {
        const ai::FixedPointResult found = infer(problem.observations[at], problem.prior, q);
        check_beliefs(at, q);
        definition.check(at, q, found.free_energy, quality);
        if (options.schedule == ai::Schedule::sequential) {
            check_sequential_descent(at, problem, likelihood, found.sweeps);
            quality.values_compared += found.sweeps - 1;
        }
        quality.sweeps += static_cast<double>(found.sweeps);
        quality.free_energy += found.free_energy;
        quality.converged += found.converged || found.change < below ? 1 : 0;
    }
    const auto count = static_cast<double>(problem.observations.size());
    quality.sweeps /= count;
    quality.free_energy /= count;
    quality.converged /= count;
    if (quality.gap) {
        *quality.gap /= count;
    }
    return quality;
}

} // namespace assay::inference
