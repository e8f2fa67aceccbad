#include "model_reversal.hpp"

#include <algorithm>

namespace assay::inference {

namespace ai = active_inference;

ai::Tensor reversed(const ai::Tensor& tensor, const std::vector<bool>& axes) {
    ai::Tensor other{tensor.shape, std::vector<double>(tensor.data.size())};
    for (std::size_t flat = 0; flat < tensor.data.size(); ++flat) {
        std::size_t rest = flat, to = 0, stride = 1;
        for (std::size_t axis = tensor.shape.size(); axis-- > 0;) {
            const std::size_t extent = tensor.shape[axis];
            const std::size_t at = rest % extent;
            rest /= extent;
            to += stride * (axes[axis] ? extent - 1 - at : at);
            stride *= extent;
        }
        other.data[to] = tensor.data[flat];
    }
    return other;
}

ai::FactoredModel reversed(const ai::FactoredModel& model) {
    ai::FactoredModel other = model;
    for (ai::Tensor& likelihood : other.likelihoods) {
        std::vector<bool> axes(likelihood.shape.size(), true);
        axes.front() = false; // outcomes stay
        likelihood = reversed(likelihood, axes);
    }
    for (ai::Tensor& transition : other.transitions) {
        std::vector<bool> axes(transition.shape.size(), true);
        axes.back() = false; // actions stay
        transition = reversed(transition, axes);
    }
    for (std::vector<double>& prior : other.priors) {
        std::ranges::reverse(prior);
    }
    return other;
}

ai::Beliefs reversed(const ai::Beliefs& q) {
    ai::Beliefs other = q;
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        std::ranges::reverse(other[factor]);
    }
    return other;
}

} // namespace assay::inference
