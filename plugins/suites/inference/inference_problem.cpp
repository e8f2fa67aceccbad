#include "inference_problem.hpp"

#include "active_inference/state_inference/state_inference.hpp"
#include "model_axis.hpp"

namespace assay::inference {

InferenceProblem problem_of(const assay::params& params) {
    InferenceProblem problem{model_of(params), {}, {}};
    problem.observations = observations_of(params, problem.model, kObservations);
    problem.prior = active_inference::prior_beliefs(problem.model);
    return problem;
}

} // namespace assay::inference
