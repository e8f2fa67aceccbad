// The interval of a share of which k of n were counted: Clopper & Pearson (1934), which covers the
// true share at least as often as it says, whatever the share.
//
//   binomial_interval(0, 100, 0.95)   // [0, 0.0362]
//
// Pure function; any thread.
#pragma once

#include <cstdint>

namespace proof {

struct ShareInterval {
    double low = 0, high = 1;
};

// Precondition: k <= n, 0 < level < 1. [0, 1] for n = 0.
[[nodiscard]] ShareInterval binomial_interval(std::uint64_t k, std::uint64_t n, double level);

} // namespace proof
