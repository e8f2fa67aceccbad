#include "worker/session.hpp"

#include "measure/conformance.hpp"
#include "support/plugin_library.hpp"
#include "worker/conformance/check.hpp"
#include "worker/host_watch.hpp"
#include "worker/importing.hpp"
#include "worker/last_words.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <unistd.h>

namespace assay::worker {

using measure::FrameType;

namespace {

// Slices of one frame, so that none comes near the cap on frames.
constexpr std::size_t kSlicesPerFrame = 100'000;

bool is(const Frame& frame, FrameType type) noexcept {
    return frame.type == static_cast<std::uint16_t>(type);
}

std::uint64_t resident_bytes() noexcept {
    std::FILE* file = std::fopen("/proc/self/statm", "re");
    if (file == nullptr) {
        return 0;
    }
    unsigned long total = 0;
    unsigned long resident = 0;
    const bool read = std::fscanf(file, "%lu %lu", &total, &resident) == 2;
    std::fclose(file);
    return read ? std::uint64_t{resident} * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

Error no_suite(const std::string& name) {
    return Error{ErrorKind::plugin, "the plugin provides no suite '" + name + "'", {}};
}

const assay_suite_v1* find_suite(const assay_plugin& plugin, const std::string& name) {
    return static_cast<const assay_suite_v1*>(find_provided(plugin, ASSAY_KIND_SUITE, name));
}

} // namespace

// What the launch tells while it runs: phases in the shared page always, as a frame only where
// something changes, so that nobody is woken between two slices.
class Session::Observer final : public measure::LaunchObserver {
public:
    Observer(Session& session, const measure::LaunchRequest& request) noexcept
        : session_(session)
        , slices_(request.slices) {
        if (request.pair) {
            turns_.emplace(*session.pair_page_, *request.pair);
        }
    }

    void on_phase(measure::LaunchPhase phase, std::uint32_t slice) override {
        measure::SharedPage& page = session_.page_;
        page.phase.store(static_cast<std::uint32_t>(phase), std::memory_order_relaxed);
        page.slice.store(slice, std::memory_order_relaxed);
        page.heartbeat.fetch_add(1, std::memory_order_relaxed);
        if (last_ != phase) {
            last_ = phase;
            page.rss_bytes.store(resident_bytes(), std::memory_order_relaxed);
            session_.send(FrameType::phase,
                          json::object{{"phase", measure::name_of(phase)}, {"slice", slice}});
        }
    }

    bool wait_for_turn() override {
        session_.send(FrameType::ready, json::object{});
        while (const std::optional<Frame> frame = session_.receive()) {
            if (is(*frame, FrameType::turn)) {
                return true;
            }
            if (is(*frame, FrameType::quit)) {
                return false;
            }
        }
        ::_exit(0); // nobody is left to measure for
    }

    bool slice_begins(std::uint32_t number) override {
        return !turns_ || turns_->wait(number, session_.page_.cancel);
    }

    void slice_ends(std::uint32_t number) override {
        if (turns_) {
            turns_->pass(number);
            ++passed_;
        }
    }

    void turn_is_over() override {
        // A launch that failed on its way never finishes its part; its partner waits for that.
        if (turns_ && passed_ == slices_) {
            static_cast<void>(turns_->wait_for_end(slices_, session_.page_.cancel));
        }
        session_.send(FrameType::turn_over, json::object{});
    }

    void on_log(std::int32_t level, std::string_view text) override {
        session_.send(FrameType::log, json::object{{"level", level}, {"text", text}});
    }

    void on_progress(double done, std::string_view what) override {
        session_.send(FrameType::progress,
                      json::object{{"done", json_number(done)}, {"what", what}});
    }

private:
    Session& session_;
    std::uint32_t slices_ = 0, passed_ = 0;
    std::optional<measure::PairTurns> turns_; // only in a pair
    std::optional<measure::LaunchPhase> last_;
};

void Session::send(FrameType type, const json::value& payload) {
    send_bytes(type, write_json(payload));
}

void Session::send_bytes(FrameType type, std::string_view payload) {
    const Status sent =
        out_.write(static_cast<std::uint16_t>(type), measure::kProtocolVersion, payload);
    if (!sent && sent.error().kind == ErrorKind::io) {
        std::fprintf(stderr, "assay-worker: %s\n", sent.error().message.c_str());
        ::_exit(measure::kExitChannelLost); // the host is gone, or the plugin closed our end
    }
    mind_sequence(out_.next_sequence());
}

void Session::hello(const assay_plugin& plugin, const json::object& isolation) {
    json::array provides;
    for (std::uint32_t i = 0; i < plugin.n_provided; ++i) {
        provides.push_back(json::object{{"kind", view(plugin.provided[i].kind)},
                                        {"name", view(plugin.provided[i].name)}});
    }
    send(FrameType::hello,
         json::object{{"pid", static_cast<std::int64_t>(::getpid())},
                      {"abi",
                       json::object{{"major", ASSAY_ABI_MAJOR},
                                    {"minor", ASSAY_ABI_MINOR},
                                    {"plugin_minor", plugin.abi_minor}}},
                      {"plugin", view(plugin.id)},
                      {"version", view(plugin.version)},
                      {"provides", std::move(provides)},
                      {"isolation", isolation}});
}

void Session::hello_before_loading(const json::object& isolation) {
    send(FrameType::hello,
         json::object{{"pid", static_cast<std::int64_t>(::getpid())},
                      {"abi", json::object{{"major", ASSAY_ABI_MAJOR}, {"minor", ASSAY_ABI_MINOR}}},
                      {"provides", json::array{}},
                      {"isolation", isolation}});
}

void Session::refuse(const Error& error) {
    send(FrameType::refused,
         json::object{{"message", error.message},
                      {"hint", error.hint},
                      {"kind", error.kind == ErrorKind::config ? "config" : "plugin"}});
}

std::optional<Frame> Session::receive() {
    Result<std::optional<Frame>> frame = read_frame(measure::kCommandsInFd, in_);
    if (!frame) {
        std::fprintf(stderr, "assay-worker: %s\n", frame.error().message.c_str());
        return std::nullopt;
    }
    return *std::move(frame);
}

bool Session::serve(const assay_plugin& plugin) {
    return serve_frames([&](const Frame& frame) {
        if (is(frame, FrameType::describe)) {
            on_describe(plugin, frame);
        } else if (is(frame, FrameType::launch)) {
            on_launch(plugin, frame);
        } else if (is(frame, FrameType::probe)) {
            on_probe(plugin, frame);
        } else if (is(frame, FrameType::import_file)) {
            on_import(plugin, frame);
        } // else: a newer host may say more
    });
}

bool Session::serve_checks(const std::string& path) {
    return serve_frames([&](const Frame& frame) {
        if (is(frame, FrameType::check)) {
            on_check(path, frame);
        }
    });
}

bool Session::serve_frames(const std::function<void(const Frame&)>& answer) {
    for (;;) {
        set_busy(false);
        const std::optional<Frame> frame = receive();
        if (!frame) {
            return false;
        }
        if (is(*frame, FrameType::quit)) {
            std::fflush(nullptr);
            send(FrameType::bye, json::object{});
            return true;
        }
        set_busy(true);
        answer(*frame);
    }
}

void Session::on_check(const std::string& path, const Frame& frame) {
    const Result<json::value> document = parse_json(frame.payload);
    const Result<measure::CheckRequest> request =
        document ? measure::check_request_from_json(*document)
                 : Result<measure::CheckRequest>(document.error());
    if (!request) {
        return refuse(request.error());
    }
    send(FrameType::checked, measure::to_json(conformance::run_check(*request, path, page_)));
}

void Session::on_describe(const assay_plugin& plugin, const Frame& frame) {
    const Result<json::value> document = parse_json(frame.payload);
    if (!document || !document->is_object()) {
        return refuse(Error{ErrorKind::protocol, "DESCRIBE without a JSON object", {}});
    }
    const std::string name = json_string(document->get_object(), "suite");
    const assay_suite_v1* const suite = find_suite(plugin, name);
    if (suite == nullptr) {
        return refuse(no_suite(name));
    }
    const std::string config = json_string(document->get_object(), "config", "{}");
    const Result<measure::SuiteDescription> described = measure::describe(name, *suite, config);
    std::fflush(stdout);
    if (!described) {
        return refuse(described.error());
    }
    send(FrameType::described, measure::to_json(*described));
}

void Session::on_launch(const assay_plugin& plugin, const Frame& frame) {
    const Result<json::value> document = parse_json(frame.payload);
    const Result<measure::LaunchRequest> request =
        document ? measure::launch_request_from_json(*document)
                 : Result<measure::LaunchRequest>(document.error());
    if (!request) {
        return refuse(request.error());
    }
    const assay_suite_v1* const suite = find_suite(plugin, request->suite);
    if (suite == nullptr) {
        return refuse(no_suite(request->suite));
    }
    if (request->pair && pair_page_ == nullptr) {
        return refuse(Error{ErrorKind::protocol,
                            "a launch of a pair came to a worker that was started without --pair",
                            {}});
    }
    expect_death_in(request->case_id);
    Observer observer(*this, *request);
    const measure::LaunchRecord record =
        measure::run_launch(*suite, *request, observer, page_.cancel);
    std::fflush(stdout); // a pipe is fully buffered; the text belongs to this launch
    send_record(record);
}

namespace {

Result<measure::ImportRequest> import_request(const Frame& frame) {
    const Result<json::value> document = parse_json(frame.payload);
    return document ? measure::import_request_from_json(*document)
                    : Result<measure::ImportRequest>(document.error());
}

} // namespace

void Session::on_probe(const assay_plugin& plugin, const Frame& frame) {
    const Result<measure::ImportRequest> request = import_request(frame);
    const Result<std::int32_t> sure =
        request ? probe_file(plugin, *request) : Result<std::int32_t>(request.error());
    if (!sure) {
        return refuse(sure.error());
    }
    send(FrameType::probed, json::object{{"sure", *sure}});
}

void Session::on_import(const assay_plugin& plugin, const Frame& frame) {
    const Result<measure::ImportRequest> request = import_request(frame);
    if (!request) {
        return refuse(request.error());
    }
    const Status read =
        import_file(plugin, *request, page_.cancel, [this](const measure::ImportedEvent& event) {
            send(FrameType::imported, measure::to_json(event));
        });
    std::fflush(stdout);
    if (!read) {
        return refuse(read.error());
    }
    send(FrameType::import_over, json::object{});
}

void Session::send_record(const measure::LaunchRecord& record) {
    std::span<const measure::SliceRecord> slices = record.slices;
    while (!slices.empty()) {
        const std::size_t count = std::min(slices.size(), kSlicesPerFrame);
        send_bytes(FrameType::slices, measure::pack(slices.first(count)));
        slices = slices.subspan(count);
    }
    if (!record.latency.empty()) {
        send_bytes(FrameType::latency, record.latency.encode());
    }
    std::string text = write_json(measure::to_json(record));
    if (text.size() > kFrameBytesMax) {
        measure::LaunchRecord small = record;
        small.attachments.clear();
        small.metrics.clear();
        small.status = measure::CaseStatus::failed;
        small.reason = "the launch's metrics and attachments are larger than a frame (64 MiB)";
        text = write_json(measure::to_json(small));
    }
    send_bytes(FrameType::record, text);
}

} // namespace assay::worker
