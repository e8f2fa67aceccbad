#include "semantic_tokens/model_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

namespace assay::semantic_tokens {
namespace {

constexpr std::size_t kMostLayers = 12, kMostWidth = 8192, kMostLongest = 1U << 20U;

void require_between(const char* what, std::size_t value, std::size_t least, std::size_t most) {
    if (value < least || value > most) {
        throw std::invalid_argument(std::string(what) + " is " + std::to_string(value) +
                                    ": expected " + std::to_string(least) + " to " +
                                    std::to_string(most));
    }
}

} // namespace

double memory_of_layer(const ModelShape& shape, std::size_t layer) noexcept {
    const double share =
        shape.layers < 2 ? 0 : static_cast<double>(layer) / static_cast<double>(shape.layers - 1);
    return kFirstMemory + (kLastMemory - kFirstMemory) * share;
}

double feedback_weight(std::size_t layer, std::size_t position) noexcept {
    const std::size_t period = std::size_t{2} << layer;
    const double turns = static_cast<double>(position % period) / static_cast<double>(period);
    return 0.5 * (1 + std::cos(2 * std::numbers::pi * turns));
}

std::size_t feedback_period(const ModelShape& shape) noexcept {
    return std::size_t{1} << shape.layers;
}

void require_sound(const ModelShape& shape) {
    require_between("width", shape.width, 64, kMostWidth);
    require_between("heads", shape.heads, 1, shape.width / 8);
    require_between("layers", shape.layers, 1, kMostLayers);
    require_between("longest", shape.longest, 1, kMostLongest);
    require_between("vocabulary", shape.vocabulary, 1, 1U << 30U);
    if (shape.width % 64 != 0 || shape.width % (8 * shape.heads) != 0) {
        throw std::invalid_argument(
            "width is " + std::to_string(shape.width) + " and heads " +
            std::to_string(shape.heads) +
            ": expected a width that is a multiple of 64 and of 8 for each head");
    }
}

double projection_flops(const ModelShape& shape, std::size_t tokens) noexcept {
    const auto width = static_cast<double>(shape.width);
    return 2 * static_cast<double>(tokens) * width * 2 * width;
}

double band_flops(const ModelShape& shape, std::size_t tokens) noexcept {
    std::size_t entries = 0;
    for (std::size_t row = 0; row < tokens; ++row) {
        entries += std::min(tokens - 1, row + kBand) - (row < kBand ? 0 : row - kBand) + 1;
    }
    const auto width = static_cast<double>(shape.width);
    const auto heads = static_cast<double>(shape.heads);
    return static_cast<double>(entries) * (4 * width + 2 * heads) +
           static_cast<double>(tokens) * width;
}

double field_flops(const ModelShape& shape, std::size_t tokens) noexcept {
    const auto width = static_cast<double>(shape.width), n = static_cast<double>(tokens);
    const auto layers = static_cast<double>(shape.layers);
    const auto periods = static_cast<double>(std::min(tokens, feedback_period(shape)));
    return n * width + layers * (4 * width * width + 6 * width) + periods * layers * 2 * width +
           n * 2 * width;
}

double process_flops(const ModelShape& shape, std::size_t tokens) noexcept {
    const double embedding = static_cast<double>(tokens * shape.width);
    return embedding + field_flops(shape, tokens) + projection_flops(shape, tokens) +
           band_flops(shape, tokens);
}

} // namespace assay::semantic_tokens
