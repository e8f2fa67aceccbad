// Wall time for what is measured here.
//
//   const auto begin = Clock::now();
//   ... const double spent = seconds_since(begin);
#pragma once

#include <chrono>

namespace assay::history::measured {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace assay::history::measured
