// What a reporter plugin may call in the host: fail, log, the clock and assay.json/1. Everything
// that belongs to measuring (metrics, attachments, progress) is politely ignored.
//
//   ReporterScope scope("json", log);
//   iface->create(&reporter_services(), scope.handle(), options, sink, &instance);
//   std::string why = scope.take_failure();
//
// The services may be called from any thread.
#pragma once

#include <assay/plugin.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace assay::report {

// What a reporter says besides its output: its name, ASSAY_LOG_*, the text.
using ReporterLog = std::function<void(const std::string&, std::int32_t, std::string_view)>;

// Behind the assay_scope* of one reporter instance.
class ReporterScope {
public:
    ReporterScope(std::string reporter, ReporterLog log)
        : reporter_(std::move(reporter))
        , log_(std::move(log)) {}

    [[nodiscard]] assay_scope* handle() noexcept { return reinterpret_cast<assay_scope*>(this); }

    [[nodiscard]] static ReporterScope* from(assay_scope* handle) noexcept {
        return reinterpret_cast<ReporterScope*>(handle);
    }

    // The last text given to host->fail(), once.
    [[nodiscard]] std::string take_failure();
    void fail(std::string_view text);
    void log(std::int32_t level, std::string_view text);

private:
    const std::string reporter_;
    const ReporterLog log_;
    std::mutex mutex_;
    std::string failure_;
};

// The one table for all reporters; lives as long as the process.
const assay_host& reporter_services() noexcept;

// While it lives, what a plugin says through host->fail(NULL, ...) on this thread (its entry
// function has no scope yet) is collected in `text`.
class RefusalText {
public:
    RefusalText();
    RefusalText(const RefusalText&) = delete;
    RefusalText& operator=(const RefusalText&) = delete;
    ~RefusalText();

    std::string text;

private:
    RefusalText* before_;
};

} // namespace assay::report
