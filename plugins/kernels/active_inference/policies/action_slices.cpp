#include "active_inference/policies/action_slices.hpp"

#include <algorithm>

namespace assay::active_inference {

ActionSlices::ActionSlices(const FactoredModel& model, std::span<const Tensor> tensors) {
    std::size_t workspace = 0;
    std::size_t axes = 0;
    for (std::size_t f = 0; f < tensors.size(); ++f) {
        const Tensor& tensor = tensors[f];
        const std::span<const std::size_t> shape(tensor.shape.begin(), tensor.shape.end() - 1);
        Factor factor{model.transition_factors[f],
                      std::vector<double>(tensor.data.size()),
                      tensor.data.size() / tensor.shape.back(),
                      Contraction(shape, {0})};
        workspace = std::max(workspace, factor.plan.workspace());
        axes = std::max(axes, shape.size());
        factors_.push_back(std::move(factor));
    }
    work_.resize(workspace);
    vectors_.resize(axes);
    assign(tensors);
}

void ActionSlices::assign(std::span<const Tensor> tensors) noexcept {
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        Factor& factor = factors_[f];
        const std::size_t actions = tensors[f].shape.back();
        for (std::size_t at = 0; at < factor.slice_size; ++at) {
            for (std::size_t action = 0; action < actions; ++action) {
                factor.by_action[action * factor.slice_size + at] =
                    tensors[f].data[at * actions + action];
            }
        }
    }
}

std::span<const double> ActionSlices::slice(std::size_t factor, std::size_t action) const noexcept {
    const Factor& of = factors_[factor];
    return {of.by_action.data() + action * of.slice_size, of.slice_size};
}

void ActionSlices::apply(std::size_t factor,
                         std::span<const double> slice,
                         const Beliefs& q,
                         std::span<double> out) noexcept {
    const Factor& of = factors_[factor];
    for (std::size_t i = 0; i < of.parents.size(); ++i) {
        vectors_[i + 1] = q[of.parents[i]].data();
    }
    of.plan(slice.data(), vectors_.data(), out.data(), work_.data());
}

} // namespace assay::active_inference
