// Keys are bytes: two computations share an entry when, and only when, everything they depend on is
// the same bytes. A key contains what the computation uses and nothing else.
//
//   CacheKey key;
//   key.append(model_version);
//   key.append(factor);
//   key.append_bytes(actions);
//   cache.find(key.view());
//
// Plain values; pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <type_traits>

namespace assay::active_inference {

using KeyView = std::span<const std::byte>;

// A key on the stack. Longer keys (a whole belief) are bytes of the caller's own, passed as
// KeyView.
class CacheKey {
public:
    static constexpr std::size_t kBytesMax = 64;

    // Only types without padding: indeterminate bytes would make equal keys differ.
    template <typename T>
    requires std::has_unique_object_representations_v<T>

    void append(const T& part) { append_bytes(std::as_bytes(std::span<const T, 1>(&part, 1))); }

    void append_bytes(KeyView part) {
        if (part.size() > kBytesMax - size_) {
            throw std::length_error("a cache key is longer than 64 bytes");
        }
        if (!part.empty()) {
            std::memcpy(bytes_.data() + size_, part.data(), part.size());
            size_ += part.size();
        }
    }

    [[nodiscard]] KeyView view() const noexcept { return {bytes_.data(), size_}; }

    // The key without what was appended behind its first `size` bytes.
    [[nodiscard]] KeyView first(std::size_t size) const noexcept { return view().first(size); }

private:
    std::array<std::byte, kBytesMax> bytes_; // the first size_ are set
    std::size_t size_ = 0;
};

// 64 bits for the table; equality is always decided by the bytes themselves.
[[nodiscard]] inline std::uint64_t hash_of(KeyView key) noexcept {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ull;
    std::uint64_t hash = key.size() * kOdd;
    std::size_t at = 0;
    const auto take = [&](std::size_t count) {
        std::uint64_t word = 0;
        std::memcpy(&word, key.data() + at, count);
        hash = (hash ^ word) * kOdd;
        hash ^= hash >> 29;
        at += count;
    };
    while (key.size() - at >= 8) {
        take(8);
    }
    if (key.size() - at >= 4) {
        take(4);
    }
    while (at < key.size()) {
        take(1);
    }
    return hash ^ (hash >> 32);
}

} // namespace assay::active_inference
