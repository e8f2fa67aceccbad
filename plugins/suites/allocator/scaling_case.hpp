// The families `scaling` and `buffer`: so many blocks of one size are taken, written into, read and
// given back. One iteration = all of them. The order of the calls and their threads are those of a
// case class of assay/suite.hpp.
//
//   add_scaling(suite);
//   add_buffer(suite);
#pragma once

#include "heaps.hpp"
#include "memory_metrics.hpp"
#include "new_counter.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::allocator_suite {

void add_scaling(assay::suite& suite);
void add_buffer(assay::suite& suite);

class ScalingCase {
public:
    explicit ScalingCase(const assay::params& params);
    ScalingCase(const ScalingCase&) = delete;
    ScalingCase& operator=(const ScalingCase&) = delete;
    ~ScalingCase();

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

    [[nodiscard]] double items() const noexcept { return static_cast<double>(count_); }

private:
    template <class One>
    void take_all(One& heap);
    template <class One>
    void give_all(One& heap);
    void read_memory();

    std::size_t count_, bytes_;
    Heap heap_;
    std::string config_;
    std::vector<void*> blocks_; // taken at the moment
    std::uint64_t seed_ = 0, sum_ = 0, damaged_ = 0;
    MemoryReading memory_;            // of the first blocks that this heap gave
    std::optional<NewCounts> counts_; // while they were taken
    bool is_peak_reset_ = false;
};

} // namespace assay::allocator_suite
