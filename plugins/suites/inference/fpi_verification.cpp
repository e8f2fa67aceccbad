#include "fpi_verification.hpp"

#include "active_inference/number_text.hpp"
#include "active_inference/state_inference/exact_posterior.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "plain_fixed_point.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// Entries of tables that plain sweeps look at, of all observations: some tens of milliseconds.
constexpr std::size_t kVisitsOfSweeps = 2'000'000;

// Sums of some 1e6 products in another order.
constexpr double kFixedPointSlack = 1e-9;

double fpi_slack(double value) {
    return kFixedPointSlack * std::max(1.0, std::abs(value));
}

[[noreturn]] void refuse(std::size_t observation, const std::string& what) {
    throw assay::wrong_result("observation " + std::to_string(observation) + ": " + what);
}

void check_distributions(std::size_t observation, const ai::Beliefs& q) {
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        double sum = 0;
        for (const double share : q[factor]) {
            if (!std::isfinite(share) || share < 0) {
                refuse(observation,
                       "the belief about factor " + std::to_string(factor) + " holds " +
                           ai::number_text(share) + ", expected a probability");
            }
            sum += share;
        }
        if (std::abs(sum - 1) > kFixedPointSlack) {
            refuse(observation,
                   "the belief about factor " + std::to_string(factor) + " sums to " +
                       ai::number_text(sum) + ", expected 1");
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
        if (sweep > 0 && now > before + fpi_slack(before)) {
            refuse(at,
                   "sequential sweep " + std::to_string(sweep + 1) + " raised F from " +
                       ai::number_text(before) + " to " + ai::number_text(now));
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
        if (!(std::abs(defined - free_energy) <= fpi_slack(defined))) {
            refuse(at,
                   "F is " + ai::number_text(free_energy) + ", by its definition " +
                       ai::number_text(defined));
        }
        quality.values_compared += q.values().size() + 1;
        const auto exact = ai::exact_posterior(problem_.model, tables_, problem_.prior);
        if (!exact) {
            return;
        }
        const double gap = free_energy + exact->log_evidence;
        if (gap < -fpi_slack(free_energy)) {
            refuse(at,
                   "F is " + ai::number_text(free_energy) +
                       ", below -ln p(o) = " + ai::number_text(-exact->log_evidence));
        }
        double error = 0;
        for (std::size_t i = 0; i < q.values().size(); ++i) {
            error = std::max(error, std::abs(q.values()[i] - exact->marginals.values()[i]));
        }
        if (q.size() == 1 && error > kFixedPointSlack) {
            refuse(at, "one factor, yet " + ai::number_text(error) + " off the exact posterior");
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

std::uint64_t check_sweeps(const InferenceProblem& problem,
                           std::size_t observation,
                           const ai::FixedPointOptions& options,
                           std::size_t sweeps,
                           const BeliefsAfter& after,
                           std::size_t& visits_left) {
    PlainFixedPoint plain(problem.model, problem.observations[observation], problem.prior, options);
    std::uint64_t compared = 0;
    ai::Beliefs before(problem.model.state_counts);
    for (std::size_t sweep = 1; sweep <= sweeps && (sweep == 1 || visits_left > 0); ++sweep) {
        const ai::Beliefs expected = plain.sweep(before);
        before = after(sweep);
        for (std::size_t i = 0; i < expected.values().size(); ++i) {
            const double found = before.values()[i], wanted = expected.values()[i];
            if (!(std::abs(found - wanted) <= kFixedPointSlack)) {
                refuse(observation,
                       "belief " + std::to_string(i) + " after sweep " + std::to_string(sweep) +
                           " is " + ai::number_text(found) + ", by the formula " +
                           ai::number_text(wanted));
            }
        }
        compared += expected.values().size();
        visits_left -= std::min(visits_left, plain.visits());
    }
    return compared;
}

FpiQuality verify_fpi(const InferenceProblem& problem,
                      const ai::FixedPointOptions& options,
                      const ai::LogLikelihoodOptions& likelihood) {
    FpiQuality quality;
    // The same solver for all sweeps and for the first ones alone.
    std::size_t most = 0, asked = 0;
    ai::FixedPointOptions counted = options;
    counted.cancelled = [&] { return asked++ == most; };
    ai::StateInference infer(problem.model, counted, likelihood);
    Definition definition(problem);
    ai::Beliefs q(problem.model.state_counts);
    const double below = options.tolerance > 0 ? options.tolerance : kConvergedBelow;
    std::size_t visits_left = kVisitsOfSweeps;
    for (std::size_t at = 0; at < problem.observations.size(); ++at) {
        const auto solve = [&](std::size_t sweeps) {
            most = sweeps;
            asked = 0;
            return infer(problem.observations[at], problem.prior, q);
        };
        const auto after = [&](std::size_t sweeps) {
            (void)solve(sweeps);
            return q;
        };
        const ai::FixedPointResult found = solve(options.max_sweeps);
        check_distributions(at, q);
        definition.check(at, q, found.free_energy, quality);
        if (at == 0 || visits_left > 0) {
            quality.values_compared +=
                check_sweeps(problem, at, options, found.sweeps, after, visits_left);
        }
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
