// One reporter instance with a sink that keeps every byte, or fails where it is told to. Calls
// follow the ABI: after a failure nothing but destroy().
//
//   ReporterSession session(iface, {.options = "{}"});
//   session.send_all(every_status_stream());
//   session.finish();
//   session.failure();  session.written();
//
// One thread.
#pragma once

#include "measure/host_services.hpp"
#include "worker/conformance/canned_events.hpp"
#include "worker/conformance/case_session.hpp"

#include <map>
#include <optional>
#include <string>

namespace assay::worker::conformance {

struct ReporterOptions {
    HostAge age = HostAge::present;
    const assay_host* host = nullptr; // NULL: checking_host()
    std::string options = "{}";
    std::uint64_t failing_write = 0; // the number of the write that fails, from 1; 0 = none
    bool terminal = false;
};

class ReporterSession {
public:
    ReporterSession(const assay_reporter_v1& iface, ReporterOptions options);
    ReporterSession(const ReporterSession&) = delete;
    ReporterSession& operator=(const ReporterSession&) = delete;
    ~ReporterSession();

    void send(const CannedEvent& event);
    void send_all(const Stream& stream);
    void finish();

    // "on_event returned ASSAY_E_IO: the disk is full" of the first call that failed, or "".
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

    // What the text after the colon alone is.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    [[nodiscard]] std::uint64_t writes() const noexcept { return writes_; }

    // By the name of the file; "" is the sink itself.
    [[nodiscard]] const std::map<std::string, std::string>& written() const noexcept {
        return written_;
    }

private:
    // One lent sink: the main one or an extra file.
    struct Lent {
        ReporterSession* session = nullptr;
        std::string name;
        std::optional<Fenced<assay_sink>> bare;
        std::optional<Fenced<Wide<assay_sink>>> wide;
    };

    const assay_sink* lend(const std::string& name);
    void keep_failure(const char* step, assay_status status);

    static assay_status on_write(void* self, assay_str bytes) noexcept;
    static assay_status
    on_open_extra(void* self, assay_str relative_name, const assay_sink** out) noexcept;

    const assay_reporter_v1& iface_;
    ReporterOptions options_;
    QuietObserver observer_; // what it logs is the host's to tell
    measure::ServiceDesk desk_;
    std::map<std::string, Lent> lent_;
    std::map<std::string, std::string> written_;
    std::uint64_t writes_ = 0, sequence_ = 0;
    std::string failure_, text_;
    assay_reporter* reporter_ = nullptr;
};

} // namespace assay::worker::conformance
