// Drives a built suite plugin through its C ABI as a host would, and keeps what it reports. Which
// one it is says the test program's CMakeLists.txt, by suite_under_test().
//
//   PluginSession session;
//   auto opened = session.open("fpi", {{"model", "3x2"}});     // other axes: their first value
//   BatchResult result = opened->batch({.iterations = 100, .seed = 7});
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

namespace suite_test {

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
    std::uint64_t items = 0;
    std::uint64_t allocations = 0; // calls of operator new during run()
    Metrics metrics;               // reported by this batch
    std::vector<std::uint64_t> latency_ns;
};

// What stands behind an assay_scope of this host.
struct ScopeRecord {
    const assay_case_def* family = nullptr;
    Metrics metrics;
    std::string text;
};

// The path of the plugin.
extern const char* const suite_under_test;

class OpenCase;

class PluginSession {
public:
    // Throws std::runtime_error where it cannot be loaded; what create() says is in status().
    explicit PluginSession(const std::string& config = "{}");
    ~PluginSession();
    PluginSession(const PluginSession&) = delete;
    PluginSession& operator=(const PluginSession&) = delete;

    [[nodiscard]] assay_status status() const { return status_; } // of create()

    [[nodiscard]] const std::string& text() const { return text_; } // of its failure

    [[nodiscard]] const assay_plugin& plugin() const { return *plugin_; }

    [[nodiscard]] std::vector<const assay_case_def*> families() const;
    [[nodiscard]] std::vector<std::string> family_names() const;

    // Throws std::runtime_error where there is none of that name.
    [[nodiscard]] const assay_case_def& family(const std::string& name) const;

    // open(); a status other than ASSAY_OK with its text is in the case. Throws std::runtime_error
    // where a parameter is not an axis of the family.
    [[nodiscard]] std::unique_ptr<OpenCase>
    open(const std::string& family, const Parameters& parameters, std::uint64_t seed = 1);

private:
    friend class OpenCase;
    const assay_plugin* plugin_ = nullptr;
    const assay_suite_v1* suite_ = nullptr;
    assay_suite* handle_ = nullptr;
    assay_status status_ = ASSAY_OK;
    std::string text_;
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
    std::uint64_t open_allocations_ = 0;
    ScopeRecord record_;
};

std::string text_of(assay_str text);

// The cases of a family in a mode, by the masks of its axes.
std::size_t cases_of(const assay_case_def& family, std::uint64_t assay_axis::*mask);

} // namespace suite_test
