// Drives the built plugin through its C ABI as a host would, and keeps what it reports.
//
//   PluginSession session;
//   auto opened = session.open("hierarchical", {{"levels", 3}, {"theta", 0.0}, ...});
//   BatchResult result = opened.batch({.iterations = 100, .seed = 7});
//
// One thread. Unloads nothing: plugins are never closed.
#pragma once

#include <assay/plugin.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace selective_updates_test {

using Parameter = std::variant<std::int64_t, double, std::string>;
using Parameters = std::map<std::string, Parameter>;
using Metrics = std::map<std::string, std::vector<double>>;

struct BatchRequest {
    std::uint64_t iterations = 1;
    std::uint64_t seed = 1;
    std::uint32_t lane = 0;
    bool warmup = false;
    bool cancelled = false;
};

struct BatchResult {
    assay_status status = ASSAY_OK; // of the first call that failed
    std::uint64_t done = 0, checksum = 0;
    std::uint64_t run_allocations = 0; // calls of operator new in run() alone
    Metrics metrics;                   // reported by this batch
};

// What stands behind an assay_scope of this host.
struct ScopeRecord {
    const assay_case_def* family = nullptr;
    Metrics metrics;
    std::string text;
};

class OpenCase;

class PluginSession {
public:
    PluginSession(); // throws std::runtime_error with the reason
    ~PluginSession();
    PluginSession(const PluginSession&) = delete;
    PluginSession& operator=(const PluginSession&) = delete;

    [[nodiscard]] const assay_plugin& plugin() const { return *plugin_; }

    // Throws std::runtime_error where the suite has none of that name.
    [[nodiscard]] const assay_case_def& family(const std::string& name) const;

    [[nodiscard]] const assay_suite_v1& interface() const { return *suite_; }

    // open(); a status other than ASSAY_OK with its text is in the case.
    [[nodiscard]] std::unique_ptr<OpenCase>
    open(const std::string& family, const Parameters& parameters, std::uint64_t seed = 1);

private:
    friend class OpenCase;
    const assay_plugin* plugin_ = nullptr;
    const assay_suite_v1* suite_ = nullptr;
    assay_suite* handle_ = nullptr;
};

class OpenCase {
public:
    ~OpenCase();
    OpenCase(const OpenCase&) = delete;
    OpenCase& operator=(const OpenCase&) = delete;

    [[nodiscard]] assay_status status() const { return status_; }

    [[nodiscard]] const std::string& text() const { return record_.text; } // of the last failure

    [[nodiscard]] assay_status verify();
    [[nodiscard]] BatchResult batch(const BatchRequest& request);

    [[nodiscard]] const Metrics& metrics() const { return record_.metrics; } // so far

    // Calls of operator new while it was opened.
    [[nodiscard]] std::uint64_t open_allocations() const { return open_allocations_; }

private:
    friend class PluginSession;
    OpenCase(PluginSession& session, const assay_case_def& family);
    PluginSession& session_;
    assay_case* case_ = nullptr;
    assay_status status_ = ASSAY_OK;
    ScopeRecord record_;
    std::uint64_t open_allocations_ = 0;
};

} // namespace selective_updates_test
