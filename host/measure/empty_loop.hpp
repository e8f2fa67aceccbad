// What a loop costs whose body does nothing: the least that a kept iteration can take here and now.
// A body that takes no longer was probably left out by the compiler.
//
//   if (no_slower_than_empty_loop(iteration_s, empty_iteration_s())) note(...);
//
// Callable from any thread; empty_iteration_s() reads the calling thread's CPU clock for 1 ms.
#pragma once

#include <cstdint>

namespace assay::measure {

// n iterations of nothing, none of which the compiler may leave out. Always compiled with
// optimisation, as the loops of plugins are.
void empty_loop(std::uint64_t n) noexcept;

// Seconds per iteration, the least of nine readings: what disturbs one only ever adds to it. A loop
// whose jump lies badly in its line of code takes twice that; such a body is not told.
[[nodiscard]] double empty_iteration_s() noexcept;

// Slower bodies need not be held against the loop: no processor of today takes so long for nothing.
inline constexpr double kSurelySlowerThanEmpty_s = 3e-9;

// `iteration_s` the least of its readings, too. Bodies take whole cycles or nearly; the loop takes
// one, or two. A fifth more is noise, two cycles instead of one are not.
[[nodiscard]] constexpr bool no_slower_than_empty_loop(double iteration_s,
                                                       double empty_s) noexcept {
    return iteration_s > 0 && iteration_s <= 1.2 * empty_s;
}

} // namespace assay::measure
