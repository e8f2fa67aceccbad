// How a case runs its loop: the settings of the suite and the parameters of the case, checked.
//
//   s.config_schema(kLoopSchema).config<LoopConfig>();
//   const LoopPlan plan = plan_of(params);
//   plan.settings.cycles
#pragma once

#include "coordination/loop_settings.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <string>

namespace assay::coordination_suite {

inline constexpr const char* kLoopSchema = R"({
    "type": "object",
    "properties": {
        "duration": {"type": "number", "minimum": 0.1, "maximum": 3600,
                     "description": "seconds of a loop; 2, 10 or 30 by mode where it is not given"},
        "scheduler": {"type": "string", "enum": ["other", "fifo"], "default": "other",
                      "description": "fifo: SCHED_FIFO for the loop, where that is allowed"}
    },
    "additionalProperties": false})";

// What the configuration of the suite says.
class LoopConfig {
public:
    explicit LoopConfig(const assay::document& config);

    [[nodiscard]] double duration() const noexcept { return duration_; } // s

    [[nodiscard]] bool wants_fifo() const noexcept { return wants_fifo_; }

private:
    double duration_;
    bool wants_fifo_;
};

struct LoopPlan {
    coordination::LoopSettings settings;
    std::uint64_t warmup_cycles = 0; // of batches that are thrown away
    double duration = 0;             // s
    bool wants_fifo = false;
};

// From the axes rate and pacing; throws assay::config_error.
[[nodiscard]] LoopPlan plan_of(const assay::params& params);

} // namespace assay::coordination_suite
