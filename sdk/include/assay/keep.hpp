// keep(value): the compiler must compute `value`, and must assume that memory changed. The loops of
// the SDK call it on what a case returns; a case calls it on what it computes and does not return.
//
//   for (...) assay::keep(hash(key));
//
// Any thread; costs no instruction beyond the computation of the value.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace assay {

// Everything in memory may have been read or written here.
inline void clobber() noexcept {
    asm volatile("" : : : "memory");
}

template <class T>
inline void keep(T const& value) noexcept {
    if constexpr (std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(void*)) {
        asm volatile("" : : "r,m"(value) : "memory");
    } else {
        asm volatile("" : : "m"(value) : "memory");
    }
}

namespace detail {

// The link of a chain: the compiler loses track of `value` but it stays in its register, so that
// n iterations cannot be folded into one formula and no store adds to the latency.
template <class T>
inline void link(T& value) noexcept {
    if constexpr (std::is_floating_point_v<T> && sizeof(T) <= sizeof(double)) {
#if defined(__x86_64__)
        asm volatile("" : "+x"(value) : : "memory");
#elif defined(__aarch64__)
        asm volatile("" : "+w"(value) : : "memory");
#else
        asm volatile("" : "+m"(value) : : "memory");
#endif
    } else if constexpr (std::is_scalar_v<T> && sizeof(T) <= sizeof(void*)) {
        asm volatile("" : "+r"(value) : : "memory");
    } else {
        asm volatile("" : : "r"(std::addressof(value)) : "memory");
    }
}

} // namespace detail
} // namespace assay
