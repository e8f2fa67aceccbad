// What the sample of a machine decides about how to measure on it: whether workers are pinned to
// one CPU, and which clock a case has whose description leaves that open.
//
//   const PinningDecision pinning = pinning_of(resolution);
//   if (!pinning.kept) tell(pinning.reason);
//
// The rule (pinned, thread CPU time) holds unless the sample speaks plainly against it: figures
// whose clock or place flips with the noise of a minute could not be compared with each other.
// Pure; any thread.
#pragma once

#include "measure/description.hpp"
#include "verdict/resolution.hpp"

#include <string>

namespace assay::verdict {

struct PinningDecision {
    bool kept = true;
    std::string reason; // with the figures that speak for it
};

// Not kept where neighbouring slices differ twice as much on one CPU as where the scheduler puts
// them: somebody else sits on one of the CPUs that pairs are drawn from.
[[nodiscard]] PinningDecision pinning_of(const Resolution& resolution);

// Of cases that name no clock, wait for nothing and have one lane; every other one is settled by
// its description.
struct ClockDecision {
    measure::Clock clock = measure::Clock::thread_cpu; // or wall
    std::string reason;
};

// Wall time where the CPU clock counts in ticks that a slice is too short for, or is otherwise
// twice as uncertain as the wall clock.
[[nodiscard]] ClockDecision clock_of(const Resolution& resolution);

} // namespace assay::verdict
