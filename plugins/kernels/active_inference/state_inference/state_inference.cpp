#include "active_inference/state_inference/state_inference.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {

Beliefs prior_beliefs(const FactoredModel& model) {
    Beliefs prior(model.state_counts);
    for (std::size_t factor = 0; factor < model.priors.size(); ++factor) {
        std::ranges::copy(model.priors[factor], prior[factor].begin());
    }
    return prior;
}

StateInference::StateInference(const FactoredModel& model,
                               FixedPointOptions options,
                               LogLikelihoodOptions likelihood)
    : likelihood_(model, modality_groups(model), likelihood)
    , iteration_(model.state_counts, likelihood_.groups(), std::move(options)) {}

} // namespace assay::active_inference
