#include "active_inference/agent/kept_likelihoods.hpp"

#include <algorithm>

namespace assay::active_inference {

KeptLikelihoods::KeptLikelihoods(const FactoredModel& model, std::optional<ByteCacheOptions> cache)
    : model_(&model)
    , joint_(model, modality_groups(model)) {
    if (cache) {
        cache_.emplace(*cache);
    }
    for (const ModalityGroup& group : joint_.groups()) {
        entries_ += group.entries;
    }
    tables_.resize(joint_.groups().size());
}

CacheKey KeptLikelihoods::key_of(Observation observation) const {
    CacheKey key;
    key.append(identity_);
    key.append(model_->version);
    for (const Outcome& outcome : observation) {
        key.append(static_cast<std::uint32_t>(outcome.index));
    }
    return key;
}

std::span<const double* const> KeptLikelihoods::observe(Observation observation) {
    if (!cache_ || std::ranges::any_of(observation, &Outcome::is_soft)) {
        joint_.observe(observation);
        return joint_.tables();
    }
    const CacheKey key = key_of(observation);
    CacheEntry* entry = cache_->find(key.view());
    if (entry == nullptr) {
        joint_.observe(observation);
        entry = cache_->insert(key.view(), entries_);
        if (entry == nullptr) {
            return joint_.tables(); // too large for the limit
        }
        auto to = entry->values().begin();
        for (std::size_t group = 0; group < tables_.size(); ++group) {
            to = std::copy_n(joint_.tables()[group], groups()[group].entries, to);
        }
    }
    const double* from = entry->values().data();
    for (std::size_t group = 0; group < tables_.size(); ++group) {
        tables_[group] = from;
        from += groups()[group].entries;
    }
    return tables_;
}

} // namespace assay::active_inference
