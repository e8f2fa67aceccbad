// Calls a function for every index on as many threads as there are CPUs: for guards that start a
// program per file.
//
//   parallel_for_each(headers.size(), [&](std::size_t i) { problems[i] = compile(headers[i]); });
//
// The function is called concurrently; the caller waits.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace assay::guards {

template <class Function>
void parallel_for_each(std::size_t count, const Function& function) {
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
        threads.emplace_back([&] {
            for (std::size_t index = next++; index < count; index = next++) {
                function(index);
            }
        });
    }
}

} // namespace assay::guards
