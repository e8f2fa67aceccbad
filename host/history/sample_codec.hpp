// Samples of a point as bytes of the store: exact, small where neighbours are alike, readable for
// ever.
//
//   const EncodedSamples kept = encode(samples);
//   std::optional<Samples> read = decode(kept.encoding, kept.body);   // nothing: not known here
//
// A body begins with its version byte. An encoding or version that this Assay does not know, or
// bytes that are not whole, mean that the samples are unavailable; the run is not worse for it.
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::history {

// In the store: numbers never change their meaning.
namespace sample_encoding {
inline constexpr std::int64_t xor_varint = 0; // f64 little-endian, XOR of neighbours, varint
inline constexpr std::int64_t zstd = 1;       // reserved; written by nobody yet
inline constexpr std::int64_t sketch = 2;     // what retention leaves
} // namespace sample_encoding

struct EncodedSamples {
    std::int64_t encoding = sample_encoding::xor_varint;
    std::string body;
};

// Nothing to keep: neither medians nor launches nor a sketch.
[[nodiscard]] bool is_empty(const Samples& samples) noexcept;

[[nodiscard]] EncodedSamples encode(const Samples& samples);
[[nodiscard]] std::optional<Samples> decode(std::int64_t encoding, std::string_view body);

} // namespace assay::history
