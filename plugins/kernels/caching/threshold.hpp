// The smallest similarity that still counts as a hit: tau.
//
//   require_threshold(0.9);   // throws std::invalid_argument outside of -1 to 1, and for NaN
#pragma once

namespace assay::caching {

void require_threshold(double tau);

} // namespace assay::caching
