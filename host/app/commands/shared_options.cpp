#include "app/commands/shared_options.hpp"

namespace assay::app {

OptionSpec suite_option(const std::string& group) {
    return {.name = "--suite",
            .value = "NAME",
            .help = "only cases of this suite (repeatable)",
            .group = group,
            .repeatable = true};
}

OptionSpec mode_option(const std::string& group) {
    return {.name = "--mode",
            .value = "MODE",
            .help = "quick, standard or comprehensive",
            .group = group,
            .choices = {"quick", "standard", "comprehensive"},
            .environment = "BENCHMARK_MODE"};
}

OptionSpec config_option(const std::string& group) {
    return {.name = "--config",
            .value = "FILE",
            .help = "settings over those of .assay/assay.json",
            .group = group,
            .kind = ValueKind::file};
}

std::vector<OptionSpec> plugin_options(const std::string& group) {
    return {
        {.name = "--plugin",
         .value = "FILE",
         .help = "load this plugin too (repeatable)",
         .group = group,
         .repeatable = true,
         .kind = ValueKind::file},
        {.name = "--plugin-dir",
         .value = "DIR",
         .help = "load the plugins of this folder too (repeatable)",
         .group = group,
         .repeatable = true,
         .kind = ValueKind::folder},
        {.name = "--trust-project",
         .help = "load what .assay/ holds, whoever wrote it",
         .group = group},
    };
}

OptionSpec table_format_option(const std::string& group) {
    return {.name = "--format",
            .value = "FORMAT",
            .help = "text, json or csv",
            .group = group,
            .choices = {"text", "json", "csv"}};
}

PositionalSpec filter_words() {
    return {.name = "FILTER",
            .help = "case id, suite/family, regex, tag:NAME; ! excludes",
            .repeatable = true};
}

} // namespace assay::app
