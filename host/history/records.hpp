// What the history keeps, as values: a run with its points, and what tells one series from another.
//
//   Run run{.uuid = "0192...", .platform = {.fingerprint = f, .label = "epyc_2c_8GiB_kvm"}};
//   run.points.push_back({.series = series, .figures = Figures{.center = 1.2e-6, .n = 30}});
//
// All times are nanoseconds UTC since 1970, all quantities in SI base units (s, By, Hz, 1/s) with
// the source's unit kept beside. Plain values.
#pragma once

#include "measure/description.hpp"
#include "measure/launch.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::history {

// A machine as far as figures may be compared: never a clock reading, never a host name.
struct Platform {
    std::string fingerprint; // SHA-256 in hex of the canonical identity
    std::string label;       // for people; a different label is a different platform
    json::object identity;   // what the fingerprint was made of
};

// One line through time. Everything here is part of its key (series_key), and nothing else is.
struct Series {
    std::string case_id, suite, family;
    json::object params; // axis: value
    std::string metric, unit;
    measure::Direction direction = measure::Direction::none;
    std::string aggregate, clock, shape; // the words of the results document; empty: not known
    std::string isolation; // "launch", "case", "suite", "in-process"; empty: not known
    Platform platform;
    // Not in the key:
    std::string source_unit;
    std::uint32_t flags = 0; // ASSAY_METRIC_*
};

// SHA-256, as 64 hexadecimal digits, of the canonical JSON of {case id, metric, unit, direction,
// aggregate, clock, shape, platform fingerprint, platform label, isolation}.
[[nodiscard]] std::string series_key(const Series& series);

// A metric of a case in one run. `center` is the median over launches where there are several.
struct Figures {
    double center = 0;
    std::optional<double> lo = {}, hi = {}; // interval of the centre
    std::optional<double> spread = {};      // robust: 1.4826 MAD of the launches, else of samples
    std::optional<double> min = {}, max = {}, p95 = {}, p99 = {};
    std::uint64_t n = 0, n_launches = 0;
};

// What retention leaves of many samples: the values at 0/32, 1/32, ... 32/32 of their order.
struct SampleSketch {
    std::uint64_t count = 0;
    double min = 0, max = 0;
    std::vector<double> quantiles; // 33

    friend bool operator==(const SampleSketch&, const SampleSketch&) = default;
};

struct Samples {
    std::vector<double> launch_medians;
    std::vector<std::vector<double>> launches; // empty where only medians are known
    std::optional<SampleSketch> sketch = {};   // instead of launches, of samples that grew old
};

// Flags of a point, as bits in the store.
namespace point_flag {
inline constexpr std::uint32_t outlier = 1, environment_shift = 2, excluded = 4, imported = 8,
                               exact = 16, drift = 32;
} // namespace point_flag

struct Point {
    Series series;
    measure::CaseStatus status = measure::CaseStatus::passed;
    std::optional<Figures> figures = {}; // nothing unless the status is passed
    std::uint32_t flags = 0;             // point_flag::
    Samples samples = {};
    std::string build_sha256 = {}; // of the plugin file; empty: not known
};

// A case without figures: failed, skipped, unavailable.
struct Failure {
    std::string case_id;
    measure::CaseStatus status = measure::CaseStatus::failed;
    std::string reason;
};

struct SuiteBuild {
    std::string sha256, plugin_id, version;
    json::object toolchain;
};

struct GitState {
    std::string sha = {}, parent_sha = {}, merge_base = {}, branch = {}; // empty: not known
    std::optional<bool> dirty = {};
    std::optional<std::int64_t> author_time = {}, commit_time = {};
};

// A run may be one of several that belong together: shards, attempts after a lost machine.
struct Delivery {
    std::string idempotency_key; // empty: none
    std::string group_uuid;
    std::optional<std::int64_t> shard = {}, n_shards = {}, fence = {};
    std::int64_t attempt = 1;
};

struct Run {
    std::string uuid; // version 7, made before the first measurement
    std::string project, repo_url;
    std::string parent_run; // uuid; empty: none
    std::int64_t started = 0;
    std::optional<std::int64_t> finished = {};
    std::string kind = "manual"; // ci, nightly, manual, import, record
    std::string trigger, mode;
    std::optional<std::int64_t> seed = {};
    std::vector<std::string> argv = {};
    GitState git = {};
    Platform platform = {};
    json::object environment = {}; // whatever may vary without being another machine
    std::string host_version;
    std::optional<double> host_score = {};  // noise of the machine: lower is quieter
    std::optional<double> calibration = {}; // seconds of the host's fixed kernel
    std::string isolation;
    std::string status = "passed"; // passed, failed, cancelled
    Delivery delivery = {};
    std::vector<SuiteBuild> builds = {};
    std::vector<Point> points = {};
    std::vector<Failure> failures = {};
    json::object metadata = {}; // whatever else a recorded document said
};

} // namespace assay::history
