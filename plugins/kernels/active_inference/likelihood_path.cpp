#include "active_inference/likelihood_path.hpp"

#include "active_inference/state_inference/log_likelihood.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace assay::active_inference {

namespace {

constexpr std::uint32_t kSumKind = 0xFFFFFFFF; // where the key of a slice has its modality

std::size_t joint_cells(const FactoredModel& model) noexcept {
    return std::accumulate(
        model.state_counts.begin(), model.state_counts.end(), std::size_t{1}, std::multiplies<>());
}

CacheKey slice_key(std::uint64_t version, std::size_t modality, std::uint32_t outcome) {
    CacheKey key;
    key.append(version);
    key.append(static_cast<std::uint32_t>(modality));
    key.append(outcome);
    return key;
}

CacheKey sum_key(std::uint64_t version, OutcomeVector outcomes) {
    CacheKey key;
    key.append(version);
    key.append(kSumKind);
    key.append_bytes(std::as_bytes(outcomes));
    return key;
}

} // namespace

LikelihoodArithmetic::LikelihoodArithmetic(const FactoredModel& model)
    : model_(&model)
    , sum_(joint_cells(model))
    , scratch_(sum_.size()) {
    FactorList all(model.state_counts.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        if (model.likelihood_factors[m] != all) {
            throw std::invalid_argument("likelihood_factors[" + std::to_string(m) +
                                        "]: expected all factors in order");
        }
    }
}

void LikelihoodArithmetic::log_slice(std::size_t modality,
                                     std::uint32_t outcome,
                                     std::span<double> out) noexcept {
    const std::span<const double> tensor(model_->likelihoods[modality].data);
    log_entries(tensor.subspan(outcome * cells(), cells()), LogDialect::eps, out);
    work.logarithms_done += cells();
}

void LikelihoodArithmetic::add(std::span<const double> a,
                               std::span<const double> b,
                               std::span<double> out) noexcept {
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = a[i] + b[i];
    }
    work.ops_done += cells();
}

PathWork likelihood_work(std::size_t cells, std::size_t modalities) noexcept {
    PathWork work;
    work.logarithms_done = modalities * cells;
    work.ops_done = (modalities - 1) * cells;
    return work;
}

std::span<const double> FullLikelihoods::fetch(OutcomeVector outcomes) noexcept {
    arithmetic_.log_slice(0, outcomes[0], arithmetic_.sum());
    for (std::size_t m = 1; m < outcomes.size(); ++m) {
        arithmetic_.log_slice(m, outcomes[m], arithmetic_.scratch());
        arithmetic_.add(arithmetic_.sum(), arithmetic_.scratch(), arithmetic_.sum());
    }
    return arithmetic_.sum();
}

CachedLikelihoods::CachedLikelihoods(const FactoredModel& model, LikelihoodCacheOptions options)
    : arithmetic_(model)
    , options_(options)
    , cache_(options.cache) {
    if (model.likelihoods.size() > kKeyedModalitiesMax) {
        throw std::invalid_argument(std::to_string(model.likelihoods.size()) +
                                    " modalities: a key has room for " +
                                    std::to_string(kKeyedModalitiesMax));
    }
}

std::span<const double> CachedLikelihoods::fetch(OutcomeVector outcomes) {
    ++counts_.lookups;
    if (!options_.keep_sums) {
        Sum sum{nullptr, arithmetic_.sum()};
        const std::size_t found = add_slices(outcomes, sum);
        ++(found == outcomes.size() ? counts_.hits : counts_.misses);
        counts_.partial_hits += found > 0 && found < outcomes.size() ? 1 : 0;
        return sum.values;
    }
    const CacheKey key = sum_key(arithmetic_.model().version, outcomes);
    if (CacheEntry* entry = cache_.find(key.view())) {
        ++counts_.hits;
        const PathWork all = likelihood_work(arithmetic_.cells(), outcomes.size());
        arithmetic_.work.logarithms_skipped += all.logarithms_done;
        arithmetic_.work.ops_skipped += all.ops_done;
        return entry->values();
    }
    ++counts_.misses;
    CacheEntry* const entry = cache_.insert_absent(key.view(), arithmetic_.cells());
    Sum sum{entry, entry == nullptr ? arithmetic_.sum() : entry->values()};
    counts_.partial_hits += add_slices(outcomes, sum) > 0 ? 1 : 0;
    if (sum.entry == nullptr) {
        CacheEntry* again = cache_.peek(key.view());
        if (again == nullptr) {
            again = cache_.insert_absent(key.view(), arithmetic_.cells());
        }
        if (again != nullptr) {
            std::ranges::copy(sum.values, again->values().begin());
        }
    }
    return sum.values;
}

// The first slice waits for the second, so that two that are there are added in one pass, and into
// the entry of the sum. What waits and what is there of the sum is taken up into the work area
// before anything else is inserted: that may evict it.
std::size_t CachedLikelihoods::add_slices(OutcomeVector outcomes, Sum& sum) {
    const std::uint64_t version = arithmetic_.model().version;
    std::size_t found = 0;
    std::span<const double> first;
    for (std::size_t m = 0; m < outcomes.size(); ++m) {
        const CacheKey key = slice_key(version, m, outcomes[m]);
        std::span<const double> slice;
        if (CacheEntry* entry = cache_.find(key.view())) {
            arithmetic_.work.logarithms_skipped += arithmetic_.cells();
            ++found;
            slice = entry->values();
        } else {
            leave_entry(sum, m > 1);
            if (m == 1) {
                std::ranges::copy(first, sum.values.begin());
                first = sum.values;
            }
            slice = build_slice(m, outcomes[m], key);
        }
        if (m == 0) {
            first = slice;
        } else {
            arithmetic_.add(
                m == 1 ? first : std::span<const double>(sum.values), slice, sum.values);
        }
    }
    if (outcomes.size() == 1) {
        std::ranges::copy(first, sum.values.begin());
    }
    return found;
}

void CachedLikelihoods::leave_entry(Sum& sum, bool begun) noexcept {
    if (sum.entry != nullptr) {
        if (begun) {
            std::ranges::copy(sum.values, arithmetic_.sum().begin());
        }
        sum = {nullptr, arithmetic_.sum()};
    }
}

std::span<const double>
CachedLikelihoods::build_slice(std::size_t modality, std::uint32_t outcome, const CacheKey& key) {
    CacheEntry* entry = cache_.insert_absent(key.view(), arithmetic_.cells());
    const std::span<double> logs = entry != nullptr ? entry->values() : arithmetic_.scratch();
    arithmetic_.log_slice(modality, outcome, logs);
    return logs;
}

std::size_t CachedLikelihoods::slice_bytes(std::size_t cells) noexcept {
    return ByteCache::entry_bytes(sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t), cells);
}

std::size_t CachedLikelihoods::sum_bytes(std::size_t cells, std::size_t modalities) noexcept {
    return ByteCache::entry_bytes(sizeof(std::uint64_t) + (1 + modalities) * sizeof(std::uint32_t),
                                  cells);
}

} // namespace assay::active_inference
