#include "active_inference/policies/outer_product.hpp"

#include <cstddef>

namespace assay::active_inference {

void outer_product(std::span<const std::span<const double>> vectors,
                   std::span<double> out) noexcept {
    out[0] = 1;
    std::size_t filled = 1;
    for (const std::span<const double> vector : vectors) {
        // In place, from the back: what an entry grows into lies at or after it.
        for (std::size_t at = filled; at-- > 0;) {
            const double factor = out[at];
            const double* const __restrict from = vector.data();
            double* const __restrict to = out.data() + at * vector.size();
            for (std::size_t i = 0; i < vector.size(); ++i) {
                to[i] = factor * from[i];
            }
        }
        filled *= vector.size();
    }
}

} // namespace assay::active_inference
