// What no step of coupled oscillators can do without, as the compiler makes it: the sines and
// cosines of libmvec, and reading a matrix once.
//
//   const BoundLoops& bounds = bound_loops();
//   bounds.sines(theta, s, c, n);
//
// Pointers to whole cache lines, n a multiple of 8. Any thread.
#pragma once

#include <cstddef>

namespace kuramoto_speed {

struct BoundLoops {
    void (*sines)(const double* theta, double* sin, double* cos, std::size_t n);
    double (*read)(const double* values, std::size_t n); // their sum
};

namespace v1 {
const BoundLoops& bound_loops() noexcept;
}

namespace v3 {
const BoundLoops& bound_loops() noexcept;
}

namespace v4 {
const BoundLoops& bound_loops() noexcept;
}

// Of this processor.
[[nodiscard]] const BoundLoops& bound_loops() noexcept;

} // namespace kuramoto_speed
