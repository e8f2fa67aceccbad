#include "optimum_check.hpp"

#include "active_inference/hierarchy/belief_change.hpp"
#include "active_inference/number_text.hpp"

#include <assay/suite.hpp>

#include <algorithm>
#include <cmath>

namespace assay::selective_updates {

namespace ai = active_inference;

using ai::number_text;

namespace {

constexpr ai::LogLikelihoodOptions kCheckLikelihood{.dialect = ai::LogDialect::eps, .cached = true};

} // namespace

OptimumCheck::OptimumCheck(const ai::FactoredModel& model,
                           const ai::Beliefs& prior,
                           double tolerance)
    : prior_(prior)
    , swept_(prior)
    , step_max_(std::sqrt(tolerance))
    , tables_(model, kCheckLikelihood)
    , energy_(model)
    , joint_(model, ai::modality_groups(model), kCheckLikelihood)
    , sweep_(model.state_counts, joint_.groups(), {.max_sweeps = 1, .tolerance = 0}) {}

void OptimumCheck::observe(std::size_t position, ai::Observation observation) noexcept {
    position_ = position;
    tables_.observe(observation);
    joint_.observe(observation);
}

std::span<const double> OptimumCheck::sums() const noexcept {
    return {joint_.tables()[0], joint_.groups()[0].entries};
}

double OptimumCheck::require_optimum(const char* path, const ReportedOptimum& reported) {
    swept_ = *reported.q;
    (void)sweep_(joint_.tables(), prior_, swept_);
    const double step = ai::largest_change(swept_.values(), reported.q->values());
    const double energy = energy_(tables_, prior_, *reported.q);
    const std::string where =
        " of the " + std::string(path) + " path at observation " + std::to_string(position_);
    if (!(step <= step_max_)) {
        throw assay::wrong_result(
            "beliefs" + where + " are no optimum: one more sweep moves them by " +
            number_text(step) + ", expected at most " + number_text(step_max_));
    }
    if (!(std::abs(energy - reported.free_energy) <= kSameEnergy)) {
        throw assay::wrong_result("free energy" + where + " is reported as " +
                                  number_text(reported.free_energy) + ", that of its beliefs is " +
                                  number_text(energy) + ", expected the same within 1e-9");
    }
    found_.largest_step = std::max(found_.largest_step, step);
    return energy;
}

void OptimumCheck::compare(const ReportedOptimum& selective, const ReportedOptimum& full) {
    const double apart =
        std::abs(require_optimum("selective", selective) - require_optimum("full", full));
    const double difference = ai::largest_change(selective.q->values(), full.q->values());
    ++found_.observations;
    found_.values += full.q->values().size();
    found_.largest_difference = std::max(found_.largest_difference, difference);
    if (difference > kSame) {
        ++(apart > kSameEnergy ? found_.other_optima : found_.flat_optima);
    }
}

void OptimumCheck::finish() const {
    const auto allowed = kElsewhereMax * static_cast<double>(found_.observations);
    if (static_cast<double>(found_.elsewhere()) > allowed) {
        throw assay::wrong_result(
            "beliefs of the selective path are more than 1e-5 from those of the full path at " +
            std::to_string(found_.elsewhere()) + " of " + std::to_string(found_.observations) +
            " observations, " + std::to_string(found_.other_optima) +
            " of them at another free energy, expected at most a quarter elsewhere");
    }
}

} // namespace assay::selective_updates
