// The family `trim`: what it takes to give the system back what lies free between blocks that stay:
// malloc_trim(0), the arena's release, oneTBB's cleaning of its buffers. One iteration = one call.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_trim(suite);
#pragma once

#include "heaps.hpp"
#include "process_memory.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::allocator_suite {

void add_trim(assay::suite& suite);

class TrimCase {
public:
    explicit TrimCase(const assay::params& params);
    TrimCase(const TrimCase&) = delete;
    TrimCase& operator=(const TrimCase&) = delete;
    ~TrimCase();

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    // Takes all blocks and gives back all but one of kKeptOneOf.
    void scatter();
    // Gives back those that stayed; throws assay::wrong_result where one lost its contents.
    void gather();
    void require_release() const;

    std::vector<std::uint32_t> sizes_;
    Heap heap_;
    std::string config_;
    std::vector<void*> blocks_;
    std::uint64_t seed_, live_ = 0, sum_ = 0;
    std::optional<ResidentMemory> empty_, scattered_;
};

} // namespace assay::allocator_suite
