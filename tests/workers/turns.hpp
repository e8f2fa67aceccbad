// LaunchTurns that grants every turn and remembers what happened.
#pragma once

#include "workers/worker.hpp"

#include <functional>
#include <string>
#include <vector>

namespace assay::workers::testing {

class RecordedTurns final : public LaunchTurns {
public:
    void acquire() override {
        ++acquired;
        if (during_acquire) {
            during_acquire();
        }
    }

    void release() override { ++released; }

    void on_log(std::int32_t /*level*/, std::string_view text) override {
        ++logs;
        log_bytes += text.size();
        last_log = text;
    }

    void on_phase(measure::LaunchPhase phase, std::uint32_t /*slice*/) override {
        phases.push_back(phase);
    }

    [[nodiscard]] std::chrono::nanoseconds waited() const override {
        return has_waited ? has_waited() : std::chrono::nanoseconds(0);
    }

    int acquired = 0, released = 0, logs = 0;
    std::size_t log_bytes = 0;
    std::string last_log;
    std::vector<measure::LaunchPhase> phases;
    std::function<void()> during_acquire;
    std::function<std::chrono::nanoseconds()> has_waited;
};

} // namespace assay::workers::testing
