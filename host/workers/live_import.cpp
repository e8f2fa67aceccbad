// LiveWorker::probe and import_file: foreign files, read where a crash hurts nobody.
#include "workers/live_worker.hpp"

namespace assay::workers {

namespace {

using measure::FrameType;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool is_import_frame(const Frame& frame, FrameType type) noexcept {
    return frame.type == static_cast<std::uint16_t>(type);
}

Error refused_import(const Frame& frame) {
    const Result<json::object> payload = object_in(frame);
    return payload ? Error{ErrorKind::plugin,
                           json_string(*payload, "message", "refused without a reason"),
                           json_string(*payload, "hint")}
                   : payload.error();
}

} // namespace

Status LiveWorker::converse(const std::string& what,
                            milliseconds timeout,
                            const std::function<Result<bool>(const Frame&)>& on_frame) {
    const TimePoint until =
        steady_clock::now() + (has_deadlines_ ? timeout : milliseconds(std::chrono::hours{8760}));
    while (true) {
        const Event event = connection_->channel().wait(until);
        switch (event.kind) {
        case EventKind::frame: {
            if (is_import_frame(event.frame, FrameType::refused)) {
                return refused_import(event.frame);
            }
            if (is_import_frame(event.frame, FrameType::dying)) {
                connection_->heard_dying(event.frame);
                break;
            }
            const Result<bool> over = on_frame(event.frame);
            if (!over) {
                return over.error();
            }
            if (*over) {
                return {};
            }
            break;
        }
        case EventKind::ended:
            return Error{ErrorKind::plugin, what + ": the worker died: " + how_it_ended(), ""};
        case EventKind::broken:
            connection_->finish();
            return Error{ErrorKind::protocol, what + ": " + event.text, ""};
        case EventKind::deadline:
            connection_->finish();
            return Error{ErrorKind::plugin,
                         what + ": not read within " + std::to_string(timeout.count()) +
                             " ms; the worker was killed",
                         "--timeout sets another limit"};
        case EventKind::cancelled:
            connection_->finish();
            return Error{ErrorKind::cancelled, what + ": cancelled", ""};
        }
    }
}

Result<std::int32_t> LiveWorker::probe(const measure::ImportRequest& request,
                                       milliseconds timeout) {
    const std::string what = request.name + " (importer " + request.importer + ")";
    if (connection_->death()) {
        return Error{ErrorKind::plugin, what + ": its worker has ended", ""};
    }
    connection_->channel().send(FrameType::probe, write_json(measure::to_json(request)));
    std::int32_t sure = 0;
    const Status asked = converse(what, timeout, [&sure](const Frame& frame) -> Result<bool> {
        if (!is_import_frame(frame, FrameType::probed)) {
            return false;
        }
        const Result<json::object> payload = object_in(frame);
        if (!payload) {
            return payload.error();
        }
        sure = static_cast<std::int32_t>(json_int(*payload, "sure", 0));
        return true;
    });
    return asked ? Result<std::int32_t>(sure) : Result<std::int32_t>(asked.error());
}

Status LiveWorker::import_file(const measure::ImportRequest& request,
                               const std::function<Status(measure::ImportedEvent&&)>& take,
                               milliseconds timeout) {
    const std::string what = request.name + " (importer " + request.importer + ")";
    if (connection_->death()) {
        return Error{ErrorKind::plugin, what + ": its worker has ended", ""};
    }
    connection_->channel().send(FrameType::import_file, write_json(measure::to_json(request)));
    return converse(what, timeout, [&take](const Frame& frame) -> Result<bool> {
        if (is_import_frame(frame, FrameType::import_over)) {
            return true;
        }
        if (!is_import_frame(frame, FrameType::imported)) {
            return false;
        }
        const Result<json::value> document = parse_json(frame.payload);
        if (!document) {
            return document.error();
        }
        Result<measure::ImportedEvent> event = measure::imported_event_from_json(*document);
        if (!event) {
            return event.error();
        }
        if (Status taken = take(std::move(*event)); !taken) {
            return taken.error();
        }
        return false;
    });
}

} // namespace assay::workers
