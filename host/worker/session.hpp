// The conversation with the host: answers DESCRIBE, LAUNCH, PROBE and IMPORT for the one loaded
// plugin, or CHECK for one that is not loaded yet, until QUIT or the end of the stream.
//
//   Session session(page);
//   session.hello(plugin, isolation);
//   return session.serve(plugin);
//
// One thread.
#pragma once

#include "measure/protocol.hpp"
#include "support/frame.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <assay/plugin.h>

#include <functional>
#include <string>

namespace assay::worker {

class Session {
public:
    // `pair_page` where the worker was started for one side of a pair.
    explicit Session(measure::SharedPage& page, measure::PairPage* pair_page = nullptr) noexcept
        : page_(page)
        , pair_page_(pair_page)
        , out_(measure::kFramesOutFd) {}

    void hello(const assay_plugin& plugin, const json::object& isolation);
    void refuse(const Error& error);
    // A worker for checks says hello before anything is loaded.
    void hello_before_loading(const json::object& isolation);

    // True: ended by QUIT, and BYE was said.
    bool serve(const assay_plugin& plugin);
    // The same for CHECK frames; the library at `path` is loaded by the check itself.
    bool serve_checks(const std::string& path);

private:
    class Observer;

    void send(measure::FrameType type, const json::value& payload);
    void send_bytes(measure::FrameType type, std::string_view payload);
    void on_describe(const assay_plugin& plugin, const Frame& frame);
    void on_launch(const assay_plugin& plugin, const Frame& frame);
    void on_check(const std::string& path, const Frame& frame);
    void on_probe(const assay_plugin& plugin, const Frame& frame);
    void on_import(const assay_plugin& plugin, const Frame& frame);
    bool serve_frames(const std::function<void(const Frame&)>& answer);
    void send_record(const measure::LaunchRecord& record);
    // The next frame from the host; nothing when there will be none.
    std::optional<Frame> receive();

    measure::SharedPage& page_;
    measure::PairPage* pair_page_;
    FrameWriter out_;
    FrameReader in_;
};

} // namespace assay::worker
