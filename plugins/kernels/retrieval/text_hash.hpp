// The hash that gives a word its place in a vector: FNV-1a with 64 bits, then mixed, because the
// low bits of FNV of short texts are alike.
//
//   const std::uint64_t h = hash_of("cache");
//
// Part of the definition of the hashed embedders: it never changes. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::retrieval {

[[nodiscard]] constexpr std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t h = 1469598103934665603ull;
    for (const char c : text) {
        h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    }
    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9ull;
    return h ^ (h >> 32);
}

} // namespace assay::retrieval
