#include "statistics/false_discoveries.hpp"

#include <algorithm>
#include <cmath>

namespace assay::statistics {

std::vector<std::size_t> benjamini_hochberg(std::span<const double> p, double q) {
    std::vector<double> sorted;
    for (const double one : p) {
        sorted.push_back(std::isnan(one) ? 1 : one);
    }
    std::ranges::sort(sorted);
    double limit = -1; // nothing is below it
    for (std::size_t k = sorted.size(); k > 0; --k) {
        if (sorted[k - 1] <= q * static_cast<double>(k) / static_cast<double>(sorted.size())) {
            limit = sorted[k - 1];
            break;
        }
    }
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (p[i] <= limit) {
            found.push_back(i);
        }
    }
    return found;
}

} // namespace assay::statistics
