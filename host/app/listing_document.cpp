#include "app/listing.hpp"

#include <assay/plugin.h>

#include <string_view>
#include <variant>

namespace assay::app {

namespace {

json::array provides(const catalog::Manifest& manifest) {
    json::array list;
    for (const catalog::Provided& provided : manifest.provides) {
        list.push_back(json::object{{"kind", provided.kind}, {"name", provided.name}});
    }
    return list;
}

json::object plugin_object(const catalog::CatalogEntry& entry) {
    return {{"id", entry.manifest.id},
            {"version", entry.manifest.version},
            {"path", entry.path.string()},
            {"tier", catalog::name_of(entry.tier)},
            {"sha256", json_text(entry.sha256)},
            {"provides", provides(entry.manifest)},
            {"state", catalog::name_of(entry.state)},
            {"reason", json_text(entry.reason)},
            {"description", json_text(entry.manifest.description)},
            {"license", json_text(entry.manifest.license)}};
}

json::value value_of(const measure::ParameterValue& value) {
    return std::visit(
        [](const auto& held) -> json::value {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, double>) {
                return json_number(held);
            } else {
                return json::value(held);
            }
        },
        value);
}

json::array metrics(const measure::FamilyDescription& family) {
    json::array list;
    list.push_back(json::object{
        {"key", "time"}, {"unit", "s"}, {"direction", "lower"}, {"provenance", "measured"}});
    for (const measure::MetricDescription& metric : family.metrics) {
        list.push_back(json::object{{"key", metric.key},
                                    {"unit", metric.unit},
                                    {"direction", measure::name_of(metric.direction)},
                                    {"provenance", measure::name_of(metric.provenance)},
                                    {"aggregate", measure::name_of(metric.aggregate)}});
    }
    return list;
}

json::object case_object(const LoadedPlugins& loaded, const plan::PlannedCase& planned) {
    const measure::SuiteDescription& suite = loaded.suites[planned.suite].description;
    const measure::FamilyDescription& family = suite.families[planned.family];
    json::object params;
    for (std::size_t i = 0; i < family.axes.size() && i < planned.params.size(); ++i) {
        params[family.axes[i].name] = value_of(planned.params[i]);
    }
    return {{"id", planned.id},
            {"suite", suite.name},
            {"family", family.name},
            {"params", std::move(params)},
            {"shape", measure::name_of(family.shape)},
            {"metrics", metrics(family)},
            {"tags", json::array(family.tags.begin(), family.tags.end())}};
}

json::object family_object(const measure::FamilyDescription& family) {
    json::array axes;
    for (const measure::AxisDescription& axis : family.axes) {
        json::array values;
        for (const measure::ParameterValue& value : axis.values) {
            values.push_back(value_of(value));
        }
        axes.push_back(json::object{{"name", axis.name},
                                    {"unit", axis.unit},
                                    {"variant", axis.variant},
                                    {"values", std::move(values)}});
    }
    return {{"name", family.name},
            {"help", family.help},
            {"shape", measure::name_of(family.shape)},
            {"tags", json::array(family.tags.begin(), family.tags.end())},
            {"axes", std::move(axes)},
            {"metrics", metrics(family)}};
}

json::array suites(const LoadedPlugins& loaded) {
    json::array list;
    for (const LoadedSuite& suite : loaded.suites) {
        json::array families;
        for (const measure::FamilyDescription& family : suite.description.families) {
            families.push_back(family_object(family));
        }
        const auto config = parse_json(suite.config_json);
        list.push_back(json::object{{"name", suite.description.name},
                                    {"plugin", loaded.plugins[suite.plugin].entry.manifest.id},
                                    {"config", config ? *config : json::value(nullptr)},
                                    {"families", std::move(families)}});
    }
    return list;
}

} // namespace

json::object list_document(const LoadedPlugins& loaded, const plan::Plan& plan) {
    json::array plugins;
    json::array refused;
    json::array reporters;
    json::array importers;
    for (const LoadedPlugin& plugin : loaded.plugins) {
        const catalog::CatalogEntry& entry = plugin.entry;
        if (entry.state == catalog::EntryState::refused) {
            refused.push_back(json::object{{"path", entry.path.string()},
                                           {"tier", catalog::name_of(entry.tier)},
                                           {"reason", entry.reason}});
            continue;
        }
        plugins.push_back(plugin_object(entry));
        for (const catalog::Provided& provided : entry.manifest.provides) {
            const bool usable = entry.state == catalog::EntryState::usable;
            if (usable && provided.kind == ASSAY_KIND_REPORTER) {
                reporters.push_back(
                    json::object{{"name", provided.name}, {"plugin", entry.manifest.id}});
            } else if (usable && provided.kind == ASSAY_KIND_IMPORTER) {
                importers.push_back(
                    json::object{{"name", provided.name}, {"plugin", entry.manifest.id}});
            }
        }
    }
    json::array cases;
    cases.reserve(plan.cases.size());
    for (const plan::PlannedCase& planned : plan.cases) {
        cases.push_back(case_object(loaded, planned));
    }
    return {{"plugins", std::move(plugins)},
            {"refused", std::move(refused)},
            {"suites", suites(loaded)},
            {"reporters", std::move(reporters)},
            {"importers", std::move(importers)},
            {"cases", std::move(cases)}};
}

} // namespace assay::app
