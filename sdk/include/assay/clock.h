/* Reads the cheapest counter of the processor, for cases that time every operation themselves
 * (ASSAY_SHAPE_LATENCY).
 *
 *   uint64_t last = assay_ticks_begin();
 *   for (uint64_t i = 0; i < batch->iterations; ++i) {
 *       lookup(key[i]);
 *       uint64_t now = assay_ticks_end();
 *       batch->latency[i] = now - last;
 *       last = now;
 *   }
 *
 * One read per operation costs half of two, and a duration holds one read instead of two. Where
 * something that does not belong to the operations lies between them, begin anew after it:
 * last = assay_ticks_begin().
 *
 * Durations are in the unit named by batch->latency_ticks. Use these two only when that field
 * equals ASSAY_TICKS_NATIVE; otherwise take host->now_ns() and set latency_ticks to ASSAY_TICKS_NS.
 * The host calibrates the counter against its steady clock and offers it only when it is invariant.
 *
 * Any thread. C11 and C++17 or later. */
#ifndef ASSAY_CLOCK_H
#define ASSAY_CLOCK_H

#include "plugin.h"

#if defined(__x86_64__)
#define ASSAY_TICKS_NATIVE ASSAY_TICKS_TSC
#elif defined(__aarch64__)
#define ASSAY_TICKS_NATIVE ASSAY_TICKS_CNTVCT
#else
#define ASSAY_TICKS_NATIVE (-1) /* never offered by a host: use now_ns */
#endif

/* The fences keep the timed operation between the two reads: earlier instructions have finished
 * before the first read, the operation has finished before the second. */
static inline uint64_t assay_ticks_begin(void) ASSAY_NOEXCEPT {
#if defined(__x86_64__)
    uint32_t lo, hi;
    __asm__ volatile("lfence\n\trdtsc\n\tlfence" : "=a"(lo), "=d"(hi) : : "memory");
    return ((uint64_t)hi << 32) | lo;
#elif defined(__aarch64__)
    uint64_t ticks;
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
    return ticks;
#else
    return 0;
#endif
}

static inline uint64_t assay_ticks_end(void) ASSAY_NOEXCEPT {
#if defined(__x86_64__)
    uint32_t lo, hi;
    __asm__ volatile("lfence\n\trdtsc" : "=a"(lo), "=d"(hi) : : "memory");
    return ((uint64_t)hi << 32) | lo;
#elif defined(__aarch64__)
    uint64_t ticks;
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
    return ticks;
#else
    return 0;
#endif
}

#endif
