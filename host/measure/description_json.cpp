// Suite descriptions as JSON: what a worker answers to DESCRIBE, and what the host keeps by content
// hash so that listing loads nothing.
#include "measure/describe_family.hpp"
#include "measure/description.hpp"

namespace assay::measure {
namespace {

Error malformed(const std::string& what) {
    return Error{ErrorKind::protocol, "a suite description " + what, {}};
}

json::value value_to_json(const ParameterValue& value) {
    switch (type_of(value)) {
    case ParameterType::integer:
        return json::value(std::get<std::int64_t>(value));
    case ParameterType::real:
        return json_number(std::get<double>(value));
    case ParameterType::boolean:
        return json::value(std::get<bool>(value));
    case ParameterType::text:
        return json::value(std::get<std::string>(value));
    }
    return nullptr;
}

// The axis knows the type: 1 and 1.0 are the same JSON number.
std::optional<ParameterValue> value_from_json(ParameterType type, const json::value& value) {
    switch (type) {
    case ParameterType::integer:
        return value.is_int64() ? std::optional<ParameterValue>(value.get_int64()) : std::nullopt;
    case ParameterType::real:
        return value.is_number() ? std::optional<ParameterValue>(value.to_number<double>())
                                 : std::nullopt;
    case ParameterType::boolean:
        return value.is_bool() ? std::optional<ParameterValue>(value.get_bool()) : std::nullopt;
    case ParameterType::text:
        return value.is_string() ? std::optional<ParameterValue>(std::string(value.get_string()))
                                 : std::nullopt;
    }
    return std::nullopt;
}

json::object to_json(const AxisDescription& axis) {
    json::array values;
    for (const ParameterValue& value : axis.values) {
        values.push_back(value_to_json(value));
    }
    return {{"name", axis.name},
            {"unit", axis.unit},
            {"help", axis.help},
            {"type", static_cast<std::int64_t>(axis.type)},
            {"zip", axis.zip},
            {"variant", axis.variant},
            {"reference", axis.reference},
            // Bit patterns, so the sign means nothing.
            {"quick_mask", static_cast<std::int64_t>(axis.quick_mask)},
            {"standard_mask", static_cast<std::int64_t>(axis.standard_mask)},
            {"values", std::move(values)}};
}

json::object to_json(const MetricDescription& metric) {
    return {{"key", metric.key},
            {"unit", metric.unit},
            {"help", metric.help},
            {"companion", metric.companion},
            {"direction", static_cast<std::int64_t>(metric.direction)},
            {"aggregate", static_cast<std::int64_t>(metric.aggregate)},
            {"provenance", static_cast<std::int64_t>(metric.provenance)},
            {"flags", metric.flags},
            {"numerator", metric.numerator},
            {"denominator", metric.denominator}};
}

json::object to_json(const FamilyDescription& family) {
    json::array tags;
    for (const std::string& tag : family.tags) {
        tags.emplace_back(tag);
    }
    json::array axes;
    for (const AxisDescription& axis : family.axes) {
        axes.push_back(to_json(axis));
    }
    json::array metrics;
    for (const MetricDescription& metric : family.metrics) {
        metrics.push_back(to_json(metric));
    }
    return {{"name", family.name},
            {"help", family.help},
            {"tags", std::move(tags)},
            {"shape", static_cast<std::int64_t>(family.shape)},
            {"clock", static_cast<std::int64_t>(family.clock)},
            {"flags", family.flags},
            {"domains", family.domains},
            {"max_lanes", family.max_lanes},
            {"max_iterations", static_cast<std::int64_t>(family.max_iterations)},
            {"bytes_per_iteration", static_cast<std::int64_t>(family.bytes_per_iteration)},
            {"has_prepare", family.has_prepare},
            {"timeout_s", json_number(family.timeout_s)},
            {"margin", json_number(family.margin)},
            {"axes", std::move(axes)},
            {"metrics", std::move(metrics)}};
}

std::uint32_t bits32(const json::object& object, std::string_view key) {
    return static_cast<std::uint32_t>(json_int(object, key, 0));
}

std::uint64_t bits64(const json::object& object, std::string_view key) {
    return static_cast<std::uint64_t>(json_int(object, key, 0));
}

// A number that stands for one of the values `first` to `last` of an enumeration.
template <class Enumeration>
bool read_enum(const json::object& object,
               std::string_view key,
               Enumeration first,
               Enumeration last,
               Enumeration& out) {
    const std::int64_t value = json_int(object, key, -1);
    out = static_cast<Enumeration>(value);
    return value >= static_cast<std::int64_t>(first) && value <= static_cast<std::int64_t>(last);
}

const json::array& array_at(const json::object& object, std::string_view key) {
    static const json::array none;
    const json::value* const value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

Result<AxisDescription> axis_from_json(const json::value& document) {
    const json::object* const object = document.if_object();
    if (object == nullptr) {
        return malformed("has an axis that is no object");
    }
    AxisDescription axis;
    axis.name = json_string(*object, "name");
    axis.unit = json_string(*object, "unit");
    axis.help = json_string(*object, "help");
    if (!is_name(axis.name) ||
        !read_enum(*object, "type", ParameterType::integer, ParameterType::text, axis.type)) {
        return malformed("has an axis without name or type");
    }
    axis.zip = json_bool(*object, "zip", false);
    axis.variant = json_bool(*object, "variant", false);
    axis.reference = bits32(*object, "reference");
    axis.quick_mask = bits64(*object, "quick_mask");
    axis.standard_mask = bits64(*object, "standard_mask");
    for (const json::value& item : array_at(*object, "values")) {
        std::optional<ParameterValue> value = value_from_json(axis.type, item);
        if (!value) {
            return malformed("has a value of another type on axis '" + axis.name + "'");
        }
        axis.values.push_back(*std::move(value));
    }
    if (axis.values.empty() || (axis.variant && axis.reference >= axis.values.size())) {
        return malformed("has an axis '" + axis.name + "' without values or reference");
    }
    return axis;
}

Result<MetricDescription> metric_from_json(const json::value& document) {
    const json::object* const object = document.if_object();
    if (object == nullptr) {
        return malformed("has a metric that is no object");
    }
    MetricDescription metric;
    metric.key = json_string(*object, "key");
    metric.unit = json_string(*object, "unit");
    metric.help = json_string(*object, "help");
    metric.companion = json_string(*object, "companion");
    metric.flags = bits32(*object, "flags");
    metric.numerator = bits32(*object, "numerator");
    metric.denominator = bits32(*object, "denominator");
    const bool known =
        read_enum(*object, "direction", Direction::none, Direction::higher, metric.direction) &&
        read_enum(*object, "aggregate", Aggregate::samples, Aggregate::mean, metric.aggregate) &&
        read_enum(
            *object, "provenance", Provenance::measured, Provenance::external, metric.provenance);
    if (!is_name(metric.key, true) || !known) {
        return malformed("has a metric '" + metric.key + "' with an unknown word");
    }
    return metric;
}

Result<FamilyDescription> family_from_json(const json::value& document) {
    const json::object* const object = document.if_object();
    if (object == nullptr) {
        return malformed("has a family that is no object");
    }
    FamilyDescription family;
    family.name = json_string(*object, "name");
    family.help = json_string(*object, "help");
    if (!is_name(family.name) ||
        !read_enum(*object, "shape", Shape::chain, Shape::manual, family.shape) ||
        !read_enum(*object, "clock", Clock::automatic, Clock::manual, family.clock)) {
        return malformed("has a family '" + family.name + "' without name, shape or clock");
    }
    for (const json::value& tag : array_at(*object, "tags")) {
        if (tag.is_string()) {
            family.tags.emplace_back(tag.get_string());
        }
    }
    family.flags = bits32(*object, "flags");
    family.domains = bits32(*object, "domains");
    family.max_lanes = bits32(*object, "max_lanes");
    family.max_iterations = bits64(*object, "max_iterations");
    family.bytes_per_iteration = bits64(*object, "bytes_per_iteration");
    family.has_prepare = json_bool(*object, "has_prepare", false);
    family.timeout_s = json_double(*object, "timeout_s", 0);
    family.margin = json_double(*object, "margin", 0);
    for (const json::value& item : array_at(*object, "axes")) {
        Result<AxisDescription> axis = axis_from_json(item);
        if (!axis) {
            return axis.error();
        }
        family.axes.push_back(*std::move(axis));
    }
    for (const json::value& item : array_at(*object, "metrics")) {
        Result<MetricDescription> metric = metric_from_json(item);
        if (!metric) {
            return metric.error();
        }
        family.metrics.push_back(*std::move(metric));
    }
    if (const std::string fault = metrics_fault(family.metrics); !fault.empty()) {
        return malformed("has a family '" + family.name + "': " + fault);
    }
    return family;
}

} // namespace

json::value to_json(const SuiteDescription& description) {
    json::array families;
    for (const FamilyDescription& family : description.families) {
        families.push_back(to_json(family));
    }
    return json::object{{"name", description.name},
                        {"config_schema", description.config_schema},
                        {"has_verify", description.has_verify},
                        {"families", std::move(families)}};
}

Result<SuiteDescription> suite_description_from_json(const json::value& document) {
    const json::object* const object = document.if_object();
    if (object == nullptr) {
        return malformed("is no JSON object");
    }
    SuiteDescription description;
    description.name = json_string(*object, "name");
    if (!is_name(description.name)) {
        return malformed("has no name");
    }
    description.config_schema = json_string(*object, "config_schema");
    description.has_verify = json_bool(*object, "has_verify", false);
    for (const json::value& item : array_at(*object, "families")) {
        Result<FamilyDescription> family = family_from_json(item);
        if (!family) {
            return family.error();
        }
        description.families.push_back(*std::move(family));
    }
    return description;
}

} // namespace assay::measure
