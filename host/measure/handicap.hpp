// Time spent on purpose inside the timed region: the positive control of a comparison slows a build
// down by a known share and expects to see it.
//
//   const Handicap handicap = handicap_for(0.03, slice_s);   // calibrated now, about 2 ms
//   multiply_chain(handicap.links);
//
// Callable from any thread; the calibration reads the calling thread's CPU clock.
#pragma once

#include <cstdint>
#include <string>

namespace assay::measure {

// A chain of multiplications, each of which needs the one before.
void multiply_chain(std::uint64_t links) noexcept;

struct Handicap {
    std::uint64_t links = 0;
    double link_s = 0; // what one of them costs, measured now
};

// A chain that takes `share` of `slice_s`; at least one link where both are positive.
[[nodiscard]] Handicap handicap_for(double share, double slice_s);

// "handicap: 3 % of a slice: 26000 multiplications of 0.81 ns".
[[nodiscard]] std::string describe(const Handicap& handicap, double share);

} // namespace assay::measure
