#include "active_inference/transition_path.hpp"

#include "active_inference/square_matrix.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {

namespace {

constexpr std::uint32_t kSmoothed = 1; // note of an entry whose smoothing part is filled
constexpr std::size_t kKeyHeader = sizeof(std::uint64_t) + sizeof(std::uint32_t);

CacheKey key_of(std::uint64_t version, std::size_t factor, ActionSequence actions) {
    CacheKey key;
    key.append(version);
    key.append(static_cast<std::uint32_t>(factor));
    key.append_bytes(std::as_bytes(actions));
    return key;
}

// An entry for one step holds the smoothing transpose alone: its product is the model's own matrix.
std::size_t value_count(std::size_t states, std::size_t steps) noexcept {
    return (steps == 1 ? 1 : 2) * states * states;
}

} // namespace

WorkCount request_work(std::size_t states, std::size_t steps) noexcept {
    WorkCount work;
    work.contractions_done = steps;
    work.ops_done = (steps - 1) * multiply_ops(states) + smoothing_ops(states);
    return work;
}

TransitionArithmetic::TransitionArithmetic(const TransitionMatrices& matrices)
    : matrices_(&matrices) {
    const std::size_t cells = matrices.states_max() * matrices.states_max();
    products_[0].resize(cells);
    products_[1].resize(cells);
    smoothing_.resize(cells);
}

std::span<const double> TransitionArithmetic::step(std::size_t factor,
                                                   std::size_t action,
                                                   std::span<const double> earlier) {
    const std::size_t n = matrices_->states(factor);
    turn_ ^= 1;
    double* out = products_[turn_].data();
    multiply(n, matrices_->matrix(factor, action).data(), earlier.data(), out);
    work_.contractions_done += 1;
    work_.ops_done += multiply_ops(n);
    return {out, n * n};
}

std::span<const double> TransitionArithmetic::smooth(std::size_t factor,
                                                     std::span<const double> product,
                                                     std::span<double> out) noexcept {
    const std::size_t n = matrices_->states(factor);
    double* smoothing = out.empty() ? smoothing_.data() : out.data();
    smoothing_transpose(n, product.data(), smoothing);
    work_.contractions_done += 1;
    work_.ops_done += smoothing_ops(n);
    return {smoothing, n * n};
}

std::size_t TransitionArithmetic::scratch_bytes() const noexcept {
    return 3 * smoothing_.size() * sizeof(double);
}

StepTransition FullTransitions::fetch(std::size_t factor, ActionSequence actions) {
    std::span<const double> product = arithmetic_.matrices().matrix(factor, actions.front());
    for (const std::uint8_t action : actions.subspan(1)) {
        product = arithmetic_.step(factor, action, product);
    }
    return {product, arithmetic_.smooth(factor, product)};
}

StepTransition CachedTransitions::fetch(std::size_t factor, ActionSequence actions) {
    const TransitionMatrices& matrices = arithmetic_.matrices();
    const CacheKey key = key_of(matrices.version(), factor, actions);
    ++counts_.lookups;
    const Found found = longest_prefix(factor, actions, key);
    const bool whole = found.steps == actions.size() && found.entry != nullptr;
    if (whole && (found.entry->note & kSmoothed) != 0) {
        ++counts_.hits;
        const WorkCount all = request_work(matrices.states(factor), actions.size());
        arithmetic_.work().contractions_skipped += all.contractions_done;
        arithmetic_.work().ops_skipped += all.ops_done;
        const std::size_t cells = found.product.size();
        return {found.product, found.entry->values().last(cells)};
    }
    ++counts_.misses;
    return build(factor, actions, key, found);
}

void CachedTransitions::use_matrices(const TransitionMatrices& matrices) {
    TransitionArithmetic next(matrices);
    next.work() = arithmetic_.work();
    arithmetic_ = std::move(next);
}

std::size_t CachedTransitions::entry_bytes(std::size_t states, std::size_t steps) noexcept {
    return ByteCache::entry_bytes(kKeyHeader + steps, value_count(states, steps));
}

CachedTransitions::Found CachedTransitions::longest_prefix(std::size_t factor,
                                                           ActionSequence actions,
                                                           const CacheKey& key) noexcept {
    const std::span<const double> first = arithmetic_.matrices().matrix(factor, actions.front());
    if (actions.size() == 1) {
        return {first, 1, cache_.find(key.view())};
    }
    for (std::size_t steps = actions.size(); steps > 1; --steps) {
        if (CacheEntry* entry = cache_.find(key.first(kKeyHeader + steps))) {
            return {entry->values().first(first.size()), steps, entry};
        }
    }
    return {first, 1, nullptr};
}

// Products are computed into the work areas and copied into the cache: an insertion may evict the
// very prefix that the next product needs. The smoothing transpose needs no prefix.
StepTransition CachedTransitions::build(std::size_t factor,
                                        ActionSequence actions,
                                        const CacheKey& key,
                                        Found from) {
    const std::size_t states = arithmetic_.matrices().states(factor);
    if (from.steps > 1) {
        ++counts_.prefix_hits;
        arithmetic_.work().contractions_skipped += from.steps - 1;
        arithmetic_.work().ops_skipped += (from.steps - 1) * multiply_ops(states);
    }
    std::span<const double> product = from.product;
    for (std::size_t steps = from.steps + 1; steps <= actions.size(); ++steps) {
        product = arithmetic_.step(factor, actions[steps - 1], product);
        if (steps == actions.size()) {
            break;
        }
        if (CacheEntry* entry =
                cache_.insert(key.first(kKeyHeader + steps), value_count(states, steps))) {
            std::ranges::copy(product, entry->values().begin());
        }
    }
    CacheEntry* entry = from.entry;
    if (entry == nullptr || from.steps != actions.size()) {
        entry = cache_.insert(key.view(), value_count(states, actions.size()));
        if (entry != nullptr && actions.size() > 1) {
            std::ranges::copy(product, entry->values().begin());
        }
    }
    if (entry == nullptr) {
        return {product, arithmetic_.smooth(factor, product)};
    }
    entry->note |= kSmoothed;
    return {product, arithmetic_.smooth(factor, product, entry->values().last(states * states))};
}

} // namespace assay::active_inference
