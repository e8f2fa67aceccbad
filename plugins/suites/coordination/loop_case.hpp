// The families `loop` and `response`: a loop that coordinates the modules for some seconds. One
// iteration = all of its cycles. The order of the calls and their threads are those of a case class
// of assay/suite.hpp.
//
//   add_loop(suite);
//   add_response(suite);
#pragma once

#include "coordination/loop_log.hpp"
#include "coordination/thread_crew.hpp"
#include "loop_plan.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace assay::coordination_suite {

void add_loop(assay::suite& suite);
void add_response(assay::suite& suite);

class LoopCase {
public:
    explicit LoopCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    void warn_of_scheduler(assay::context& host);

    std::string case_id_;
    std::uint64_t seed_;
    double rate_;
    std::optional<std::size_t> module_; // whose response alone is reported
    LoopPlan plan_;
    coordination::ThreadCrew crew_;
    coordination::LoopLog log_;
    bool has_fifo_ = false, is_told_ = false;
};

} // namespace assay::coordination_suite
