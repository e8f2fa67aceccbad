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
                                                   std::span<const double> earlier,
                                                   std::span<double> out) {
    const std::size_t n = matrices_->states(factor);
    if (out.empty()) {
        turn_ ^= 1;
        out = products_[turn_];
    }
    multiply(n, matrices_->matrix(factor, action).data(), earlier.data(), out.data());
    work_.contractions_done += 1;
    work_.ops_done += multiply_ops(n);
    return out.first(n * n);
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

StepTransition CachedTransitions::build(std::size_t factor,
                                        ActionSequence actions,
                                        const CacheKey& key,
                                        Found from) {
    const std::size_t states = arithmetic_.matrices().states(factor);
    if (from.steps > 1) {
        ++counts_.partial_hits;
        arithmetic_.work().contractions_skipped += from.steps - 1;
        arithmetic_.work().ops_skipped += (from.steps - 1) * multiply_ops(states);
    }
    Found found = from;
    while (found.steps < actions.size()) {
        found = extend(factor, actions.first(found.steps + 1), key, found);
    }
    if (actions.size() == 1 && found.entry == nullptr) {
        found.entry = cache_.insert_absent(key.view(), value_count(states, 1));
    }
    if (found.entry == nullptr) {
        return {found.product, arithmetic_.smooth(factor, found.product)};
    }
    found.entry->note |= kSmoothed;
    const std::span<double> smoothing = found.entry->values().last(states * states);
    return {found.product, arithmetic_.smooth(factor, found.product, smoothing)};
}

// A product is computed where it is kept, unless what it is made of is kept as well: the insertion
// may evict that.
CachedTransitions::Found CachedTransitions::extend(std::size_t factor,
                                                   ActionSequence actions,
                                                   const CacheKey& key,
                                                   Found earlier) {
    const std::size_t states = arithmetic_.matrices().states(factor);
    const KeyView own_key = key.first(kKeyHeader + actions.size());
    const std::size_t values = value_count(states, actions.size());
    const std::size_t action = actions.back();
    const bool kept =
        earlier.entry != nullptr && earlier.product.data() == earlier.entry->values().data();
    if (!kept) {
        CacheEntry* entry = cache_.insert_absent(own_key, values);
        const std::span<double> out =
            entry == nullptr ? std::span<double>() : entry->values().first(states * states);
        return {arithmetic_.step(factor, action, earlier.product, out), actions.size(), entry};
    }
    const std::span<const double> product = arithmetic_.step(factor, action, earlier.product);
    CacheEntry* entry = cache_.insert_absent(own_key, values);
    if (entry != nullptr) {
        std::ranges::copy(product, entry->values().begin());
    }
    return {product, actions.size(), entry};
}

} // namespace assay::active_inference
