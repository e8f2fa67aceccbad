// Drives one launch from LAUNCH to RECORD or to the worker's death: hands over turns, collects
// slices, keeps the deadline. The clock stands still while the launch waits for its turn.
//
//   LaunchOutcome outcome = LaunchDriver(connection, turns, deadline).run(request);
//
// Used once, by the lane's thread.
#pragma once

#include "workers/connection.hpp"
#include "workers/worker.hpp"

#include <chrono>
#include <string>

namespace assay::workers {

class LaunchDriver {
public:
    LaunchDriver(Connection& connection, LaunchTurns& turns, const Deadline& deadline);
    LaunchDriver(const LaunchDriver&) = delete;
    LaunchDriver& operator=(const LaunchDriver&) = delete;
    ~LaunchDriver();

    LaunchOutcome run(const measure::LaunchRequest& request);

private:
    // How far the host has gone to end the launch, and why.
    enum class Step { running, asked_to_stop, asked_for_stack, killed };
    enum class Why { none, timed_out, cancelled };

    void begin(const measure::LaunchRequest& request);
    void on_frame(const Frame& frame);
    void on_ready();
    void on_turn_over();
    void on_phase(const json::object& payload);
    void on_log(const json::object& payload);
    void on_slices(const Frame& frame);
    void on_latency(const Frame& frame);
    void on_record(const Frame& frame);
    void on_end();
    void fail(std::string reason);
    void escalate();
    [[nodiscard]] bool put_off();
    void ask_to_stop(Why why);
    void give_back_turn();
    void judge();
    [[nodiscard]] std::string stop_reason() const;

    Connection& connection_;
    LaunchTurns& turns_;
    Deadline deadline_;
    LaunchOutcome outcome_;
    TimePoint until_;
    std::chrono::nanoseconds waited_{}; // as far as `until_` was put off by it
    Step step_ = Step::running;
    Why why_ = Why::none;
    bool done_ = false, has_turn_ = false, has_latency_ = false, has_record_ = false;
    std::size_t payload_bytes_ = 0, log_bytes_ = 0;
    std::uint64_t logs_dropped_ = 0;
    std::string stopped_in_; // where the launch was when it was asked to stop
};

} // namespace assay::workers
