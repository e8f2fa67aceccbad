#include "app/help.hpp"
#include "app/listing.hpp"
#include "app/message.hpp"
#include "support/text.hpp"

#include <assay/plugin.h>

#include <map>

namespace assay::app {

namespace {

std::string provides_text(const catalog::Manifest& manifest) {
    std::vector<std::string> parts;
    for (const catalog::Provided& provided : manifest.provides) {
        // "assay.suite/1" -> "suite"
        std::string kind = provided.kind.substr(0, provided.kind.find('/'));
        if (kind.starts_with("assay.")) {
            kind.erase(0, 6);
        }
        parts.push_back(kind + " " + provided.name);
    }
    return join(parts, ", ");
}

std::string state_text(const catalog::CatalogEntry& entry) {
    if (entry.state == catalog::EntryState::untrusted) {
        return "untrusted: run 'assay trust add'";
    }
    const std::string word(catalog::name_of(entry.state));
    return entry.reason.empty() ? word : word + ": " + entry.reason;
}

// "n=64,4096,1048576"
std::string axis_text(const measure::AxisDescription& axis) {
    std::vector<std::string> values;
    for (const measure::ParameterValue& value : axis.values) {
        values.push_back(measure::id_text(value));
    }
    return axis.name + "=" + join(values, ",");
}

std::string axes_text(const measure::FamilyDescription& family) {
    std::vector<std::string> parts;
    for (const measure::AxisDescription& axis : family.axes) {
        parts.push_back(axis_text(axis));
    }
    return join(parts, " ");
}

using Counts = std::map<std::pair<std::size_t, std::size_t>, std::size_t>; // suite, family

Counts count_cases(const plan::Plan& plan) {
    Counts counts;
    for (const plan::PlannedCase& planned : plan.cases) {
        ++counts[{planned.suite, planned.family}];
    }
    return counts;
}

} // namespace

TextTable plugins_table(const LoadedPlugins& loaded) {
    TextTable table({"plugin", "version", "tier", "provides", "state", "path"});
    for (const LoadedPlugin& plugin : loaded.plugins) {
        const catalog::CatalogEntry& entry = plugin.entry;
        table.add({entry.manifest.id.empty() ? "-" : entry.manifest.id,
                   entry.manifest.version,
                   std::string(catalog::name_of(entry.tier)),
                   provides_text(entry.manifest),
                   state_text(entry),
                   entry.path.string()});
    }
    return table;
}

namespace {

// What usable plugins provide of one kind.
TextTable
provided_table(const LoadedPlugins& loaded, const std::string& word, std::string_view kind) {
    TextTable table({word, "plugin", "version", "description"});
    for (const LoadedPlugin& plugin : loaded.plugins) {
        const catalog::CatalogEntry& entry = plugin.entry;
        if (entry.state != catalog::EntryState::usable) {
            continue;
        }
        for (const catalog::Provided& provided : entry.manifest.provides) {
            if (provided.kind == kind) {
                table.add({provided.name,
                           entry.manifest.id,
                           entry.manifest.version,
                           entry.manifest.description});
            }
        }
    }
    return table;
}

} // namespace

TextTable reporters_table(const LoadedPlugins& loaded) {
    return provided_table(loaded, "reporter", ASSAY_KIND_REPORTER);
}

TextTable importers_table(const LoadedPlugins& loaded) {
    return provided_table(loaded, "importer", ASSAY_KIND_IMPORTER);
}

TextTable suites_table(const LoadedPlugins& loaded, const plan::Plan& plan) {
    TextTable table({"suite", "families", "cases", "plugin", "description"});
    const Counts counts = count_cases(plan);
    for (std::size_t i = 0; i < loaded.suites.size(); ++i) {
        const LoadedSuite& suite = loaded.suites[i];
        const catalog::Manifest& manifest = loaded.plugins[suite.plugin].entry.manifest;
        std::size_t families = 0;
        std::size_t cases = 0;
        for (const auto& [place, count] : counts) {
            families += place.first == i ? 1 : 0;
            cases += place.first == i ? count : 0;
        }
        if (cases > 0) {
            table.add({suite.description.name,
                       std::to_string(families),
                       std::to_string(cases),
                       manifest.id,
                       manifest.description});
        }
    }
    return table;
}

TextTable families_table(const LoadedPlugins& loaded, const plan::Plan& plan) {
    TextTable table({"family", "cases", "shape", "axes", "tags", "description"});
    for (const auto& [place, count] : count_cases(plan)) {
        const measure::SuiteDescription& suite = loaded.suites[place.first].description;
        const measure::FamilyDescription& family = suite.families[place.second];
        table.add({suite.name + "/" + family.name,
                   std::to_string(count),
                   std::string(measure::name_of(family.shape)),
                   axes_text(family),
                   join(family.tags, ","),
                   family.help});
    }
    return table;
}

std::string families_text(const LoadedPlugins& loaded, const plan::Plan& plan) {
    constexpr std::size_t kIndent = 4;
    std::string text;
    for (const auto& [place, count] : count_cases(plan)) {
        const measure::SuiteDescription& suite = loaded.suites[place.first].description;
        const measure::FamilyDescription& family = suite.families[place.second];
        text += suite.name + "/" + family.name + "  " + std::to_string(count) +
                (count == 1 ? " case  " : " cases  ") + std::string(measure::name_of(family.shape));
        text += family.tags.empty() ? "\n" : "  tags " + join(family.tags, ", ") + "\n";
        if (!family.help.empty()) {
            text += wrapped(family.help, kIndent);
        }
        for (const measure::AxisDescription& axis : family.axes) {
            std::vector<std::string> values;
            for (const measure::ParameterValue& value : axis.values) {
                values.push_back(measure::id_text(value));
            }
            text += wrapped(axis.name + " = " + join(values, ", "), kIndent);
        }
    }
    return printable(text);
}

TextTable cases_table(const LoadedPlugins& loaded, const plan::Plan& plan) {
    TextTable table({"case", "shape", "metrics"});
    for (const plan::PlannedCase& planned : plan.cases) {
        const measure::FamilyDescription& family =
            loaded.suites[planned.suite].description.families[planned.family];
        std::vector<std::string> metrics = {"time"};
        for (const measure::MetricDescription& metric : family.metrics) {
            metrics.push_back(metric.key);
        }
        table.add({planned.id, std::string(measure::name_of(family.shape)), join(metrics, ",")});
    }
    return table;
}

} // namespace assay::app
