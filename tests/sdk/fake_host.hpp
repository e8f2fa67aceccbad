// A host small enough to see through: it records what a plugin says, and drives suites and
// reporters call by call. The scope given to a plugin is the recorder itself.
//
//   FakeHost host;
//   LoadedSuite suite(host, load(host, "shapes"), "shapes");
//
// One thread, except that lanes may report at once.
#pragma once

#include <assay/plugin.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sdk_test {

std::string_view view(assay_str text) noexcept;
assay_str abi(std::string_view text) noexcept;

// What was said in one scope.
struct Recorder {
    std::mutex mutex;
    std::vector<std::pair<assay_status, std::string>> failures;
    std::vector<std::string> log;
    std::multimap<std::uint32_t, double> metrics;
    std::map<std::string, std::string> attachments;
    bool cancelled = false;

    [[nodiscard]] std::string last_failure() const {
        return failures.empty() ? "" : failures.back().second;
    }

    [[nodiscard]] assay_scope* scope() noexcept { return reinterpret_cast<assay_scope*>(this); }
};

// The services; `library` is what is said without a scope.
struct FakeHost {
    FakeHost();

    assay_host services{};

    static Recorder& library();
};

// Loads build/.../<name>.assay.so of this folder and enters it; nullptr = refused.
assay_entry_fn entry_of(const std::string& name);
const assay_plugin* load(const FakeHost& host, const std::string& name);
const void* provided(const assay_plugin* plugin, std::string_view kind, std::string_view name);

struct Case;

// A created suite object.
class LoadedSuite {
public:
    LoadedSuite(const FakeHost& host,
                const assay_plugin* plugin,
                std::string_view name,
                std::string_view config = "{}");
    LoadedSuite(const LoadedSuite&) = delete;
    LoadedSuite& operator=(const LoadedSuite&) = delete;
    ~LoadedSuite();

    [[nodiscard]] const assay_case_def* family(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> family_names() const;
    // Opens `family` with the given parameters; see `status` of the result.
    [[nodiscard]] std::unique_ptr<Case> open(std::string_view family,
                                             std::vector<assay_value> params = {},
                                             std::uint32_t lanes = 1) const;

    const assay_suite_v1* iface = nullptr;
    assay_suite* object = nullptr;
    assay_status status = ASSAY_OK; // of create
    mutable Recorder said;
};

// An open case; closes itself.
struct Case {
    Case() = default;
    Case(const Case&) = delete;
    Case& operator=(const Case&) = delete;
    ~Case();

    assay_status verify();
    // prepare, run and finish of one batch; stops at the first failure of prepare.
    assay_status batch(assay_batch& b);
    [[nodiscard]] assay_batch
    make_batch(std::uint64_t iterations, std::uint64_t seed = 1, std::uint32_t lane = 0) const;

    const assay_suite_v1* iface = nullptr;
    assay_case* object = nullptr;
    assay_status status = ASSAY_OK; // of open
    std::uint32_t lanes = 1;
    Recorder said;
    std::uint32_t cancel = 0;
};

assay_value i64(std::int64_t value);
assay_value f64(double value);
assay_value boolean(bool value);
assay_value str(std::string_view value);

} // namespace sdk_test
