#include "transition_reference.hpp"

#include "active_inference/square_matrix.hpp"
#include "bitwise.hpp"

#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

using Values = std::span<const double>;

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

std::optional<std::string> transition_difference(const ai::TransitionMatrices& matrices,
                                                 std::size_t factor,
                                                 ai::ActionSequence actions,
                                                 const ai::StepTransition& found) {
    const std::size_t n = matrices.states(factor);
    const Values first = matrices.matrix(factor, actions.front());
    std::vector<double> product(first.begin(), first.end());
    for (const std::uint8_t action : actions.subspan(1)) {
        product = plain_product(n, matrices.matrix(factor, action), product);
    }
    if (auto difference = distance("product", product, found.product, kTransitionTolerance)) {
        return difference;
    }
    return distance(
        "smoothing transpose", plain_smoothing(n, product), found.smoothing, kTransitionTolerance);
}

} // namespace assay::matrix_caching
