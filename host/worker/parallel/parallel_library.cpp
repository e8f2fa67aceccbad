// libassay-parallel.so: parallel loops on oneTBB for suites that ask for "assay.parallel/1". The
// only part of a worker that knows oneTBB, loaded on demand by measure/parallel_service.
#include "measure/parallel_service.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <exception>

namespace {

using assay::measure::ParallelLibrary;
using Body = void (*)(void*, std::uint64_t, std::uint64_t) noexcept;

// Follows the CPU mask of the process: a pinned worker has one thread.
tbb::task_arena& arena() {
    static tbb::task_arena threads;
    return threads;
}

std::uint32_t concurrency() noexcept {
    return static_cast<std::uint32_t>(std::max(1, arena().max_concurrency()));
}

// Without a wish of the suite: eight pieces a thread even out what takes unequally long.
std::uint64_t chosen_grain(std::uint64_t n) noexcept {
    return std::max<std::uint64_t>(1, n / (std::uint64_t{8} * concurrency()));
}

assay_status for_each(std::uint64_t n,
                      std::uint64_t grain,
                      void* user,
                      Body body,
                      const std::atomic<std::uint32_t>* cancel) noexcept {
    if (n == 0) {
        return ASSAY_OK;
    }
    const auto stopped = [cancel] {
        return cancel != nullptr && cancel->load(std::memory_order_relaxed) != 0;
    };
    std::atomic<bool> skipped{false};
    const auto piece = [&](const tbb::blocked_range<std::uint64_t>& range) {
        if (stopped()) {
            skipped.store(true, std::memory_order_relaxed);
        } else {
            body(user, range.begin(), range.end());
        }
    };
    try {
        arena().execute([&] {
            const tbb::blocked_range<std::uint64_t> all(0, n, grain == 0 ? chosen_grain(n) : grain);
            tbb::parallel_for(all, piece, tbb::simple_partitioner{});
        });
    } catch (const std::exception&) { // no memory for a task: not every piece was called
        return ASSAY_E_NOMEM;
    }
    return skipped.load() ? ASSAY_E_CANCELLED : ASSAY_OK;
}

} // namespace

extern "C" ASSAY_EXPORT const ParallelLibrary* assay_parallel_library();

const ParallelLibrary* assay_parallel_library() {
    static constexpr ParallelLibrary library{concurrency, for_each};
    return &library;
}
