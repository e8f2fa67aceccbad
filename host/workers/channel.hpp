// What arrives from a worker, one event at a time: frames, its end, a broken stream, a deadline, a
// wish to cancel. One poll over all descriptors; printed text is taken in on the way.
//
//   Channel channel(process);
//   channel.send(measure::FrameType::quit, "{}");
//   Event event = channel.wait(until);
//
// One thread at a time. Never blocks past `until` and never spins.
#pragma once

#include "measure/protocol.hpp"
#include "support/frame.hpp"
#include "workers/output.hpp"
#include "workers/process.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::workers {

using TimePoint = std::chrono::steady_clock::time_point;

enum class EventKind {
    frame,     // `frame`
    ended,     // the process is gone and everything it had sent was delivered
    broken,    // the stream is not what was agreed: `text` says how; nothing more will come
    deadline,  // `until` has passed
    cancelled, // Process::cancel was called; reported once
};

struct Event {
    EventKind kind = EventKind::ended;
    Frame frame;
    std::string text;
};

class Channel {
public:
    explicit Channel(std::shared_ptr<Process> process);

    // Queues a frame; it leaves during wait() as fast as the worker reads.
    void send(measure::FrameType type, std::string_view payload);

    Event wait(TimePoint until);

    // Takes in what is in the output pipes right now, without waiting.
    void drain_output();

    [[nodiscard]] CapturedOutput& output() noexcept { return output_; }

private:
    std::optional<Event> next_frame();
    void poll_once(TimePoint until);
    void on_end();
    void on_frames_closed();
    void feed(std::string_view bytes);
    void take_in_frames();
    void write_commands();

    std::shared_ptr<Process> process_;
    FrameReader reader_;
    CapturedOutput output_;
    std::string outgoing_;
    std::uint32_t sequence_ = 0;
    std::optional<TimePoint> overdue_since_;
    bool ended_ = false;
    bool cancel_seen_ = false;   // a cancellation that wait() has not reported yet
    bool stream_is_bad_ = false; // the reader gave up
    std::string broken_;         // why nothing more will come
};

} // namespace assay::workers
