#include "active_inference/access_pattern.hpp"

#include "random_source/random_source.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

namespace assay::active_inference {

namespace {

constexpr double kExponentMax = 4;

} // namespace

std::optional<AccessPattern> access_pattern_from(std::string_view name) {
    if (name == "uniform") {
        return AccessPattern{AccessPattern::Kind::uniform, 0};
    }
    if (name == "scan") {
        return AccessPattern{AccessPattern::Kind::scan, 0};
    }
    constexpr std::string_view kZipf = "zipf";
    if (!name.starts_with(kZipf)) {
        return std::nullopt;
    }
    name.remove_prefix(kZipf.size());
    double exponent = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), exponent);
    if (read.ec != std::errc() || read.ptr != name.data() + name.size() || !(exponent > 0) ||
        exponent > kExponentMax) {
        return std::nullopt;
    }
    return AccessPattern{AccessPattern::Kind::zipf, exponent};
}

AccessStream::AccessStream(AccessPattern pattern,
                           std::uint32_t key_count,
                           std::uint64_t ranking_seed)
    : pattern_(pattern)
    , key_count_(key_count) {
    if (pattern_.kind != AccessPattern::Kind::zipf) {
        return;
    }
    ranking_.resize(key_count);
    std::iota(ranking_.begin(), ranking_.end(), 0u);
    RandomSource random(ranking_seed);
    for (std::uint32_t left = key_count; left > 1; --left) {
        std::swap(ranking_[left - 1], ranking_[random.below(left)]);
    }
    cumulative_.resize(key_count);
    double sum = 0;
    for (std::uint32_t rank = 0; rank < key_count; ++rank) {
        sum += std::pow(rank + 1.0, -pattern_.exponent);
        cumulative_[rank] = sum;
    }
    for (double& weight : cumulative_) {
        weight /= sum;
    }
    cumulative_.back() = 1; // above every draw, whatever was rounded
}

void AccessStream::draw(std::uint64_t seed, std::span<std::uint32_t> keys) const noexcept {
    RandomSource random(seed);
    switch (pattern_.kind) {
    case AccessPattern::Kind::uniform:
        for (std::uint32_t& key : keys) {
            key = random.below(key_count_);
        }
        return;
    case AccessPattern::Kind::zipf:
        for (std::uint32_t& key : keys) {
            const auto at = std::ranges::upper_bound(cumulative_, random.unit());
            key = ranking_[static_cast<std::size_t>(at - cumulative_.begin())];
        }
        return;
    case AccessPattern::Kind::scan: {
        std::uint32_t next = random.below(key_count_);
        for (std::uint32_t& key : keys) {
            key = next;
            next = next + 1 == key_count_ ? 0 : next + 1;
        }
        return;
    }
    }
}

bool AccessStream::draw_before(std::uint64_t seed, std::span<std::uint32_t> keys) const noexcept {
    if (pattern_.kind != AccessPattern::Kind::scan) {
        return false;
    }
    std::uint32_t next = RandomSource(seed).below(key_count_);
    for (std::size_t i = keys.size(); i-- > 0;) {
        next = next == 0 ? key_count_ - 1 : next - 1;
        keys[i] = next;
    }
    return true;
}

double AccessStream::rank_weight(std::uint32_t rank) const noexcept {
    return cumulative_[rank] - (rank == 0 ? 0 : cumulative_[rank - 1]);
}

} // namespace assay::active_inference
