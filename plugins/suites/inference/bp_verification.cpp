#include "bp_verification.hpp"

#include "active_inference/number_text.hpp"
#include "bp_exact.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr double kMarginalSlack = 1e-9;

[[noreturn]] void
refuse_marginal(const std::string& where, double found, const std::string& expected) {
    throw assay::wrong_result(where + " is " + ai::number_text(found) + ", expected " + expected);
}

void check_marginals(const BpRun& run, BpQuality& quality) {
    for (std::size_t v = 0; v < run.graph.extents.size(); ++v) {
        double sum = 0;
        for (const double share : run.solver.marginal(v)) {
            if (!std::isfinite(share) || share < 0) {
                refuse_marginal("an entry of the marginal of variable " + std::to_string(v),
                                share,
                                "a probability");
            }
            sum += share;
            ++quality.values_compared;
        }
        if (std::abs(sum - 1) > kMarginalSlack) {
            refuse_marginal("the sum of the marginal of variable " + std::to_string(v), sum, "1");
        }
    }
}

// Sums the marginal over a factor's variables down to its last one and to its first one.
void check_consistency(const BpRun& run, std::size_t number, double slack, BpQuality& quality) {
    const ai::GraphFactor& factor = run.graph.factors[number];
    std::vector<double> joint(factor.table.size());
    if (!run.solver.factor_marginal(number, joint)) {
        refuse_marginal(
            "the marginal of factor " + std::to_string(number), 0, "one after convergence");
    }
    const std::size_t first = factor.variables.front(), last = factor.variables.back();
    std::vector<double> of_first(run.graph.extents[first], 0.0),
        of_last(run.graph.extents[last], 0.0);
    for (std::size_t i = 0; i < joint.size(); ++i) {
        of_first[i / (joint.size() / of_first.size())] += joint[i];
        of_last[i % of_last.size()] += joint[i];
    }
    const auto compare = [&](std::size_t variable, const std::vector<double>& sums) {
        for (std::size_t s = 0; s < sums.size(); ++s) {
            const double share = run.solver.marginal(variable)[s];
            if (!(std::abs(sums[s] - share) <= slack)) {
                refuse_marginal("the marginal of factor " + std::to_string(number) +
                                    ", summed to variable " + std::to_string(variable),
                                sums[s],
                                ai::number_text(share) + " as the variable's own");
            }
            ++quality.values_compared;
        }
    };
    compare(first, of_first);
    compare(last, of_last);
}

void compare_with_exact(const BpRun& run, BpQuality& quality) {
    const auto exact = exact_marginals(run.graph);
    // Nothing is exact of what is impossible, which loops may keep the messages from noticing.
    if (!exact || !std::isfinite(exact->log_partition)) {
        return;
    }
    double error = 0;
    for (std::size_t v = 0; v < run.graph.extents.size(); ++v) {
        for (std::size_t s = 0; s < exact->marginals[v].size(); ++s) {
            error = std::max(error, std::abs(run.solver.marginal(v)[s] - exact->marginals[v][s]));
            ++quality.values_compared;
        }
    }
    const double log_error = std::abs(*run.outcome.log_partition - exact->log_partition);
    if (!run.has_loops && run.outcome.ending == ai::Ending::converged) {
        const double slack = std::max(kMarginalSlack, 100 * run.tolerance);
        if (!(error <= slack)) {
            refuse_marginal(
                "without loops the error of the marginals", error, "at most 100 tolerances");
        }
        if (!(log_error <= slack * std::max(1.0, std::abs(exact->log_partition)))) {
            refuse_marginal(
                "without loops the error of ln Z", log_error, "at most 100 tolerances of it");
        }
    }
    quality.error = error;
    quality.log_partition_error = log_error;
    ++quality.values_compared;
}

} // namespace

BpQuality verify_bp(const BpRun& run) {
    BpQuality quality;
    if (!run.outcome.log_partition) {
        return quality;
    }
    if (!std::isfinite(*run.outcome.log_partition)) {
        refuse_marginal("ln Z", *run.outcome.log_partition, "a finite number");
    }
    check_marginals(run, quality);
    if (run.outcome.ending == ai::Ending::converged) {
        // Messages that still move by the tolerance move a marginal by a few of it.
        const double slack = std::max(kMarginalSlack, 100 * run.tolerance);
        for (std::size_t factor = 0; factor < run.graph.factors.size(); ++factor) {
            check_consistency(run, factor, slack, quality);
        }
    }
    compare_with_exact(run, quality);
    return quality;
}

} // namespace assay::inference
