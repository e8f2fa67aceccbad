#include "vector_fault.hpp"

#include "hashed_embedder.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::retrieval {

std::optional<std::string> vector_fault(std::span<const float> vector, std::size_t dimension) {
    if (vector.size() != dimension) {
        return std::to_string(vector.size()) + " components, expected " + std::to_string(dimension);
    }
    const auto odd = std::ranges::find_if(vector, [](float x) { return !std::isfinite(x); });
    if (odd != vector.end()) {
        return "component " + std::to_string(odd - vector.begin()) + " is not finite";
    }
    if (std::ranges::all_of(vector, [](float x) { return x == 0; })) {
        return "all components are 0: it has no direction";
    }
    return std::nullopt;
}

void require_vector(std::span<const float> vector, std::size_t dimension) {
    if (const auto fault = vector_fault(vector, dimension)) {
        throw std::invalid_argument("vector: " + *fault);
    }
}

void require_size(std::size_t found, std::size_t dimension) {
    if (found != dimension) {
        throw std::invalid_argument("vector: " + std::to_string(found) + " components, expected " +
                                    std::to_string(dimension));
    }
}

void require_dimension(std::size_t dimension) {
    if (dimension == 0 || dimension > kDimensionMax) {
        throw std::invalid_argument("dimension is " + std::to_string(dimension) +
                                    ": expected 1 to " + std::to_string(kDimensionMax));
    }
}

} // namespace assay::retrieval
