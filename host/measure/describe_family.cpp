#include "measure/describe_family.hpp"

#include "measure/abi_field.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace assay::measure {
namespace {

constexpr std::uint32_t kAxesMax = 32;
constexpr std::uint32_t kMetricsMax = 1024;
constexpr std::uint32_t kLanesMax = 4096;
constexpr std::size_t kNameBytesMax = 128;

Error wrong(const FamilyPlace& place, const std::string& family, const std::string& what) {
    return Error{
        ErrorKind::plugin,
        "suite '" + place.suite + "', family " +
            (family.empty() ? "number " + std::to_string(place.index) : "'" + family + "'") + ": " +
            what,
        "correct the descriptor in the plugin's source"};
}

std::string axes_fault(const std::vector<AxisDescription>& axes) {
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::string field = "axes[" + std::to_string(i) + "] ('" + axes[i].name + "')";
        for (std::size_t before = 0; before < i; ++before) {
            if (axes[before].name == axes[i].name) {
                return field + ".name is there twice";
            }
        }
        if (axes[i].zip && i == 0) {
            return field + ".mode is ZIP, but there is no axis before it";
        }
        if (axes[i].zip && axes[i].values.size() != axes[i - 1].values.size()) {
            return field + ".n_values is " + std::to_string(axes[i].values.size()) +
                   ", expected as many as the axis it advances with: " +
                   std::to_string(axes[i - 1].values.size());
        }
    }
    return {};
}

Status read_axes(FamilyDescription& family, const assay_case_def& def) {
    const std::uint32_t count = field_or(def, &assay_case_def::n_axes, 0u);
    const auto* const axes =
        field_or(def, &assay_case_def::axes, static_cast<const assay_axis* const*>(nullptr));
    if (count > kAxesMax || (count > 0 && axes == nullptr)) {
        return Error{ErrorKind::plugin,
                     "n_axes is " + std::to_string(count) +
                         (axes == nullptr ? " and axes is NULL" : ", expected at most 32"),
                     {}};
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        Result<AxisDescription> axis = describe_axis(axes[i], "axes[" + std::to_string(i) + "]");
        if (!axis) {
            return axis.error();
        }
        family.axes.push_back(*std::move(axis));
    }
    const std::string fault = axes_fault(family.axes);
    return fault.empty() ? Status{} : Status{Error{ErrorKind::plugin, fault, {}}};
}

Status read_metrics(FamilyDescription& family, const assay_case_def& def) {
    const std::uint32_t count = field_or(def, &assay_case_def::n_metrics, 0u);
    const auto* const metrics = field_or(
        def, &assay_case_def::metrics, static_cast<const assay_metric_def* const*>(nullptr));
    if (count > kMetricsMax || (count > 0 && metrics == nullptr)) {
        return Error{ErrorKind::plugin,
                     "n_metrics is " + std::to_string(count) +
                         (metrics == nullptr ? " and metrics is NULL" : ", expected at most 1024"),
                     {}};
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        Result<MetricDescription> metric =
            describe_metric(metrics[i], "metrics[" + std::to_string(i) + "]");
        if (!metric) {
            return metric.error();
        }
        family.metrics.push_back(*std::move(metric));
    }
    const std::string fault = metrics_fault(family.metrics);
    return fault.empty() ? Status{} : Status{Error{ErrorKind::plugin, fault, {}}};
}

std::vector<std::string> read_tags(std::string_view text) {
    std::vector<std::string> tags;
    for (const std::string& tag : split(text, ',')) {
        if (const std::string_view word = trim(tag); !word.empty()) {
            tags.emplace_back(word);
        }
    }
    return tags;
}

// What is wrong with the plain numbers of the family, or nothing.
std::string numbers_fault(const assay_case_def& def) {
    if (def.shape < ASSAY_SHAPE_CHAIN || def.shape > ASSAY_SHAPE_MANUAL) {
        return "shape is " + std::to_string(def.shape) +
               ", expected 1 to 5 (chain, independent, single, latency, manual)";
    }
    const double timeout = field_or(def, &assay_case_def::timeout_s, 0.0);
    if (!std::isfinite(timeout) || timeout < 0) {
        return "timeout_s is " + shortest(timeout) + ", expected 0 or more seconds";
    }
    const double margin = field_or(def, &assay_case_def::margin, 0.0);
    if (!std::isfinite(margin) || margin < 0 || margin >= 1) {
        return "margin is " + shortest(margin) + ", expected a fraction such as 0.02";
    }
    const std::uint32_t lanes = field_or(def, &assay_case_def::max_lanes, 0u);
    if (lanes > kLanesMax) {
        return "max_lanes is " + std::to_string(lanes) + ", expected at most 4096";
    }
    return {};
}

void read_numbers(FamilyDescription& family, const assay_case_def& def) {
    family.shape = static_cast<Shape>(def.shape);
    const std::int32_t clock = field_or(def, &assay_case_def::clock, std::int32_t{0});
    const bool known = clock >= ASSAY_CLOCK_AUTO && clock <= ASSAY_CLOCK_MANUAL;
    family.clock = known ? static_cast<Clock>(clock) : Clock::automatic;
    family.flags = def.flags;
    family.domains = field_or(def, &assay_case_def::domains, 0u);
    if (family.domains == 0) {
        family.domains = ASSAY_DOMAIN_CORES | ASSAY_DOMAIN_MEMORY;
    }
    family.max_lanes = std::max(1u, field_or(def, &assay_case_def::max_lanes, 0u));
    family.max_iterations = field_or(def, &assay_case_def::max_iterations, std::uint64_t{0});
    family.bytes_per_iteration =
        field_or(def, &assay_case_def::bytes_per_iteration, std::uint64_t{0});
    family.timeout_s = field_or(def, &assay_case_def::timeout_s, 0.0);
    family.margin = field_or(def, &assay_case_def::margin, 0.0);
}

} // namespace

bool is_name(std::string_view name, bool with_dots) noexcept {
    const auto allowed = [with_dots](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
               (with_dots && c == '.');
    };
    return !name.empty() && name.size() <= kNameBytesMax &&
           std::all_of(name.begin(), name.end(), allowed);
}

Result<FamilyDescription>
describe_family(const assay_case_def& def, bool has_prepare, const FamilyPlace& place) {
    if (!has_field(def, &assay_case_def::shape) || def.struct_size > kAbiStructBytesMax) {
        return wrong(place,
                     {},
                     "assay_case_def.struct_size is " + std::to_string(def.struct_size) +
                         ", expected " + std::to_string(sizeof(assay_case_def)));
    }
    FamilyDescription family;
    family.name = copy_text(def.name);
    if (!is_name(family.name)) {
        return wrong(place, {}, "name is '" + family.name + "', expected [a-z0-9_]+");
    }
    if (const std::string fault = numbers_fault(def); !fault.empty()) {
        return wrong(place, family.name, fault);
    }
    family.help = copy_text(def.help);
    family.tags = read_tags(copy_text(def.tags));
    family.has_prepare = has_prepare;
    read_numbers(family, def);
    if (const Status axes = read_axes(family, def); !axes) {
        return wrong(place, family.name, axes.error().message);
    }
    if (const Status metrics = read_metrics(family, def); !metrics) {
        return wrong(place, family.name, metrics.error().message);
    }
    return family;
}

Status check_interface(std::string_view suite, const assay_suite_v1& iface) {
    const auto missing = [suite](const char* what) {
        return Error{ErrorKind::plugin,
                     "suite '" + std::string(suite) + "': assay_suite_v1." + what,
                     "correct the interface in the plugin's source"};
    };
    if (!has_field(iface, &assay_suite_v1::close) || iface.struct_size > kAbiStructBytesMax) {
        const std::string text = "struct_size is " + std::to_string(iface.struct_size) +
                                 ", expected " + std::to_string(sizeof(assay_suite_v1));
        return missing(text.c_str());
    }
    const std::pair<bool, const char*> required[] = {
        {iface.create != nullptr, "create is NULL"},
        {iface.destroy != nullptr, "destroy is NULL"},
        {iface.case_at != nullptr, "case_at is NULL"},
        {iface.open != nullptr, "open is NULL"},
        {iface.run != nullptr, "run is NULL"},
        {iface.close != nullptr, "close is NULL"},
    };
    for (const auto& [there, what] : required) {
        if (!there) {
            return missing(what);
        }
    }
    return {};
}

Result<SuiteDescription>
describe_suite(std::string_view name, const assay_suite_v1& iface, assay_suite* suite) {
    if (Status status = check_interface(name, iface); !status) {
        return status.error();
    }
    SuiteDescription description;
    description.name = name;
    if (!is_name(name)) {
        return Error{ErrorKind::plugin,
                     "suite '" + copy_text({name.data(), name.size()}) +
                         "': the name may only have [a-z0-9_]+",
                     "correct assay_provided.name in the plugin's source"};
    }
    description.config_schema = copy_text(iface.config_schema, std::size_t{1} << 20);
    description.has_verify = iface.verify != nullptr;
    std::unordered_set<std::string> names;
    for (std::uint32_t index = 0; const assay_case_def* def = iface.case_at(suite, index);
         ++index) {
        const FamilyPlace place{description.name, index};
        if (index == kFamiliesMax) {
            return wrong(
                place, {}, "case_at() gives more than 100000 families; NULL past the end?");
        }
        Result<FamilyDescription> family = describe_family(*def, iface.prepare != nullptr, place);
        if (!family) {
            return family.error();
        }
        if (!names.insert(family->name).second) {
            return wrong(place, family->name, "name is there twice in the suite");
        }
        description.families.push_back(*std::move(family));
    }
    return description;
}

} // namespace assay::measure
