// C1 to C4: what a suite says about itself, and how it takes a configuration.
#include "measure/abi_field.hpp"
#include "measure/host_services.hpp"
#include "support/plugin_library.hpp"
#include "support/schema.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/host_table.hpp"
#include "worker/conformance/plugin_under_check.hpp"
#include "worker/conformance/ucum.hpp"

namespace assay::worker::conformance {
namespace {

using measure::SuiteDescription;

std::string schema_of(const assay_suite_v1& iface) {
    return measure::copy_text(iface.config_schema, measure::kAbiStructBytesMax << 8U);
}

const assay_suite_v1& suite_of(const Interface& one) {
    return *static_cast<const assay_suite_v1*>(one.iface);
}

// What came of create(): the object is destroyed at once.
struct Created {
    assay_status status = ASSAY_OK;
    bool has_object = false;
    std::string text;
};

Created create(const assay_suite_v1& iface, std::string_view config) {
    measure::ServiceDesk desk(nullptr, nullptr);
    assay_suite* suite = nullptr;
    Created created;
    created.status = iface.create(&checking_host(), desk.scope(), abi_str(config), &suite);
    created.text = desk.take_failure();
    created.has_object = created.status >= 0 && created.status != ASSAY_SKIP &&
                         created.status != ASSAY_UNAVAILABLE && suite != nullptr;
    if (created.has_object) {
        iface.destroy(suite);
    }
    return created;
}

struct BadConfig {
    const char* what;
    std::string text;
};

// What no host would pass: the schema is checked before. Crashing on it is still a bug.
std::vector<BadConfig> bad_configs(const std::string& schema_text) {
    std::vector<BadConfig> all{
        {"an empty text", ""},
        {"a text that ends in the middle", "{\"mode\":\"qui"},
        {"an array", "[1,2,3]"},
        {"bytes that are no UTF-8", "{\"mode\":\"\xff\xfe\xc3\"}"},
        {"a megabyte", "{\"mode\":\"" + std::string(std::size_t{1} << 20, 'x') + "\"}"},
        {"a deep nesting", std::string(20'000, '[') + std::string(20'000, ']')},
    };
    const Result<json::value> schema = parse_json(schema_text);
    const json::value* const properties = schema ? json_at(*schema, "/properties") : nullptr;
    if (properties == nullptr || !properties->is_object()) {
        return all;
    }
    for (const auto& property : properties->get_object()) {
        const std::string name(property.key());
        for (const json::value& wrong : {json::value(nullptr),
                                         json::value("x"),
                                         json::value(-1e300),
                                         json::value(json::array{})}) {
            json::object config{{name, wrong}};
            all.push_back({"a setting of the wrong type", write_json(config)});
        }
    }
    return all;
}

// Whether a description that was refused was refused for its metrics: then it is C4's business.
bool is_about_metrics(const std::string& message) {
    return message.find("metrics[") != std::string::npos;
}

void describe_or_tell(
    CheckContext& context,
    const Interface& one,
    bool metrics_are_mine,
    const std::function<void(const SuiteDescription&, const std::string&)>& look) {
    const Result<std::string> config = default_config(schema_of(suite_of(one)));
    if (!config) {
        context.report.skip("suite '" + one.name + "': " + config.error().message + " (C1)");
        return;
    }
    const Result<SuiteDescription> description =
        measure::describe(one.name, suite_of(one), *config);
    if (description) {
        look(*description, *config);
        return;
    }
    const std::string& message = description.error().message;
    if (is_about_metrics(message) == metrics_are_mine) {
        context.report.error(message);
    } else {
        context.report.skip(message + (metrics_are_mine ? " (C3)" : " (C4)"));
    }
}

} // namespace

void check_schema(CheckContext& context) {
    for (const Interface& one : interfaces(context, ASSAY_KIND_SUITE)) {
        const std::string text = schema_of(suite_of(one));
        if (text.empty()) {
            context.report.note("suite '" + one.name + "' takes no configuration");
            continue;
        }
        // Compiling also checks that every default fits its own schema.
        const Result<Schema> schema = Schema::compile(text, SchemaLevel::plugin);
        if (!schema) {
            context.report.error("suite '" + one.name + "': " + schema.error().message);
            continue;
        }
        json::value defaults = json::object{};
        schema->fill_defaults(defaults);
        for (const SchemaProblem& problem : schema->validate(defaults)) {
            context.report.error("suite '" + one.name +
                                 "': the defaults do not validate: " + to_text(problem));
        }
    }
}

void check_create(CheckContext& context) {
    for (const Interface& one : interfaces(context, ASSAY_KIND_SUITE)) {
        const assay_suite_v1& iface = suite_of(one);
        const std::string schema = schema_of(iface);
        const Result<std::string> defaults = default_config(schema);
        for (const std::string& config : {std::string("{}"), defaults ? *defaults : "{}"}) {
            const Created created = create(iface, config);
            if (!created.has_object && created.status != ASSAY_UNAVAILABLE) {
                context.report.error("create with " + config + " returned " +
                                     measure::status_name(created.status) +
                                     (created.status >= 0 ? " without an object" : "") +
                                     (created.text.empty() ? "" : ": " + created.text));
            }
        }
        std::size_t taken = 0;
        const std::vector<BadConfig> bad = bad_configs(schema);
        for (const BadConfig& config : bad) {
            const Created created = create(iface, config.text);
            taken += created.has_object ? 1U : 0U;
            if (created.status < 0 && created.text.empty()) {
                context.report.warn(std::string("create refuses ") + config.what +
                                    " without saying why");
            }
        }
        if (taken > 0 && !schema.empty()) {
            context.report.note("create of '" + one.name + "' takes " + std::to_string(taken) +
                                " of " + std::to_string(bad.size()) +
                                " configurations that its schema refuses");
        }
    }
}

void check_families(CheckContext& context) {
    for (const Interface& one : interfaces(context, ASSAY_KIND_SUITE)) {
        const auto look = [&](const SuiteDescription& description, const std::string& config) {
            const json::value first = to_json(description);
            const Result<SuiteDescription> again =
                measure::describe(one.name, suite_of(one), config);
            if (!again || to_json(*again) != first) {
                context.report.error("suite '" + one.name +
                                     "': a second object describes other families");
            }
            if (description.families.empty()) {
                context.report.warn("suite '" + one.name + "' has no families");
            }
            context.report.facts["families of " + one.name] = first;
        };
        describe_or_tell(context, one, false, look);
    }
}

void check_metrics(CheckContext& context) {
    for (const Interface& one : interfaces(context, ASSAY_KIND_SUITE)) {
        const auto look = [&](const SuiteDescription& description, const std::string& /*config*/) {
            for (const measure::FamilyDescription& family : description.families) {
                for (const measure::MetricDescription& metric : family.metrics) {
                    const std::string where = one.name + "/" + family.name + ", metric '" +
                                              metric.key + "': the unit '" + metric.unit + "' ";
                    const UnitFault fault = unit_fault(metric.unit);
                    if (fault == UnitFault::malformed) {
                        context.report.error(where + "is no UCUM unit");
                    } else if (fault == UnitFault::unknown) {
                        context.report.warn(where +
                                            "has a part that is no common UCUM unit; what is "
                                            "counted stands in braces, as in {hit}/{op}");
                    }
                }
            }
        };
        describe_or_tell(context, one, true, look);
    }
}

} // namespace assay::worker::conformance
