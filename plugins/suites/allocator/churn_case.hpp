// The family `churn`: blocks of many sizes come and go, as many at once as in a server that has
// been up for a while. One iteration = what dies is given back, one block is taken and written
// into.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_churn(suite);
#pragma once

#include "churn_ring.hpp"
#include "churn_schedule.hpp"
#include "heaps.hpp"
#include "memory_metrics.hpp"
#include "new_counter.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace assay::allocator_suite {

void add_churn(assay::suite& suite);

// From the axes live, largest and lifetimes; the last is exponential where there is none. Throws
// assay::config_error.
[[nodiscard]] ChurnShape churn_shape_of(const assay::params& params);

class ChurnCase {
public:
    explicit ChurnCase(const assay::params& params);
    ChurnCase(const ChurnCase&) = delete;
    ChurnCase& operator=(const ChurnCase&) = delete;
    ~ChurnCase();

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    ChurnSchedule schedule_;
    ChurnRing ring_;
    Heap heap_;
    std::string config_;
    std::uint64_t seed_;
    std::optional<MemoryReader> empty_; // before the first block
    std::optional<NewCounts> counts_;   // of one turn
    bool is_peak_reset_ = false;
};

} // namespace assay::allocator_suite
