// The families `lanes_1`, `lanes_2`, ... up to the processors of the machine: every lane churns on
// a thread of its own. The arena is one for each lane; malloc and oneTBB's allocator keep apart by
// themselves what their threads take.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_lanes(suite);
#pragma once

#include "churn_ring.hpp"
#include "churn_schedule.hpp"
#include "heaps.hpp"
#include "memory_metrics.hpp"

#include <assay/suite.hpp>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::allocator_suite {

void add_lanes(assay::suite& suite);

class LanesCase {
public:
    explicit LanesCase(const assay::params& params);
    LanesCase(const LanesCase&) = delete;
    LanesCase& operator=(const LanesCase&) = delete;
    ~LanesCase();

    void verify(assay::context& host);
    void lane_enter(assay::lane lane);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    // Lanes write here at once: each has cache lines of its own.
    struct alignas(128) Seat {
        Heap heap;
        std::optional<ChurnRing> ring;
    };

    void read_memory();

    std::vector<Seat> seats_;
    ChurnSchedule schedule_;
    std::string config_;
    std::uint64_t seed_;
    std::optional<MemoryReader> empty_;
    std::atomic<std::uint32_t> entered_{0};
    MemoryReading memory_; // when the last lane had its population
};

} // namespace assay::allocator_suite
