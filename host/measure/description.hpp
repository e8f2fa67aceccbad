// What a suite says about itself: families, axes, metrics. Copied out of the plugin's descriptors
// once (by describe_suite) into plain values, so that planning needs no plugin in memory.
//
//   Result<SuiteDescription> suite = describe_suite(iface, handle);
//   json::value cached = to_json(*suite);
//
// Plain values; pure functions.
#pragma once

#include "support/json.hpp"
#include "support/result.hpp"

#include <assay/plugin.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace assay::measure {

// A parameter value in one of the four types of the ABI. Alternatives in the order of ASSAY_T_*.
using ParameterValue = std::variant<std::int64_t, double, bool, std::string>;

enum class ParameterType {
    integer = ASSAY_T_I64,
    real = ASSAY_T_F64,
    boolean = ASSAY_T_BOOL,
    text = ASSAY_T_STR
};

ParameterType type_of(const ParameterValue& value) noexcept;

// The value as it stands in a case id: integers decimal, doubles shortest round trip,
// true|false, text percent-encoded outside [A-Za-z0-9_.+-].
std::string id_text(const ParameterValue& value);

// Reads `text` as the given type; nothing if it is not one.
std::optional<ParameterValue> parse_parameter(ParameterType type, std::string_view text);

enum class Shape { chain = 1, independent = 2, single = 3, latency = 4, manual = 5 };
enum class Clock { automatic = 0, wall = 1, thread_cpu = 2, process_cpu = 3, manual = 4 };
enum class Direction { none = 0, lower = 1, higher = 2 };
enum class Provenance { measured = 1, derived = 2, external = 3 };
enum class Aggregate {
    samples = 0,
    sum = 1,
    max = 2,
    last = 3,
    rate = 4,
    ratio = 5,
    min = 6,
    mean = 7
};

// The words of the documents: "chain", "thread_cpu", "lower", "measured", "samples", ...
std::string_view name_of(Shape shape) noexcept;
std::string_view name_of(Clock clock) noexcept;
std::string_view name_of(Direction direction) noexcept;
// `none` for every other word.
Direction direction_named(std::string_view name) noexcept;
std::string_view name_of(Provenance provenance) noexcept;
std::string_view name_of(Aggregate aggregate) noexcept;

struct AxisDescription {
    std::string name, unit, help;
    ParameterType type = ParameterType::integer;
    bool zip = false;     // advances together with the axis before it
    bool variant = false; // the values are ways to do the same work
    std::uint32_t reference = 0;
    std::uint64_t quick_mask = 0, standard_mask = 0; // bit i: value i belongs to that mode; 0 = all
    std::vector<ParameterValue> values;
};

struct MetricDescription {
    std::string key, unit, help, companion;
    Direction direction = Direction::none;
    Aggregate aggregate = Aggregate::samples;
    Provenance provenance = Provenance::measured;
    std::uint32_t flags = 0; // ASSAY_METRIC_*
    std::uint32_t numerator = 0, denominator = 0;
};

struct FamilyDescription {
    std::string name, help;
    std::vector<std::string> tags;
    Shape shape = Shape::independent;
    Clock clock = Clock::automatic;
    std::uint32_t flags = 0;   // ASSAY_CASE_*
    std::uint32_t domains = 0; // ASSAY_DOMAIN_*; never 0: the default is filled in
    std::uint32_t max_lanes = 1;
    std::uint64_t max_iterations = 0;      // 0 = no limit
    std::uint64_t bytes_per_iteration = 0; // 0 = none or unknown
    bool has_prepare = false;
    double timeout_s = 0; // 0 = the host's default
    double margin = 0;    // 0 = the host's default
    std::vector<AxisDescription> axes;
    std::vector<MetricDescription> metrics;
};

struct SuiteDescription {
    std::string name;
    std::string config_schema; // JSON Schema text or empty
    bool has_verify = false;
    std::vector<FamilyDescription> families;
};

// A plugin with more families is refused: case_at() that never returns NULL is a known sin.
inline constexpr std::uint32_t kFamiliesMax = 100'000;

// Copies and checks the descriptors. The error names the family and the field that is wrong
// (shape 0, provenance 0, bad axis type, duplicate names, RATIO without SUMs, GATE without
// direction...).
Result<SuiteDescription>
describe_suite(std::string_view name, const assay_suite_v1& iface, assay_suite* suite);

json::value to_json(const SuiteDescription& description);
Result<SuiteDescription> suite_description_from_json(const json::value& document);

} // namespace assay::measure
