#include "parallel_threads.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace suite_test {
namespace {

std::atomic<std::uint32_t>& threads() {
    static std::atomic<std::uint32_t> count{1};
    return count;
}

std::uint32_t concurrency(assay_scope*) noexcept {
    return threads();
}

// Pieces of `grain` (1 where the host chooses), taken in turn by whichever thread is free.
assay_status for_each(assay_scope*,
                      std::uint64_t n,
                      std::uint64_t grain,
                      void* user,
                      void (*body)(void*, std::uint64_t, std::uint64_t) noexcept) noexcept {
    const std::uint64_t piece = std::max<std::uint64_t>(grain, 1);
    std::atomic<std::uint64_t> next{0};
    const auto take = [&] {
        for (std::uint64_t begin = next.fetch_add(piece); begin < n;
             begin = next.fetch_add(piece)) {
            body(user, begin, std::min(begin + piece, n));
        }
    };
    std::vector<std::thread> others;
    for (std::uint32_t i = 1; i < threads(); ++i) {
        others.emplace_back(take);
    }
    take();
    for (std::thread& other : others) {
        other.join();
    }
    return ASSAY_OK;
}

} // namespace

void parallel_threads(std::uint32_t count) {
    threads() = std::max<std::uint32_t>(count, 1);
}

const assay_parallel_v1* parallel_service() noexcept {
    static const assay_parallel_v1 service{sizeof(assay_parallel_v1), 0, concurrency, for_each};
    return &service;
}

} // namespace suite_test
