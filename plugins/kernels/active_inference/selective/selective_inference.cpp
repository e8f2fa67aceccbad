#include "active_inference/selective/selective_inference.hpp"

#include <utility>

namespace assay::active_inference {

SelectiveInference::SelectiveInference(const FactoredModel& model,
                                       FixedPointOptions options,
                                       LogLikelihoodOptions likelihood,
                                       std::size_t rebase_steps)
    : likelihood_(model, modality_groups(model), likelihood, rebase_steps)
    , iteration_(model.state_counts, likelihood_.groups(), std::move(options))
    , prior_(model.state_counts)
    , q_(model.state_counts) {}

void SelectiveInference::forget() noexcept {
    likelihood_.forget();
    settled_ = false;
    started_ = false;
}

const FixedPointResult& SelectiveInference::operator()(Observation observation,
                                                       const Beliefs& prior) noexcept {
    const std::size_t changed = likelihood_.observe(observation);
    if (settled_ && changed == 0 && prior == prior_) {
        return result_;
    }
    prior_ = prior;
    if (!std::exchange(started_, true)) {
        q_ = prior;
    }
    result_ = iteration_(likelihood_.tables(), prior_, q_);
    settled_ = !result_.cancelled;
    sweeps_ += result_.sweeps;
    return result_;
}

} // namespace assay::active_inference
