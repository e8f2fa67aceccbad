// LiveWorker::check: one CHECK, and what becomes of a worker that does not answer it.
#include "workers/live_worker.hpp"

namespace assay::workers {

namespace {

using measure::CheckOutcome;
using measure::FrameType;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool is(const Frame& frame, FrameType type) noexcept {
    return frame.type == static_cast<std::uint16_t>(type);
}

CheckAnswer failed(std::string reason) {
    return {CheckOutcome::failed, {}, std::move(reason)};
}

CheckAnswer read_answer(const Frame& frame) {
    const Result<json::value> document = parse_json(frame.payload);
    if (!document) {
        return failed(document.error().message);
    }
    Result<measure::CheckReport> report = measure::check_report_from_json(*document);
    if (!report) {
        return failed(report.error().message);
    }
    const CheckOutcome outcome = measure::outcome_of(*report);
    return {outcome, std::move(*report), {}};
}

CheckAnswer refused(const Frame& frame) {
    const Result<json::object> payload = object_in(frame);
    return failed(payload ? json_string(*payload, "message") : payload.error().message);
}

} // namespace

CheckAnswer LiveWorker::check(const measure::CheckRequest& request, milliseconds timeout) {
    if (connection_->death()) {
        return {CheckOutcome::crashed, {}, "its worker has ended"};
    }
    Channel& channel = connection_->channel();
    channel.send(FrameType::check, write_json(measure::to_json(request)));
    const TimePoint until = steady_clock::now() + timeout;
    while (true) {
        const Event event = channel.wait(until);
        switch (event.kind) {
        case EventKind::frame:
            if (is(event.frame, FrameType::checked)) {
                return read_answer(event.frame);
            }
            if (is(event.frame, FrameType::refused)) {
                return refused(event.frame);
            }
            if (is(event.frame, FrameType::dying)) {
                connection_->heard_dying(event.frame);
                LastWords& words = connection_->words(); // a check opens many cases: which one?
                words.case_id = json_string(words.dying, "case_id");
            }
            break;
        case EventKind::ended:
            return {CheckOutcome::crashed, {}, how_it_ended()};
        case EventKind::broken:
            connection_->finish();
            return failed("protocol: " + event.text);
        case EventKind::deadline: {
            const std::string phase = phase_text(connection_->process().page());
            connection_->finish();
            return {CheckOutcome::timed_out,
                    {},
                    "no answer within " + std::to_string(timeout.count()) +
                        " ms; the worker was killed in phase " + phase};
        }
        case EventKind::cancelled:
            connection_->finish();
            return {CheckOutcome::skipped, {}, "cancelled"};
        }
    }
}

} // namespace assay::workers
