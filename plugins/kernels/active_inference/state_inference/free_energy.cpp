#include "active_inference/state_inference/free_energy.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {

double complexity(std::span<const double> q, std::span<const double> prior) noexcept {
    double sum = 0;
    for (std::size_t s = 0; s < q.size(); ++s) {
        sum += q[s] * (log_eps(q[s]) - log_eps(prior[s]));
    }
    return sum;
}

FreeEnergy::FreeEnergy(const FactoredModel& model) {
    std::size_t largest = 0;
    for (const FactorList& factors : model.likelihood_factors) {
        std::vector<std::size_t> shape;
        for (const std::size_t factor : factors) {
            shape.push_back(model.state_counts[factor]);
        }
        Modality modality;
        modality.factors = factors;
        modality.to_number = Contraction(shape, {});
        modality.vectors.resize(factors.size());
        largest = std::max(largest, modality.to_number.workspace());
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            modality.to_factor.emplace_back(shape, std::initializer_list<std::size_t>{axis});
            largest = std::max(largest, modality.to_factor.back().workspace());
        }
        modalities_.push_back(std::move(modality));
    }
    workspace_.resize(largest);
}

void FreeEnergy::contract(Modality& modality,
                          const Contraction& contraction,
                          std::span<const double> table,
                          const Beliefs& q,
                          double* out) noexcept {
    for (std::size_t axis = 0; axis < modality.factors.size(); ++axis) {
        modality.vectors[axis] = q[modality.factors[axis]].data();
    }
    contraction(table.data(), modality.vectors.data(), out, workspace_.data());
    ++work_.contractions;
    work_.multiply_adds += contraction.ops();
}

double FreeEnergy::accuracy(std::size_t modality,
                            std::span<const double> table,
                            const Beliefs& q) noexcept {
    double sum = 0;
    contract(modalities_[modality], modalities_[modality].to_number, table, q, &sum);
    return sum;
}

void FreeEnergy::expected_log_likelihood(std::size_t modality,
                                         std::size_t factor,
                                         std::span<const double> table,
                                         const Beliefs& q,
                                         std::span<double> out) noexcept {
    Modality& seen = modalities_[modality];
    const auto axis = std::ranges::find(seen.factors, factor) - seen.factors.begin();
    contract(seen, seen.to_factor[static_cast<std::size_t>(axis)], table, q, out.data());
}

double FreeEnergy::operator()(const LogLikelihood& tables,
                              const Beliefs& prior,
                              const Beliefs& q) noexcept {
    double sum = 0;
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        sum += complexity(q[factor], prior[factor]);
    }
    work_.logarithms += 2 * q.values().size();
    for (std::size_t m = 0; m < modalities_.size(); ++m) {
        sum -= accuracy(m, tables[m], q);
    }
    return sum;
}

} // namespace assay::active_inference
