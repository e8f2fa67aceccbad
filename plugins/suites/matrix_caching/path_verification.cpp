#include "path_verification.hpp"

#include "active_inference/square_matrix.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

using MaybeText = std::optional<std::string>;
using Values = std::span<const double>;

std::string exact_text(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

std::string differs_at(const char* part, std::size_t at, double expected, double found) {
    return std::string(part) + " differs in value " + std::to_string(at) + ": expected " +
           exact_text(expected) + ", found " + exact_text(found);
}

MaybeText bitwise(const char* part, Values expected, Values found) {
    if (expected.size() != found.size()) {
        return std::string(part) + " has " + std::to_string(found.size()) + " values, expected " +
               std::to_string(expected.size());
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (std::memcmp(&expected[i], &found[i], sizeof(double)) != 0) {
            return differs_at(part, i, expected[i], found[i]);
        }
    }
    return std::nullopt;
}

MaybeText close(const char* part, Values expected, Values found) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double bound = kReferenceTolerance * std::abs(expected[i]);
        if (!(std::abs(found[i] - expected[i]) <= bound)) { // also for NaN
            return differs_at(part, i, expected[i], found[i]);
        }
    }
    return std::nullopt;
}

std::vector<double> plain_product(std::size_t n, Values later, Values earlier) {
    std::vector<double> out(n * n, 0.0);
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t column = 0; column < n; ++column) {
            for (std::size_t k = 0; k < n; ++k) {
                out[row * n + column] += later[row * n + k] * earlier[k * n + column];
            }
        }
    }
    return out;
}

std::vector<double> plain_smoothing(std::size_t n, Values product) {
    std::vector<double> out(n * n);
    for (std::size_t column = 0; column < n; ++column) {
        double sum = 0;
        for (std::size_t row = 0; row < n; ++row) {
            out[row * n + column] = product[column * n + row] + ai::kProbabilityFloor;
            sum += out[row * n + column];
        }
        for (std::size_t row = 0; row < n; ++row) {
            out[row * n + column] /= sum;
        }
    }
    return out;
}

} // namespace

MaybeText bitwise_difference(const ai::StepTransition& expected, const ai::StepTransition& found) {
    if (auto difference = bitwise("product", expected.product, found.product)) {
        return difference;
    }
    return bitwise("smoothing transpose", expected.smoothing, found.smoothing);
}

MaybeText reference_difference(const ai::TransitionMatrices& matrices,
                               std::size_t factor,
                               ai::ActionSequence actions,
                               const ai::StepTransition& found) {
    const std::size_t n = matrices.states(factor);
    const Values first = matrices.matrix(factor, actions.front());
    std::vector<double> product(first.begin(), first.end());
    for (const std::uint8_t action : actions.subspan(1)) {
        product = plain_product(n, matrices.matrix(factor, action), product);
    }
    if (auto difference = close("product", product, found.product)) {
        return difference;
    }
    return close("smoothing transpose", plain_smoothing(n, product), found.smoothing);
}

} // namespace assay::matrix_caching
