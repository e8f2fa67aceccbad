#include "mmp_case.hpp"

#include "active_inference/number_text.hpp"
#include "active_inference/trajectories/step_likelihoods.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

ai::MarginalMessageOptions marginal_options(const assay::params& params) {
    const std::string form = params.str("form");
    if (form != "factorised" && form != "plain") {
        throw assay::config_error("form=" + form + ": expected factorised or plain");
    }
    return {.form = form == "plain" ? ai::MessageForm::plain : ai::MessageForm::factorised,
            .iterations = count_of(params, "iterations", 1, kRoundsMax)};
}

ai::TrajectoryLengths marginal_lengths(const assay::params& params) {
    return {.observed = count_of(params, "observed", 1, kStepsMax),
            .horizon = count_of(params, "horizon", 0, kStepsMax)};
}

// What a form cannot take, or not in memory, is no fault of the model. Whatever else its solver may
// say is one of the program.
WindowProblem marginal_problem(const assay::params& params) {
    WindowProblem problem = window_problem_of(params, marginal_lengths(params));
    if (params.str("form") != "plain") {
        return problem;
    }
    if (const auto fault = ai::plain_form_fault(problem.model)) {
        throw assay::skip(*fault);
    }
    const auto bytes = ai::joint_table_bytes(problem.model, problem.lengths.observed);
    if (!bytes || *bytes > ai::kJointTableBytesMax) {
        throw assay::skip("model=" + params.str("model") + " needs " +
                          (bytes ? std::to_string(*bytes) : "more than 2^64") +
                          " bytes of likelihoods over all factors, more than " +
                          std::to_string(ai::kJointTableBytesMax) + ": form=factorised has none");
    }
    return problem;
}

} // namespace

MmpCase::MmpCase(const assay::params& params)
    : TrajectoryCase(marginal_problem(params), marginal_options(params)) {}

void MmpCase::verify(assay::context& host) {
    const auto plain = [this](std::span<ai::Beliefs> trajectory) {
        return plain_marginal_round(problem(), options(), trajectory);
    };
    const auto found = verified(plain, host);
    if (!found) {
        return;
    }
    const double energy = found->result.free_energy, again = found->of_reversed.free_energy;
    if (!(std::abs(energy - again) <= 1e-9 * std::max(1.0, std::abs(energy)))) {
        throw assay::wrong_result("F is " + ai::number_text(energy) + ", but " +
                                  ai::number_text(again) +
                                  " with the model's states in the opposite order");
    }
    host.metric("values_verified", static_cast<double>(found->compared + 1));
    host.metric("free_energy", energy);
    host.metric("iterations", static_cast<double>(found->result.iterations));
    if (const auto truth = truth_of(problem(), trajectory())) {
        host.metric("error", truth->error);
    }
}

void add_mmp(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<MmpCase>("mmp", assay::shape::independent);
    family.help("beliefs about a window and a planned policy, marginal message passing")
        .tags("active-inference", "inference-over-time");
    models.add(family,
               {.names = {"5x5", "20x20", "10x10x5", "25"},
                .quick = 2,
                .help = "states of each factor, as many modalities that see all; 25: a chain"});
    family.axis("form", {"factorised", "plain"})
        .help("a logarithm per modality and half the message from the future, or one likelihood "
              "over all factors; their numbers differ");
    family.axis("observed", {3, 5, 7})
        .unit("{step}")
        .help("steps with an observation")
        .quick(1)
        .standard(2);
    family.axis("horizon", {2, 3}).unit("{step}").help("steps that the policy plans").quick(1);
    family.axis("iterations", {10}).unit("{iteration}").help("rounds, always all of them");
    family.metric("free_energy", "{nat}", assay::lower, assay::mean)
        .help("of the last round, as its form has it; forms are not comparable")
        .exact();
    add_trajectory_metrics(family);
}

} // namespace assay::inference
