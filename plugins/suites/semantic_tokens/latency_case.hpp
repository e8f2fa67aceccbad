// The family `latency`: each sequence timed by itself, for percentiles. The order of the calls and
// their threads are those of a case class of assay/suite.hpp.
//
//   add_latency(suite);
#pragma once

#include "token_work.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>

namespace assay::semantic_tokens_suite {

void add_latency(assay::suite& suite);

class LatencyCase {
public:
    explicit LatencyCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);

    std::uint64_t operator()() {
        work_->once(next_);
        return ++next_;
    }

    [[nodiscard]] std::uint64_t digest() const;
    void finish(assay::batch& batch, assay::context& host);

private:
    WorkChoice choice_;
    std::unique_ptr<TokenWork> work_;
    std::uint64_t next_ = 0;
};

} // namespace assay::semantic_tokens_suite
