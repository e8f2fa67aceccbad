#include "active_inference/state_inference/modality_groups.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace assay::active_inference {
namespace {

ModalityGroup group_over(const FactoredModel& model, FactorList factors) {
    ModalityGroup group;
    group.factors = std::move(factors);
    for (const std::size_t factor : group.factors) {
        group.shape.push_back(model.state_counts[factor]);
        group.entries *= model.state_counts[factor];
    }
    return group;
}

} // namespace

std::vector<ModalityGroup> modality_groups(const FactoredModel& model) {
    std::vector<ModalityGroup> groups;
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        const FactorList& factors = model.likelihood_factors[m];
        auto at = std::ranges::find(groups, factors, &ModalityGroup::factors);
        if (at == groups.end()) {
            at = groups.insert(groups.end(), group_over(model, factors));
        }
        at->modalities.push_back(m);
    }
    return groups;
}

ModalityGroup dense_group(const FactoredModel& model) {
    FactorList all(model.state_counts.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    ModalityGroup group = group_over(model, std::move(all));
    group.modalities.resize(model.likelihoods.size());
    std::iota(group.modalities.begin(), group.modalities.end(), std::size_t{0});
    return group;
}

} // namespace assay::active_inference
