#include "workers/live_worker.hpp"

#include "workers/launch_driver.hpp"

#include <csignal>
#include <utility>

namespace assay::workers {

namespace {

using measure::FrameType;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// destroy() and static destructors of the plugin run between QUIT and the end.
constexpr milliseconds kQuitTime{2'000};
// While somebody looks at the worker in a debugger no deadline makes sense.
constexpr milliseconds kForever = std::chrono::hours{24 * 365};

bool is(const Frame& frame, FrameType type) noexcept {
    return frame.type == static_cast<std::uint16_t>(type);
}

Result<Hello> read_hello(const Frame& frame, const Handshake& handshake) {
    Result<json::object> payload = object_in(frame);
    if (!payload) {
        return payload.error();
    }
    Hello hello;
    hello.pid = static_cast<int>(json_int(*payload, "pid", 0));
    hello.plugin_id = json_string(*payload, "plugin");
    hello.plugin_version = json_string(*payload, "version");
    hello.start_s = std::chrono::duration<double>(steady_clock::now() - handshake.spawned).count();
    if (const json::value* isolation = payload->if_contains("isolation");
        isolation != nullptr && isolation->is_object()) {
        hello.isolation = isolation->get_object();
    }
    if (const json::value* provides = payload->if_contains("provides");
        provides != nullptr && provides->is_array()) {
        for (const json::value& one : provides->get_array()) {
            if (one.is_object()) {
                hello.provides.emplace_back(json_string(one.get_object(), "kind"),
                                            json_string(one.get_object(), "name"));
            }
        }
    }
    return hello;
}

// `about` is put before the text where that does not name the plugin itself.
Error refusal(const Frame& frame, const std::string& about) {
    Result<json::object> payload = object_in(frame);
    if (!payload) {
        return payload.error();
    }
    const bool by_config = json_string(*payload, "kind") == "config";
    std::string message = json_string(*payload, "message", "refused without a reason");
    if (message.find(about) == std::string::npos) {
        message = about + ": " + message;
    }
    return Error{by_config ? ErrorKind::config : ErrorKind::plugin,
                 std::move(message),
                 json_string(*payload, "hint")};
}

Error died(Connection& connection, const std::string& doing, std::string hint) {
    const Death& death = connection.finish();
    return Error{ErrorKind::plugin,
                 doing + ": " + death.detail + "." +
                     printed_hint(connection.channel().output().take()),
                 std::move(hint)};
}

} // namespace

Result<Hello> await_hello(Connection& connection, const Handshake& handshake) {
    const TimePoint until = steady_clock::now() + handshake.timeout;
    while (true) {
        const Event event = connection.channel().wait(until);
        switch (event.kind) {
        case EventKind::frame:
            if (is(event.frame, FrameType::hello)) {
                return read_hello(event.frame, handshake);
            }
            if (is(event.frame, FrameType::refused)) {
                connection.finish();
                return refusal(event.frame, handshake.path);
            }
            if (is(event.frame, FrameType::dying)) {
                connection.heard_dying(event.frame);
            }
            break; // log lines and unknown types
        case EventKind::ended:
            return died(connection,
                        handshake.plugin + ": the worker died while it loaded the plugin",
                        "nothing of a plugin may run before its entry function is called");
        case EventKind::broken:
            connection.finish();
            return Error{ErrorKind::protocol, handshake.plugin + ": " + event.text, ""};
        case EventKind::deadline:
            connection.process().kill_group();
            connection.finish();
            return Error{ErrorKind::plugin,
                         handshake.plugin + ": loading it did not end within " +
                             std::to_string(handshake.timeout.count()) +
                             " ms; the worker was killed",
                         "a constructor or the entry function waits for something"};
        case EventKind::cancelled:
            connection.finish();
            return Error{ErrorKind::cancelled, handshake.plugin + ": cancelled while loading", ""};
        }
    }
}

LiveWorker::LiveWorker(std::unique_ptr<Connection> connection,
                       ScratchFolder scratch,
                       Hello hello,
                       bool has_deadlines,
                       int patience)
    : scratch_(std::move(scratch))
    , connection_(std::move(connection))
    , hello_(std::move(hello))
    , has_deadlines_(has_deadlines)
    , patience_(patience) {}

LiveWorker::~LiveWorker() {
    connection_->finish();
}

std::string LiveWorker::how_it_ended() {
    return connection_->finish().detail + "." +
           printed_hint(connection_->channel().output().take());
}

Result<measure::SuiteDescription> LiveWorker::describe(const std::string& suite,
                                                       const std::string& config_json,
                                                       milliseconds timeout) {
    const std::string what = "describing suite '" + suite + "' of " + hello_.plugin_id;
    if (connection_->death()) {
        return Error{ErrorKind::plugin, what + ": its worker has ended", ""};
    }
    Channel& channel = connection_->channel();
    channel.send(FrameType::describe,
                 write_json(json::object{{"suite", suite}, {"config", config_json}}));
    const TimePoint until = steady_clock::now() + (has_deadlines_ ? timeout : kForever);
    while (true) {
        const Event event = channel.wait(until);
        switch (event.kind) {
        case EventKind::frame:
            if (is(event.frame, FrameType::described)) {
                Result<json::value> document = parse_json(event.frame.payload);
                if (!document) {
                    return Error{ErrorKind::protocol, what + ": " + document.error().message, ""};
                }
                return measure::suite_description_from_json(*document);
            }
            if (is(event.frame, FrameType::refused)) {
                return refusal(event.frame, hello_.plugin_id);
            }
            if (is(event.frame, FrameType::dying)) {
                connection_->heard_dying(event.frame);
            }
            break;
        case EventKind::ended:
            return Error{ErrorKind::plugin, what + ": the worker died: " + how_it_ended(), ""};
        case EventKind::broken:
            connection_->finish();
            return Error{ErrorKind::protocol, what + ": " + event.text, ""};
        case EventKind::deadline:
            connection_->finish();
            return Error{ErrorKind::plugin, // nobody asked for an end: 130 would be wrong
                         what + ": no answer within " + std::to_string(timeout.count()) +
                             " ms; the worker was killed",
                         "create() and case_at() must be quick and do no I/O"};
        case EventKind::cancelled:
            connection_->finish();
            return Error{ErrorKind::cancelled, what + ": cancelled", ""};
        }
    }
}

LaunchOutcome
LiveWorker::launch(const measure::LaunchRequest& request, LaunchTurns& turns, Deadline deadline) {
    if (!has_deadlines_) {
        deadline.timeout = kForever;
    }
    return LaunchDriver(*connection_, turns, deadline).run(request);
}

Death LiveWorker::quit() {
    if (!connection_->death()) {
        Channel& channel = connection_->channel();
        channel.send(FrameType::quit, "{}");
        const TimePoint until =
            steady_clock::now() + (has_deadlines_ ? kQuitTime * patience_ : kForever);
        bool over = false;
        while (!over) {
            const Event event = channel.wait(until);
            if (event.kind == EventKind::frame) {
                if (is(event.frame, FrameType::bye)) {
                    connection_->process().sample_peak_rss();
                    connection_->words().said_bye = true;
                } else if (is(event.frame, FrameType::dying)) {
                    connection_->heard_dying(event.frame);
                }
            } else {
                over = event.kind != EventKind::cancelled;
            }
        }
    }
    const Death& death = connection_->finish();
    scratch_.remove();
    return death;
}

bool LiveWorker::alive() const {
    return !connection_->death() && !connection_->process().has_ended();
}

} // namespace assay::workers
