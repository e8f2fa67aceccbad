#include "active_inference/policies/ambiguity.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/policies/natural_logarithm.hpp"

#include <algorithm>

namespace assay::active_inference {

// Once more for processors with wider vectors, chosen when the program starts. Every entry is
// computed by the same operations in the same order, so the bits do not depend on the choice.
#if defined(__x86_64__)
[[gnu::target_clones("avx2", "default")]]
#endif
void expected_log_likelihood(const double* likelihood,
                             std::size_t outcomes,
                             std::size_t states,
                             double* out) noexcept {
    std::fill_n(out, states, 0.0);
    for (std::size_t outcome = 0; outcome < outcomes; ++outcome) {
        const double* const __restrict row = likelihood + outcome * states;
        double* const __restrict sums = out;
        for (std::size_t state = 0; state < states; ++state) {
            sums[state] += row[state] * natural_logarithm(row[state] + kGainFloor);
        }
    }
}

} // namespace assay::active_inference
