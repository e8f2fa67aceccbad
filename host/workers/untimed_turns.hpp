// The turns of a launch that times nothing: it waits for nobody, and nobody listens.
//
//   UntimedTurns turns;
//   LaunchOutcome outcome = worker.launch(request, turns, deadline);
#pragma once

#include "workers/worker.hpp"

namespace assay::workers {

class UntimedTurns final : public LaunchTurns {
public:
    void acquire() override {}

    void release() override {}

    void on_log(std::int32_t, std::string_view) override {}

    void on_phase(measure::LaunchPhase, std::uint32_t) override {}
};

} // namespace assay::workers
