// The family `fpi`: beliefs about hidden states from one observation by fixed-point iteration. One
// iteration = one inference, likelihood of the observation included, from uniform beliefs.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/result_digest.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "inference_problem.hpp"
#include "model_axis.hpp"

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::inference {

void add_fpi(assay::suite& suite, const ModelAxis& models);

// The axes that say how to infer, the metrics of an inference: of every family that runs this case.
void add_fpi_axes(assay::family_builder family);
void add_fpi_metrics(assay::family_builder family);

class FpiCase {
public:
    explicit FpiCase(const assay::params& params)
        : FpiCase(problem_of(params), params) {}

    FpiCase(const FpiCase&) = delete;
    FpiCase& operator=(const FpiCase&) = delete;

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

protected:
    FpiCase(InferenceProblem problem, const assay::params& params);

private:
    [[nodiscard]] active_inference::FixedPointOptions
    watched(active_inference::FixedPointOptions options);

    InferenceProblem problem_;
    active_inference::FixedPointOptions options_;
    active_inference::LogLikelihoodOptions likelihood_;
    const assay::context* clock_;
    const assay::batch* running_ = nullptr; // read by the solver's cancel check
    active_inference::StateInference infer_;
    active_inference::Beliefs q_;
    active_inference::InferenceWork before_; // of the batch
    active_inference::ResultDigest digest_;
    std::uint64_t run_ns_ = 0;
    bool all_converged_ = false, ran_ = false;
};

} // namespace assay::inference
