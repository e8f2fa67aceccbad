// The service "assay.parallel/1": the host's oneTBB arena for suites that want parallel loops. What
// links oneTBB lives in a library of its own, libassay-parallel.so, loaded only when a suite asks:
// oneTBB in the process costs start-up time and threads that spin, which no other measurement
// should pay.
//
// Callable from any thread.
#pragma once

#include <assay/plugin.h>

#include <atomic>
#include <cstdint>

namespace assay::measure {

// What libassay-parallel.so offers, by its one symbol. Both sides are built together, so this is no
// contract with anybody else.
struct ParallelLibrary {
    std::uint32_t (*concurrency)() noexcept;
    // ASSAY_E_CANCELLED when the word became non-zero before every piece was called.
    assay_status (*for_each)(std::uint64_t n,
                             std::uint64_t grain,
                             void* user,
                             void (*body)(void*, std::uint64_t, std::uint64_t) noexcept,
                             const std::atomic<std::uint32_t>* cancel) noexcept;
};

inline constexpr const char* kParallelSymbol = "assay_parallel_library";
using ParallelEntry = const ParallelLibrary* (*)();

// NULL if the library cannot be loaded; the suite copes.
const assay_parallel_v1* parallel_service() noexcept;

} // namespace assay::measure
