// How large a model is, and what one sequence of tokens costs it.
//
//   ModelShape shape;                          // the NFCS module's
//   require_sound(shape);                      // throws std::invalid_argument
//   projection_flops(shape, 512)               // of queries and keys: 0.54e9
//
// Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::semantic_tokens {

struct ModelShape {
    std::size_t width = 512; // d: numbers of a token
    std::uint32_t vocabulary = 50'000;
    std::size_t layers = 6;     // of semantic fields
    std::size_t heads = 8;      // of attention
    std::size_t longest = 2048; // tokens of a sequence

    [[nodiscard]] std::size_t head_width() const noexcept { return width / heads; }

    bool operator==(const ModelShape&) const = default;
};

// Attention reaches so many tokens to either side, at each of four scales.
inline constexpr std::array<std::size_t, 4> kScales{1, 2, 4, 8};
inline constexpr std::size_t kBand = 8;
inline constexpr std::size_t kBandEntries = 2 * kBand + 1;

inline constexpr double kFieldGain = 0.3; // kappa
inline constexpr double kFieldLimit = 10; // of the norm of a field
inline constexpr double kFeedbackShare = 0.3;
inline constexpr double kAttentionShare = 0.2;
inline constexpr double kFirstMemory = 0.90, kLastMemory = 0.99; // lambda of the layers

[[nodiscard]] double memory_of_layer(const ModelShape& shape, std::size_t layer) noexcept;

// w_l(t) = (1 + cos(2 pi t / 2^(l + 1))) / 2: periods 2, 4, ... of the layers.
[[nodiscard]] double feedback_weight(std::size_t layer, std::size_t position) noexcept;
// After so many positions all weights come again.
[[nodiscard]] std::size_t feedback_period(const ModelShape& shape) noexcept;

// Throws std::invalid_argument with the first thing that makes no sense.
void require_sound(const ModelShape& shape);

// Floating-point operations, a multiplication and an addition each one: what has to be done, not
// what a naive way does.
[[nodiscard]] double projection_flops(const ModelShape& shape, std::size_t tokens) noexcept;
// Scores, softmax without its exponentials, and the sum over the band.
[[nodiscard]] double band_flops(const ModelShape& shape, std::size_t tokens) noexcept;
// Sum, M s and its transpose on the field, and what goes back.
[[nodiscard]] double field_flops(const ModelShape& shape, std::size_t tokens) noexcept;
[[nodiscard]] double process_flops(const ModelShape& shape, std::size_t tokens) noexcept;

} // namespace assay::semantic_tokens
