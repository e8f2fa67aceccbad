#include "app/session/launcher.hpp"
#include "support/plugin_library.hpp"

namespace assay::app {
namespace {

class InProcessObserver final : public measure::LaunchObserver {
public:
    explicit InProcessObserver(workers::LaunchTurns& turns)
        : turns_(turns) {}

    void on_phase(measure::LaunchPhase phase, std::uint32_t slice) override {
        turns_.on_phase(phase, slice);
    }

    bool wait_for_turn() override {
        turns_.acquire();
        return true;
    }

    void turn_is_over() override { turns_.release(); }

    void on_log(std::int32_t level, std::string_view text) override { turns_.on_log(level, text); }

    void on_progress(double, std::string_view) override {}

private:
    workers::LaunchTurns& turns_;
};

} // namespace
} // namespace assay::app
