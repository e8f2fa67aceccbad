// One timed batch as it is recorded, sent and kept: fixed size, plain data.
//
// Written by the measuring loop, sent by the worker in one packed frame per launch, read by the
// host.
#pragma once

#include <cstdint>
#include <type_traits>

namespace assay::measure {

enum SliceFlag : std::uint32_t {
    kSliceWarmup = 1u << 0,  // thrown away by every figure, kept in the record
    kSliceScaling = 1u << 1, // taken for the n against 2n check
};

// All times in nanoseconds, all counters are deltas over run() alone. Little endian, 120 bytes.
struct SliceRecord {
    std::uint32_t index = 0; // within its launch, in the order taken
    std::uint32_t lane = 0;
    std::uint64_t iterations = 0, done = 0, seed = 0;
    std::uint64_t start_ns = 0; // CLOCK_MONOTONIC when run() began
    std::uint64_t wall_ns = 0, thread_cpu_ns = 0, process_cpu_ns = 0;
    std::uint64_t manual_ns = 0, items = 0, bytes = 0, checksum = 0;
    std::uint32_t voluntary_switches = 0, involuntary_switches = 0;
    std::uint32_t minor_faults = 0, major_faults = 0;
    std::uint16_t cpu_before = 0, cpu_after = 0;
    std::uint32_t flags = 0;
};

static_assert(sizeof(SliceRecord) == 120 && std::is_trivially_copyable_v<SliceRecord>);

} // namespace assay::measure
