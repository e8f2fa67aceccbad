#include "worker/conformance/plugin_under_check.hpp"

#include "measure/abi_field.hpp"
#include "measure/describe_family.hpp"
#include "measure/host_services.hpp"
#include "support/plugin_library.hpp"
#include "support/schema.hpp"
#include "worker/conformance/host_table.hpp"

#include <dlfcn.h>

namespace assay::worker::conformance {
namespace {

bool in_quick_mode(const measure::AxisDescription& axis, std::size_t index) noexcept {
    return axis.quick_mask == 0 || index >= 64 || ((axis.quick_mask >> index) & 1U) != 0;
}

// Index of the value that the point takes on an axis: axes that are zipped follow the one before.
std::vector<std::size_t> point_indexes(const measure::FamilyDescription& family, bool last) {
    std::vector<std::size_t> indexes;
    for (const measure::AxisDescription& axis : family.axes) {
        if (axis.zip && !indexes.empty()) {
            indexes.push_back(std::min(indexes.back(), axis.values.size() - 1));
            continue;
        }
        std::size_t chosen = last ? axis.values.size() - 1 : 0;
        for (std::size_t i = 0; i < axis.values.size(); ++i) {
            const std::size_t at = last ? axis.values.size() - 1 - i : i;
            if (in_quick_mode(axis, at)) {
                chosen = at;
                break;
            }
        }
        indexes.push_back(chosen);
    }
    return indexes;
}

CasePoint point_at(const SuiteUnderCheck& suite,
                   std::uint32_t number,
                   const std::vector<std::size_t>& indexes) {
    const measure::FamilyDescription& family = suite.description.families[number];
    CasePoint point;
    point.family = number;
    std::string axes;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        point.params.push_back(family.axes[i].values[indexes[i]]);
        axes += (i == 0 ? "[" : ",") + family.axes[i].name + "=" +
                measure::id_text(point.params.back());
    }
    point.id = suite.name + "/" + family.name + axes + (axes.empty() ? "" : "]");
    return point;
}

} // namespace

Result<EntryPoint> open_entry(const std::string& path) {
    void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* const why = ::dlerror();
        return Error{ErrorKind::plugin, why == nullptr ? "dlopen failed" : why, {}};
    }
    void* const symbol = ::dlsym(library, ASSAY_ENTRY_SYMBOL);
    if (symbol == nullptr) {
        return Error{ErrorKind::plugin, std::string("it has no symbol ") + ASSAY_ENTRY_SYMBOL, {}};
    }
    return EntryPoint{reinterpret_cast<assay_entry_fn>(symbol)};
}

const assay_plugin* load(CheckContext& context) {
    const Result<const assay_plugin*> plugin =
        load_plugin(context.path, checking_host(), measure::library_failure());
    if (!plugin) {
        context.report.skip(plugin.error().message);
        return nullptr;
    }
    return *plugin;
}

std::vector<Interface> interfaces(CheckContext& context, std::string_view kind) {
    std::vector<Interface> found;
    const assay_plugin* const plugin = load(context);
    if (plugin == nullptr) {
        return found;
    }
    for (std::uint32_t i = 0; i < plugin->n_provided; ++i) {
        const assay_provided& one = plugin->provided[i];
        if (view(one.kind) == kind) {
            found.push_back({std::string(view(one.name)), one.iface});
        }
    }
    if (found.empty()) {
        context.report.skip("the plugin provides no " +
                            std::string(kind == ASSAY_KIND_SUITE ? "suite" : "reporter"));
    }
    return found;
}

Result<std::string> default_config(std::string_view schema_text) {
    json::value config = json::object{};
    if (!schema_text.empty()) {
        const Result<Schema> schema = Schema::compile(schema_text, SchemaLevel::plugin);
        if (!schema) {
            return schema.error();
        }
        schema->fill_defaults(config);
    }
    config.get_object().insert_or_assign("mode", "quick"); // reserved: the host sets it
    return canonical_json(config);
}

std::vector<SuiteUnderCheck> suites_to_check(CheckContext& context) {
    std::vector<SuiteUnderCheck> suites;
    for (const Interface& one : interfaces(context, ASSAY_KIND_SUITE)) {
        const auto* const iface = static_cast<const assay_suite_v1*>(one.iface);
        const Result<std::string> config = default_config(measure::copy_text(iface->config_schema));
        if (!config) {
            context.report.skip("suite '" + one.name + "': " + config.error().message + " (C1)");
            continue;
        }
        Result<measure::SuiteDescription> description =
            measure::describe(one.name, *iface, *config);
        if (!description) {
            context.report.skip(description.error().message + " (C2, C3, C4)");
            continue;
        }
        suites.push_back({one.name, iface, *config, std::move(*description)});
    }
    return suites;
}

std::vector<CasePoint> sample_points(const SuiteUnderCheck& suite) {
    std::vector<CasePoint> points;
    for (std::uint32_t i = 0; i < suite.description.families.size(); ++i) {
        const measure::FamilyDescription& family = suite.description.families[i];
        points.push_back(point_at(suite, i, point_indexes(family, false)));
        CasePoint last = point_at(suite, i, point_indexes(family, true));
        if (last.id != points.back().id) {
            points.push_back(std::move(last));
        }
    }
    return points;
}

std::vector<assay_value> abi_values(std::span<const measure::ParameterValue> params) {
    std::vector<assay_value> values;
    for (const measure::ParameterValue& param : params) {
        assay_value value{};
        value.type = static_cast<std::int32_t>(measure::type_of(param));
        if (const auto* integer = std::get_if<std::int64_t>(&param)) {
            value.u.i64 = *integer;
        } else if (const auto* real = std::get_if<double>(&param)) {
            value.u.f64 = *real;
        } else if (const auto* truth = std::get_if<bool>(&param)) {
            value.u.i64 = *truth ? 1 : 0;
        } else {
            value.u.str = abi_str(std::get<std::string>(param));
        }
        values.push_back(value);
    }
    return values;
}

} // namespace assay::worker::conformance
