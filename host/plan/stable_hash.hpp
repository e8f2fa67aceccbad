// The hash behind shards and order: the same number for the same text on every machine, in every
// version, which std::hash does not promise. Changing it moves cases between the shards of a run in
// progress.
//
//   std::uint64_t place = stable_hash("router/least_latency[n=16]");
//
// FNV-1a over 64 bits (Fowler, Noll & Vo; the constants of RFC 9923), then the finaliser of
// MurmurHash3 (Appleby, 2011), because the low bits of FNV-1a alone follow the last character.
// Pure; callable from any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::plan {

constexpr std::uint64_t mix(std::uint64_t bits) noexcept {
    bits = (bits ^ (bits >> 33)) * 0xFF51AFD7ED558CCDu;
    bits = (bits ^ (bits >> 33)) * 0xC4CEB9FE1A85EC53u;
    return bits ^ (bits >> 33);
}

constexpr std::uint64_t stable_hash(std::string_view text) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    }
    return mix(hash);
}

} // namespace assay::plan
