// What happened in a loop, cycle by cycle.
//
//   for (const CycleRecord& cycle : log.cycles) { cycle.wake - cycle.due; }
//
// Plain values.
#pragma once

#include "coordination/loop_clock.hpp"
#include "coordination/module.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::coordination {

struct CycleRecord {
    std::uint64_t index = 0; // of the point of the grid
    Time due{}, wake{}, done{};
    bool missed = false;       // longer than a period, or done after the next deadline
    std::uint64_t skipped = 0; // points of the grid that were over when it was done
};

struct MemberLog {
    std::string name;
    Stage stage = Stage::collect;
    std::uint64_t asked = 0;
    std::uint64_t unanswered = 0;  // within the time-out
    std::vector<Time> responses{}; // of the others, in the order of the cycles
};

struct LoopLog {
    Time period{};
    std::vector<CycleRecord> cycles;
    std::vector<MemberLog> members;
    std::uint64_t missed = 0, skipped = 0;
    std::uint64_t emergencies = 0; // cycles whose check said so
};

} // namespace assay::coordination
