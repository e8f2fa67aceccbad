#include "cached_evaluator.hpp"

#include <algorithm>
#include <bit>
#include <ctime>
#include <limits>

namespace assay::policy_decision {

namespace {

// Violations that an entry has room for once it has any, so that the next decision in its place
// seldom allocates.
constexpr std::size_t kRoom = 64;

// Equal numbers have equal bits: one zero, one NaN.
std::uint64_t canonical_bits(double value) noexcept {
    if (value != value) {
        value = std::numeric_limits<double>::quiet_NaN();
    }
    return std::bit_cast<std::uint64_t>(value + 0.0);
}

__extension__ typedef unsigned __int128 Product;

std::uint64_t folded(std::uint64_t a, std::uint64_t b) noexcept {
    const Product product = static_cast<Product>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

} // namespace

std::uint64_t digest_of(KeyWords key) noexcept {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ull, kOther = 0xBF58476D1CE4E5B9ull;
    std::uint64_t one = key.size() * kOdd, two = kOther;
    std::size_t i = 0;
    for (; i + 4 <= key.size(); i += 4) {
        one = folded(key[i] ^ kOdd, key[i + 1] ^ one);
        two = folded(key[i + 2] ^ kOther, key[i + 3] ^ two);
    }
    for (; i < key.size(); ++i) {
        one = folded(key[i] ^ kOdd, one ^ kOther);
    }
    return folded(one ^ kOther, two ^ kOdd);
}

std::chrono::nanoseconds coarse_steady_time() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

CachedEvaluator::CachedEvaluator(const PolicySet& set, const CacheOptions& options)
    : set_(&set)
    , options_(options)
    , evaluator_(set)
    , entries_(std::bit_ceil(std::max(options.entries, kWays))) {
    refresh();
}

// The layout of the key belongs to the set: with another set every entry is gone.
void CachedEvaluator::refresh() {
    evaluator_.refresh();
    const std::size_t attributes = evaluator_.table().read().size();
    key_.assign(1 + (attributes + 63) / 64 + attributes, 0);
    keys_.resize(key_.size() * entries_.size()); // of empty entries nobody reads them
    for (Entry& entry : entries_) {
        entry.used = 0;
    }
    version_ = set_->version();
}

void CachedEvaluator::clear() {
    refresh();
    counts_ = {};
}

void CachedEvaluator::write_key(const Context& context) noexcept {
    const std::span<const std::uint32_t> read = evaluator_.table().read();
    const std::size_t flags = (read.size() + 63) / 64;
    std::uint64_t* const values = key_.data() + 1 + flags;
    key_[0] = version_;
    for (std::size_t word = 0; word < flags; ++word) {
        std::uint64_t present = 0;
        const std::size_t end = std::min(read.size(), word * 64 + 64);
        for (std::size_t i = word * 64; i < end; ++i) {
            const Slot slot = context.slot(read[i]);
            present |= std::uint64_t{slot.is_present} << (i % 64);
            values[i] = canonical_bits(slot.value);
        }
        key_[1 + word] = present;
    }
}

KeyWords CachedEvaluator::key_of(std::size_t entry) const noexcept {
    return std::span(keys_).subspan(entry * key_.size(), key_.size());
}

bool CachedEvaluator::is_same(std::size_t entry, std::uint64_t digest) const noexcept {
    return entries_[entry].used != 0 && entries_[entry].digest == digest &&
           std::ranges::equal(key_of(entry), key_);
}

const Decision&
CachedEvaluator::keep(std::size_t set, std::uint64_t digest, const Decision& decision) {
    const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(set);
    const auto oldest = std::min_element(
        begin, begin + kWays, [](const Entry& a, const Entry& b) { return a.used < b.used; });
    oldest->digest = digest;
    oldest->used = counts_.lookups;
    oldest->made = options_.clock();
    if (!decision.violations.empty()) {
        oldest->decision.violations.reserve(std::max(decision.violations.size(), kRoom));
    }
    oldest->decision = decision;
    const auto entry = static_cast<std::size_t>(oldest - entries_.begin());
    std::ranges::copy(key_, keys_.begin() + static_cast<std::ptrdiff_t>(entry * key_.size()));
    return oldest->decision;
}

const Decision& CachedEvaluator::decide(const Context& context) {
    if (version_ != set_->version()) {
        refresh();
    }
    ++counts_.lookups;
    write_key(context);
    const std::uint64_t digest = options_.digest(key_);
    const std::size_t set = (digest & (entries_.size() / kWays - 1)) * kWays;
    for (std::size_t entry = set; entry < set + kWays; ++entry) {
        if (!is_same(entry, digest)) {
            continue;
        }
        const std::chrono::nanoseconds age = options_.clock() - entries_[entry].made;
        if (age >= std::chrono::nanoseconds(0) && age < options_.lifetime) {
            ++counts_.hits;
            entries_[entry].used = counts_.lookups;
            return entries_[entry].decision;
        }
        ++counts_.expired;
        entries_[entry].used = 0; // the first to be taken
    }
    return keep(set, digest, evaluator_.decide(context));
}

} // namespace assay::policy_decision
