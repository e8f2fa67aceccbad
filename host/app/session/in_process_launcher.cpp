#include "app/session/launcher.hpp"
#include "measure/host_services.hpp"
#include "support/plugin_library.hpp"

namespace assay::app {
namespace {

using measure::CaseStatus;

// The loop's news and requests, handed to the lane.
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

workers::LaunchOutcome refused(CaseStatus status, std::string reason) {
    workers::LaunchOutcome outcome;
    outcome.record.status = status;
    outcome.record.reason = std::move(reason);
    return outcome;
}

} // namespace

// A deadline cannot end a loop in one's own process: a debugger's user decides how long it takes.
workers::LaunchOutcome InProcessLauncher::launch(const SessionSuite& suite,
                                                 const measure::LaunchRequest& request,
                                                 workers::LaunchTurns& turns,
                                                 workers::Deadline,
                                                 std::uint32_t) {
    const std::scoped_lock lock(one_at_a_time_);
    const measure::FamilyDescription& family = suite.description.families[request.family];
    if ((family.flags & ASSAY_CASE_NO_INPROC) != 0) {
        return refused(CaseStatus::skipped,
                       "the suite asks for a process of its own (ASSAY_CASE_NO_INPROC)");
    }
    const auto plugin =
        load_plugin(suite.plugin_path, measure::host_services(), measure::library_failure());
    if (!plugin) {
        return refused(CaseStatus::failed, plugin.error().message);
    }
    const auto* iface = static_cast<const assay_suite_v1*>(
        find_provided(**plugin, ASSAY_KIND_SUITE, suite.description.name));
    if (iface == nullptr) {
        return refused(CaseStatus::failed,
                       "the plugin does not provide suite " + suite.description.name);
    }
    InProcessObserver observer(turns);
    workers::LaunchOutcome outcome;
    outcome.record = measure::run_launch(*iface, request, observer, cancel_);
    return outcome;
}

} // namespace assay::app
