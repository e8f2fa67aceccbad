#include "active_inference/policies/divergence.hpp"

#include "active_inference/logarithm.hpp"

namespace assay::active_inference {

double divergence_eps(std::span<const double> x, std::span<const double> y) noexcept {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum += x[i] * (log_eps(x[i]) - log_eps(y[i]));
    }
    return sum;
}

double divergence_eps(const Beliefs& x, const Beliefs& y) noexcept {
    double sum = 0;
    for (std::size_t factor = 0; factor < x.size(); ++factor) {
        sum += divergence_eps(x[factor], y[factor]);
    }
    return sum;
}

void column_entropies(std::span<const double> tensor,
                      std::size_t rows,
                      std::span<double> out) noexcept {
    const std::size_t columns = tensor.size() / rows;
    for (std::size_t column = 0; column < columns; ++column) {
        double sum = 0;
        for (std::size_t at = column; at < tensor.size(); at += columns) {
            sum -= tensor[at] * log_eps(tensor[at]);
        }
        out[column] = sum;
    }
}

} // namespace assay::active_inference
