#include "vmp_case.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/number_text.hpp"
#include "vmp_free_energy.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace assay::inference {

namespace ai = active_inference;

namespace {

ai::VariationalMessageOptions variational_options(const assay::params& params) {
    const std::string rule = params.str("rule");
    if (rule != "vmp" && rule != "mmp") {
        throw assay::config_error("rule=" + rule + ": expected vmp or mmp");
    }
    return {.rule = rule == "vmp" ? ai::ParallelRule::vmp : ai::ParallelRule::mmp,
            .iterations = count_of(params, "iterations", 1, kRoundsMax)};
}

// All that F takes a logarithm of is above the floor of the dialect.
bool is_positive(const WindowProblem& problem) {
    const auto above = [](std::span<const double> entries) {
        return std::ranges::all_of(entries, [](double entry) { return entry > ai::kClipFloor; });
    };
    const auto tensor_above = [&](const ai::Tensor& tensor) { return above(tensor.data); };
    return above(problem.prior.values()) &&
           std::ranges::all_of(problem.model.transitions, tensor_above) &&
           std::ranges::all_of(problem.model.likelihoods, tensor_above);
}

} // namespace

VmpCase::VmpCase(const assay::params& params)
    : TrajectoryCase(
          window_problem_of(params, {.observed = count_of(params, "steps", 1, kStepsMax)}),
          variational_options(params)) {}

void VmpCase::verify(assay::context& host) {
    const auto plain = [this](std::span<ai::Beliefs> trajectory) {
        return plain_variational_round(problem(), options(), trajectory);
    };
    const auto found = verified(plain, host);
    if (!found) {
        return;
    }
    std::uint64_t compared = found->compared;
    const double free_energy = trajectory_free_energy(problem(), trajectory());
    // Outcomes that the model cannot give have no posterior to compare with. F is bounded where no
    // logarithm ends at its floor: what is impossible has a price in F, and in p(o) no way at all.
    if (const auto truth = truth_of(problem(), trajectory());
        truth && std::isfinite(truth->log_evidence)) {
        if (is_positive(problem()) &&
            !(free_energy >= -truth->log_evidence - 1e-9 * std::abs(truth->log_evidence))) {
            throw assay::wrong_result(
                "F is " + ai::number_text(free_energy) +
                ", below -ln p(o) = " + ai::number_text(-truth->log_evidence));
        }
        host.metric("error", truth->error);
        ++compared;
    }
    host.metric("values_verified", static_cast<double>(compared));
    host.metric("free_energy", free_energy);
    host.metric("iterations", static_cast<double>(found->result.iterations));
}

void add_vmp(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<VmpCase>("vmp", assay::shape::independent);
    family.help("beliefs about a window, all steps at once: variational message passing")
        .tags("active-inference", "inference-over-time");
    models.add(family,
               {.names = {"5x5", "20x20", "10x10x5", "25"},
                .help = "states of each factor, as many modalities that see all; 25: a chain"});
    family.axis("rule", {"vmp", "mmp"})
        .help("the messages: averages of logarithms, or logarithms of averages; their numbers "
              "differ");
    family.axis("steps", {5, 20, 100})
        .unit("{step}")
        .help("length of the window, all of it observed")
        .quick({5, 100});
    family.axis("iterations", {16}).unit("{iteration}").help("rounds, always all of them");
    family.metric("free_energy", "{nat}", assay::lower, assay::mean)
        .help("variational free energy of the beliefs at the end, computed from its definition")
        .exact();
    add_trajectory_metrics(family);
}

} // namespace assay::inference
