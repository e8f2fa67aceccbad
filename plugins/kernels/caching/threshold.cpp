#include "threshold.hpp"

#include <stdexcept>
#include <string>

namespace assay::caching {

void require_threshold(double tau) {
    if (!(tau >= -1 && tau <= 1)) {
        throw std::invalid_argument("tau is " + std::to_string(tau) +
                                    ": expected a cosine, from -1 to 1");
    }
}

} // namespace assay::caching
