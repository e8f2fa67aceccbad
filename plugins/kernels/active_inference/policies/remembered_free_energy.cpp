#include "active_inference/policies/remembered_free_energy.hpp"

#include "random_source/random_source.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace assay::active_inference {

namespace {

// What an entry is; a term of another kind would get another number.
constexpr std::uint32_t kPrefixTerm = 1;

// The head of a key, before the bytes of q. No padding: 8 + 4 + 4 + 4 + 4.
struct KeyHead {
    std::uint64_t version;
    std::uint32_t term, step, prefix, states;
};

static_assert(std::has_unique_object_representations_v<KeyHead>);

constexpr std::size_t kParts = 4; // of EfeParts

} // namespace

RememberedFreeEnergy::RememberedFreeEnergy(const FactoredModel& model,
                                           const EfeOptions& options,
                                           ByteCacheOptions cache)
    : model_(&model)
    , policies_(model.action_counts, options.horizon)
    , terms_(model, nullptr, options)
    , cache_(cache)
    , path_(options.horizon, Beliefs(model.state_counts))
    , sums_(options.horizon)
    , prefixes_(options.horizon)
    , outcomes_(model.outcome_counts)
    , values_(policies_.size()) {
    key_.resize(sizeof(KeyHead) + path_.front().values().size_bytes());
}

void RememberedFreeEnergy::set_key(const Beliefs& q) {
    const KeyHead head{
        model_->version, kPrefixTerm, 0, 0, static_cast<std::uint32_t>(q.values().size())};
    std::memcpy(key_.data(), &head, sizeof head);
    std::ranges::copy(std::as_bytes(q.values()),
                      key_.begin() + static_cast<std::ptrdiff_t>(sizeof head));
    belief_hash_ = hash_of(std::as_bytes(q.values()));
}

void RememberedFreeEnergy::advance(const Beliefs& q,
                                   std::size_t policy,
                                   std::size_t step,
                                   std::uint32_t prefix) {
    const auto step_number = static_cast<std::uint32_t>(step);
    std::memcpy(key_.data() + offsetof(KeyHead, step), &step_number, sizeof step_number);
    std::memcpy(key_.data() + offsetof(KeyHead, prefix), &prefix, sizeof prefix);
    Beliefs& after = path_[step];
    const std::size_t states = after.values().size();
    ++counts_.lookups;
    const std::uint64_t hash =
        scramble(belief_hash_ + hash_of(KeyView(key_).first(sizeof(KeyHead))));
    if (CacheEntry* entry = cache_.find(key_, hash)) {
        ++counts_.hits;
        const std::span<const double> kept = entry->values();
        std::ranges::copy(kept.first(states), after.values().begin());
        const std::span<const double> parts = kept.last(kParts);
        sums_[step] = {parts[0], parts[1], parts[2], parts[3]};
        work_.add_skipped(terms_.cost());
        return;
    }
    ++counts_.misses;
    terms_.roll_out(policies_, policy, step, step == 0 ? q : path_[step - 1], after, work_);
    const EfeParts parts = terms_.evaluate(after, step, outcomes_, work_);
    sums_[step] = step == 0 ? parts : sums_[step - 1] + parts;
    if (CacheEntry* entry = cache_.insert_absent(key_, states + kParts, hash)) {
        const std::span<double> kept = entry->values();
        std::ranges::copy(after.values(), kept.begin());
        const EfeParts& sum = sums_[step];
        const double four[kParts]{
            sum.utility, sum.state_gain, sum.likelihood_gain, sum.transition_gain};
        std::ranges::copy(four, kept.last(kParts).begin());
    }
}

void RememberedFreeEnergy::evaluate(const Beliefs& q) {
    terms_.follow_version();
    set_key(q);
    const std::size_t horizon = policies_.horizon();
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        // Policies are in the order of their steps: what this one shares with the one before it
        // stands in path_ and sums_.
        const std::size_t shared = policies_.first_new_step(policy);
        work_.add_skipped(terms_.cost(), shared);
        for (std::size_t step = shared; step < horizon; ++step) {
            prefixes_[step] = policy == 0 ? 0 : prefixes_[step] + 1;
            advance(q, policy, step, prefixes_[step]);
        }
        values_[policy] = sums_[horizon - 1].value();
        work_.add_total(terms_.cost(), horizon);
        ++work_.policies;
    }
}

std::size_t RememberedFreeEnergy::kept_bytes_outside_cache() const noexcept {
    std::size_t bytes = terms_.kept_bytes() + key_.capacity() +
                        prefixes_.capacity() * sizeof(std::uint32_t) +
                        sums_.capacity() * sizeof(EfeParts);
    for (const Beliefs& step : path_) {
        bytes += step.values().size_bytes();
    }
    return bytes;
}

std::size_t RememberedFreeEnergy::entry_bytes(std::size_t states) noexcept {
    return ByteCache::entry_bytes(sizeof(KeyHead) + states * sizeof(double), states + kParts);
}

} // namespace assay::active_inference
