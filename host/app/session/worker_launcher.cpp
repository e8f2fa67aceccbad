#include "app/session/launcher.hpp"
#include "lanes/processor_supply.hpp"

namespace assay::app {

WorkerLauncher::WorkerLauncher(workers::Supervisor& supervisor,
                               Isolation isolation,
                               bool pin,
                               std::uint32_t lanes)
    : supervisor_(supervisor)
    , isolation_(isolation)
    , cpus_(pin ? lanes::allowed_cpus() : std::vector<int>{})
    , seats_(lanes) {}

WorkerLauncher::~WorkerLauncher() {
    for (Seat& seat : seats_) {
        empty(seat, nullptr);
    }
}

void WorkerLauncher::empty(Seat& seat, workers::LaunchOutcome* outcome) {
    if (!seat.worker) {
        return;
    }
    const workers::Death death = seat.worker->quit(); // of one that is dead already: how it died
    if (outcome != nullptr) {
        outcome->death = death;
    }
    seat.worker.reset();
}

Status WorkerLauncher::fill(Seat& seat, const SessionSuite& suite, bool pin, std::uint32_t lane) {
    if (seat.worker && seat.worker->alive() && seat.plugin_path == suite.plugin_path &&
        seat.pinned == pin) {
        return {};
    }
    empty(seat, nullptr);
    workers::WorkerOptions options;
    options.plugin_path = suite.plugin_path;
    options.plugin_id = suite.plugin_id;
    if (pin) {
        options.cpu = cpus_[lane % cpus_.size()];
    }
    auto worker = supervisor_.start(options);
    if (!worker) {
        return worker.error();
    }
    seat.worker = std::move(*worker);
    seat.plugin_path = suite.plugin_path;
    seat.pinned = pin;
    return {};
}

workers::LaunchOutcome WorkerLauncher::launch(const SessionSuite& suite,
                                              const measure::LaunchRequest& request,
                                              workers::LaunchTurns& turns,
                                              workers::Deadline deadline,
                                              std::uint32_t lane) {
    Seat& seat = seats_.at(lane);
    // The lanes of one case want CPUs of their own: not the worker is pinned there, its lanes are.
    const bool pin = !cpus_.empty() && request.lanes <= 1;
    if (const Status started = fill(seat, suite, pin, lane); !started) {
        workers::LaunchOutcome outcome;
        outcome.record.status = started.error().kind == ErrorKind::cancelled
                                    ? measure::CaseStatus::cancelled
                                    : measure::CaseStatus::failed;
        outcome.record.reason = started.error().message;
        return outcome;
    }
    measure::LaunchRequest pinned = request;
    pinned.lane_cpus = lanes::cpus_of_lanes(cpus_, request.lanes);
    workers::LaunchOutcome outcome = seat.worker->launch(pinned, turns, deadline);
    // A process of its own: its rusage belongs to this launch alone.
    if (isolation_ == Isolation::launch || !seat.worker->alive()) {
        empty(seat, &outcome);
    }
    workers::blame_for_its_end(outcome);
    return outcome;
}

void WorkerLauncher::case_is_over(std::uint32_t lane) {
    if (isolation_ == Isolation::per_case) {
        empty(seats_.at(lane), nullptr);
    }
}

void WorkerLauncher::cancel() {
    supervisor_.cancel_all();
}

} // namespace assay::app
