#include "active_inference/policies/parallel_sweeps.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/logarithm.hpp"

#include <algorithm>

namespace assay::active_inference {

ParallelSweeps::ParallelSweeps(const FactoredModel& model)
    : log_prior_(model.state_counts)
    , next_(model.state_counts) {
    std::size_t workspace = 0;
    for (const Tensor& likelihood : model.likelihoods) {
        const std::span<const std::size_t> shape = std::span(likelihood.shape).subspan(1);
        log_likelihoods_.emplace_back(likelihood.data.size() / likelihood.shape.front());
        std::vector<Contraction>& plans = plans_.emplace_back();
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            workspace =
                std::max(workspace, plans.emplace_back(shape, std::span(&axis, 1)).workspace());
        }
    }
    vectors_.resize(model.state_counts.size());
    message_.resize(*std::ranges::max_element(model.state_counts));
    work_.resize(workspace);
}

void ParallelSweeps::sweep(const FactoredModel& model, const Beliefs& q) noexcept {
    next_ = log_prior_;
    for (std::size_t m = 0; m < plans_.size(); ++m) {
        const FactorList& factors = model.likelihood_factors[m];
        for (std::size_t axis = 0; axis < factors.size(); ++axis) {
            vectors_[axis] = q[factors[axis]].data();
        }
        for (std::size_t axis = 0; axis < factors.size(); ++axis) {
            plans_[m][axis](
                log_likelihoods_[m].data(), vectors_.data(), message_.data(), work_.data());
            const std::span<double> sum = next_[factors[axis]];
            for (std::size_t state = 0; state < sum.size(); ++state) {
                sum[state] += message_[state];
            }
        }
    }
    for (std::size_t factor = 0; factor < next_.size(); ++factor) {
        softmax(next_[factor]);
    }
}

void ParallelSweeps::infer(const FactoredModel& model,
                           std::span<const std::size_t> outcomes,
                           const Beliefs& prior,
                           std::size_t count,
                           Beliefs& q) noexcept {
    for (std::size_t m = 0; m < log_likelihoods_.size(); ++m) {
        std::vector<double>& log_likelihood = log_likelihoods_[m];
        const double* const row =
            model.likelihoods[m].data.data() + outcomes[m] * log_likelihood.size();
        std::transform(row, row + log_likelihood.size(), log_likelihood.begin(), log_eps);
    }
    std::ranges::transform(prior.values(), log_prior_.values().begin(), log_eps);
    q.set_uniform();
    // With one factor there is nothing to iterate: the first sweep is exact.
    const std::size_t sweeps = q.size() == 1 ? std::min<std::size_t>(count, 1) : count;
    for (std::size_t done = 0; done < sweeps; ++done) {
        sweep(model, q);
        std::swap(q, next_);
    }
}

} // namespace assay::active_inference
