// The measured loops. They are compiled in the plugin together with the body of the case, so that
// an iteration costs what the body costs.
#pragma once

#include "../clock.h"
#include "../keep.hpp"
#include "case_traits.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace assay::detail {

inline bool cancelled(const assay_batch& b) noexcept {
    return b.cancel != nullptr && __atomic_load_n(b.cancel, __ATOMIC_RELAXED) != 0;
}

// body(i) for every iteration, in sixteen stretches with a look at the cancel word between them: a
// batch of minutes can be stopped, and sixteen extra branches in a batch of a millisecond are far
// below what can be measured.
template <class Body>
[[gnu::always_inline]] inline void repeat(assay_batch& b, Body&& body) {
    std::uint64_t const total = b.iterations;
    std::uint64_t const stretch = total / 16 + 1;
    std::uint64_t i = 0;
    while (i < total) {
        std::uint64_t const end = i + std::min(stretch, total - i);
        for (; i < end; ++i) {
            body(i);
        }
        if (cancelled(b)) {
            break;
        }
    }
    b.done = i;
}

// Evaluates `work` and keeps what it returns.
template <class Work>
[[gnu::always_inline]] inline void keep_result(Work&& work) {
    if constexpr (std::is_void_v<decltype(work())>) {
        work();
        clobber();
    } else {
        keep(work());
    }
}

// Shape latency with one clock: begin() reads it before the first operation, end() after each. The
// end of one is the beginning of the next, so that a clock is read once per operation, no time lies
// between two of them, and a duration holds one read instead of two.
template <class Begin, class End, class Body>
[[gnu::always_inline]] inline void
time_each(assay_batch& b, Begin&& begin, End&& end, Body&& body) {
    std::uint64_t* const durations = b.latency;
    std::uint64_t last = begin();
    repeat(b, [&](std::uint64_t i) {
        body(i);
        std::uint64_t const now = end();
        durations[i] = now - last;
        last = now;
    });
    b.n_latency = b.done;
}

template <class Body>
void measure_latency(assay_batch& b, const assay_host& host, Body&& body) {
    if (static_cast<std::int64_t>(b.latency_ticks) == std::int64_t{ASSAY_TICKS_NATIVE}) {
        time_each(b, assay_ticks_begin, assay_ticks_end, body);
    } else {
        b.latency_ticks = ASSAY_TICKS_NS;
        time_each(b, host.now_ns, host.now_ns, body);
    }
}

} // namespace assay::detail
