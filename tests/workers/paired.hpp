// Runs pairs of the bad plugins with real workers. Every call checks that nothing is left
// afterwards: no process, no zombie, no scratch folder, no turn.
#pragma once

#include "turns.hpp"
#include "workers/pair.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace assay::workers::testing {

// The first CPU of this process's mask.
[[nodiscard]] int some_cpu();

// A side that measures the "sin" or "fine" family of that plugin in short slices on some_cpu().
[[nodiscard]] PairSide side_of(const std::string& sin, bool sinful);

struct Paired {
    PairOutcome outcome;
    int acquired = 0;
    std::vector<measure::LaunchPhase> phases;
    std::chrono::steady_clock::duration took{};
};

// `during_turn` is called when both are ready.
[[nodiscard]] Paired run(const PairRequest& request,
                         const Deadline& deadline,
                         const std::function<void(Supervisor&)>& during_turn = {});

} // namespace assay::workers::testing
