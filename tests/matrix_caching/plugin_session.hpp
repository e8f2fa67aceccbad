// Drives the built plugin through its C ABI as a host would, and keeps what it reports.
//
//   PluginSession session;
//   auto opened = session.open("transition", {{"states", std::int64_t{4}}, {"path", "cached"}});
//   BatchResult result = opened->batch({.iterations = 100, .seed = 7});
//
// Axes that are not named have their first value.
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

namespace matrix_caching_test {

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
    std::uint64_t run_ns = 0; // of run() alone
    Metrics metrics;          // reported by this batch
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

    [[nodiscard]] std::vector<std::string> families() const;
    [[nodiscard]] const assay_case_def& family(const std::string& name) const; // throws

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

private:
    friend class PluginSession;
    OpenCase(PluginSession& session, const assay_case_def& family);
    PluginSession& session_;
    assay_case* case_ = nullptr;
    assay_status status_ = ASSAY_OK;
    ScopeRecord record_;
};

// A case small enough for an unoptimised build; its working set is 64 KiB unless the limit says
// otherwise.
[[nodiscard]] Parameters small(const std::string& family, std::string path);
[[nodiscard]] Parameters with(Parameters parameters, const Parameters& changed);
[[nodiscard]] double total(const Metrics& metrics, const std::string& key);

struct PathName {
    const char *family, *path;
};

inline constexpr PathName kCachedPaths[] = {{"transition", "cached"},
                                            {"likelihood", "cached"},
                                            {"likelihood", "slices"},
                                            {"intermediate", "cached"}};

} // namespace matrix_caching_test
