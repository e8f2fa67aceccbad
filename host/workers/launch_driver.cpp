#include "workers/launch_driver.hpp"

#include <csignal>
#include <cstdio>
#include <utility>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using measure::FrameType;
using std::chrono::steady_clock;

// What one launch may hand over in packed records before it can only be broken: the largest
// frame's worth, 500 000 slices.
constexpr std::size_t kPayloadBytesMax = kFrameBytesMax;
// Log lines are passed on up to here; a plugin that logs in its loop loses the rest, counted.
constexpr std::size_t kLogBytesMax = std::size_t{1} << 20;

std::string seconds_text(std::chrono::milliseconds time) {
    const double seconds = static_cast<double>(time.count()) / 1000.0;
    char text[32];
    std::snprintf(text, sizeof text, "%g s", seconds);
    return text;
}

} // namespace

LaunchDriver::LaunchDriver(Connection& connection, LaunchTurns& turns, const Deadline& deadline)
    : connection_(connection)
    , turns_(turns)
    , deadline_(deadline) {}

LaunchDriver::~LaunchDriver() {
    give_back_turn();
}

LaunchOutcome LaunchDriver::run(const measure::LaunchRequest& request) {
    begin(request);
    while (!done_) {
        const Event event = connection_.channel().wait(until_);
        switch (event.kind) {
        case EventKind::frame:
            on_frame(event.frame);
            break;
        case EventKind::ended:
            on_end();
            break;
        case EventKind::broken:
            fail(event.text);
            break;
        case EventKind::deadline:
            escalate();
            break;
        case EventKind::cancelled:
            ask_to_stop(Why::cancelled);
            break;
        }
    }
    give_back_turn();
    judge();
    return std::move(outcome_);
}

void LaunchDriver::begin(const measure::LaunchRequest& request) {
    until_ = steady_clock::now() + deadline_.timeout;
    connection_.words().case_id = request.case_id;
    if (connection_.death()) {
        // Ended between launches: this one never began.
        done_ = true;
        return;
    }
    measure::SharedPage& page = connection_.process().page();
    page.phase.store(static_cast<std::uint32_t>(measure::LaunchPhase::load));
    page.slice.store(0);
    page.cancel.store(0);
    if (connection_.process().cancelled()) {
        ask_to_stop(Why::cancelled);
    }
    connection_.channel().send(FrameType::launch, write_json(to_json(request)));
}

void LaunchDriver::on_frame(const Frame& frame) {
    const auto type = static_cast<FrameType>(frame.type);
    switch (type) {
    case FrameType::slices:
        return on_slices(frame);
    case FrameType::latency:
        return on_latency(frame);
    case FrameType::record:
        return on_record(frame);
    case FrameType::ready:
        return on_ready();
    case FrameType::turn_over:
        return on_turn_over();
    case FrameType::dying:
        return connection_.heard_dying(frame);
    case FrameType::progress:
        return;
    case FrameType::hello:
    case FrameType::described:
    case FrameType::bye:
        return fail("frame of type " + std::to_string(frame.type) + " in the middle of a launch");
    case FrameType::phase:
    case FrameType::log:
    case FrameType::refused:
        break;
    default:
        return; // a newer worker may say more
    }
    Result<json::object> payload = object_in(frame);
    if (!payload) {
        return fail(payload.error().message);
    }
    if (type == FrameType::phase) {
        on_phase(*payload);
    } else if (type == FrameType::log) {
        on_log(*payload);
    } else {
        outcome_.record.status = CaseStatus::failed;
        outcome_.record.reason = json_string(*payload, "message", "the plugin was refused");
        has_record_ = done_ = true;
    }
}

void LaunchDriver::on_ready() {
    if (has_turn_) {
        return fail("READY while it had its turn");
    }
    if (step_ == Step::running) {
        const auto before = steady_clock::now();
        turns_.acquire();
        until_ += steady_clock::now() - before;
        has_turn_ = true;
    }
    // A launch that is to stop gets its answer without tokens: it must not wait for ever.
    connection_.channel().send(FrameType::turn, "{}");
}

void LaunchDriver::on_turn_over() {
    give_back_turn();
}

void LaunchDriver::give_back_turn() {
    if (std::exchange(has_turn_, false)) {
        turns_.release();
    }
}

void LaunchDriver::on_phase(const json::object& payload) {
    constexpr auto last = static_cast<std::int64_t>(measure::LaunchPhase::close);
    const auto slice = static_cast<std::uint32_t>(json_int(payload, "slice", 0));
    const std::string name = json_string(payload, "phase");
    for (std::int64_t i = 0; i <= last; ++i) {
        const auto phase = static_cast<measure::LaunchPhase>(i);
        if (measure::name_of(phase) == name) {
            return turns_.on_phase(phase, slice);
        }
    }
}

void LaunchDriver::on_log(const json::object& payload) {
    const std::string text = json_string(payload, "text");
    if (log_bytes_ + text.size() > kLogBytesMax) {
        ++logs_dropped_;
        return;
    }
    log_bytes_ += text.size();
    turns_.on_log(static_cast<std::int32_t>(json_int(payload, "level", ASSAY_LOG_INFO)), text);
}

void LaunchDriver::on_slices(const Frame& frame) {
    payload_bytes_ += frame.payload.size();
    if (payload_bytes_ > kPayloadBytesMax) {
        return fail("more slices than a launch can have");
    }
    auto slices = measure::unpack_slices(frame.payload);
    if (!slices) {
        return fail(slices.error().message);
    }
    auto& all = outcome_.record.slices;
    all.insert(all.end(), slices->begin(), slices->end());
}

void LaunchDriver::on_latency(const Frame& frame) {
    if (std::exchange(has_latency_, true)) {
        return fail("a second LATENCY frame in one launch");
    }
    auto histogram = LatencyHistogram::decode(frame.payload);
    if (!histogram) {
        return fail("LATENCY: " + histogram.error().message);
    }
    outcome_.record.latency = *std::move(histogram);
}

void LaunchDriver::on_record(const Frame& frame) {
    Result<json::value> document = parse_json(frame.payload);
    if (!document) {
        return fail("RECORD: " + document.error().message);
    }
    auto record = measure::launch_record_from_json(*document);
    if (!record) {
        return fail("RECORD: " + record.error().message);
    }
    record->slices = std::move(outcome_.record.slices);
    record->latency = std::move(outcome_.record.latency);
    outcome_.record = std::move(*record);
    connection_.process().sample_peak_rss();
    has_record_ = done_ = true;
}

void LaunchDriver::on_end() {
    const Death& death = connection_.finish();
    done_ = true;
    if (!death.killed && death.exit_code == measure::kExitChannelLost && step_ == Step::running) {
        fail("the worker could not write its frames any more (descriptor 3 was closed)");
    }
}

void LaunchDriver::fail(std::string reason) {
    outcome_.record.status = CaseStatus::failed;
    outcome_.record.reason = "protocol: " + std::move(reason);
    has_record_ = done_ = true;
    connection_.finish();
}

void LaunchDriver::ask_to_stop(Why why) {
    if (step_ != Step::running) {
        return;
    }
    step_ = Step::asked_to_stop;
    why_ = why;
    stopped_in_ = phase_text(connection_.process().page());
    connection_.process().page().cancel.store(1);
    until_ = steady_clock::now() + deadline_.grace;
}

// The time in which it was kept waiting does not count.
bool LaunchDriver::put_off() {
    const std::chrono::nanoseconds before = std::exchange(waited_, turns_.waited());
    // A millisecond is as fine as poll() is: less would be a busy loop.
    if (waited_ - before < std::chrono::milliseconds(1)) {
        return false;
    }
    until_ += waited_ - before;
    return true;
}

// One step further each time the patience of the step before has run out.
void LaunchDriver::escalate() {
    switch (step_) {
    case Step::running:
        return put_off() ? void() : ask_to_stop(Why::timed_out);
    case Step::asked_to_stop:
        step_ = Step::asked_for_stack;
        connection_.process().signal(SIGQUIT);
        until_ = steady_clock::now() + deadline_.quit_grace;
        return;
    case Step::asked_for_stack:
        step_ = Step::killed;
        connection_.process().kill_group();
        until_ = TimePoint::max();
        return on_end();
    case Step::killed:
        return;
    }
}

std::string LaunchDriver::stop_reason() const {
    std::string how = "it stopped when asked";
    if (outcome_.death && !outcome_.death->killed_by_host) {
        how = "asked to stop it died: " + outcome_.death->detail;
    } else if (step_ != Step::asked_to_stop) {
        how = "it did not stop when asked and was killed";
    }
    if (why_ == Why::cancelled) {
        return "cancelled in phase " + stopped_in_ + "; " + how;
    }
    return "no result within " + seconds_text(deadline_.timeout) + " (in phase " + stopped_in_ +
           "); " + how;
}

// The status the host sees, which is not always the one the worker sent.
void LaunchDriver::judge() {
    measure::LaunchRecord& record = outcome_.record;
    outcome_.death = connection_.death();
    if (why_ == Why::none && !has_record_) {
        const bool cancelled = connection_.process().cancelled();
        record.status = cancelled ? CaseStatus::cancelled : CaseStatus::crashed;
        record.reason = outcome_.death->detail;
    } else if (why_ == Why::timed_out ||
               (why_ == Why::cancelled && record.status != CaseStatus::passed) ||
               (why_ != Why::none && !has_record_)) {
        record.status = why_ == Why::timed_out ? CaseStatus::timed_out : CaseStatus::cancelled;
        record.reason = stop_reason();
    }
    if (logs_dropped_ > 0) {
        record.notes.push_back(std::to_string(logs_dropped_) + " log lines dropped (over 1 MiB)");
    }
    connection_.channel().drain_output();
    Printed printed = connection_.channel().output().take();
    if (outcome_.death) {
        outcome_.stack = stack_in(printed.stderr_tail);
        printed.text = without_stacks(printed.text);
    }
    outcome_.output = std::move(printed.text);
    outcome_.output_bytes_dropped = printed.bytes_dropped;
    connection_.words().case_id.clear();
}

} // namespace assay::workers
