// Reproducible normal numbers of mean 0 and deviation 1, from the uniform ones of a seed.
//
//   NormalSource normal(RandomSource(derived_seed(seed, kRows)));
//   row[k] = 0.7 * normal.next();
//
// Box & Muller 1958: two at a time, the second kept for the next call. The same on every machine as
// far as its logarithm, sine and cosine are. A value; one per thread.
#pragma once

#include "random_source/random_source.hpp"

#include <cmath>
#include <numbers>

namespace assay {

class NormalSource {
public:
    explicit NormalSource(RandomSource uniform) noexcept
        : uniform_(uniform) {}

    double next() noexcept {
        if (has_spare_) {
            has_spare_ = false;
            return spare_;
        }
        const double radius = std::sqrt(-2 * std::log1p(-uniform_.unit()));
        const double angle = 2 * std::numbers::pi * uniform_.unit();
        spare_ = radius * std::sin(angle);
        has_spare_ = true;
        return radius * std::cos(angle);
    }

private:
    RandomSource uniform_;
    double spare_ = 0;
    bool has_spare_ = false;
};

} // namespace assay
