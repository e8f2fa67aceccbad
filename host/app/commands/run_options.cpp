// The row of `assay run` in the command table. What the options do stands in run.cpp.
#include "app/commands/commands.hpp"

namespace assay::app {

namespace {

void add_selection(std::vector<OptionSpec>& options) {
    const std::string group = "Select";
    options.insert(options.end(),
                   {
                       {.name = "--suite",
                        .value = "NAME",
                        .help = "only cases of this suite (repeatable)",
                        .group = group,
                        .repeatable = true},
                       {.name = "--param",
                        .value = "NAME=V[,V]",
                        .help = "use these values of an axis (repeatable)",
                        .group = group,
                        .repeatable = true},
                       {.name = "--shard",
                        .value = "I/N",
                        .help = "only the I-th of N parts of the cases",
                        .group = group,
                        .kind = ValueKind::shard},
                       {.name = "--dry-run",
                        .help = "say what would be measured, in which order",
                        .group = group},
                   });
}

void add_measuring(std::vector<OptionSpec>& options) {
    const std::string group = "Measure";
    options.insert(
        options.end(),
        {
            {.name = "--mode",
             .value = "MODE",
             .help = "quick, standard or comprehensive",
             .group = group,
             .choices = {"quick", "standard", "comprehensive"},
             .environment = "BENCHMARK_MODE"},
            {.name = "--config",
             .value = "FILE",
             .help = "settings over those of .assay/assay.json",
             .group = group,
             .kind = ValueKind::file},
            {.name = "--lanes",
             .short_name = "-j",
             .value = "N",
             .help = "workers driven at once (0: one per CPU)",
             .group = group,
             .kind = ValueKind::count},
            {.name = "--seed",
             .value = "N",
             .help = "seed of the inputs (1)",
             .group = group,
             .kind = ValueKind::count},
            {.name = "--order-seed",
             .value = "N",
             .help = "repeat the order of an earlier run",
             .group = group,
             .kind = ValueKind::count},
            {.name = "--isolate",
             .value = "UNIT",
             .help = "a fresh worker per suite, case or launch",
             .group = group,
             .choices = {"suite", "case", "launch"}},
            {.name = "--timeout",
             .value = "TIME",
             .help = "deadline of a launch, such as 90s",
             .group = group,
             .kind = ValueKind::duration},
            {.name = "--batch-bytes",
             .value = "N",
             .help = "memory that the inputs of a batch may take",
             .group = group,
             .kind = ValueKind::count},
            {.name = "--no-pin",
             .help = "leave workers to the scheduler's choice of CPU",
             .group = group},
            {.name = "--fail-fast", .help = "stop after the first failure", .group = group},
            {.name = "--strict", .help = "remarks about a measurement fail it", .group = group},
        });
}

void add_plugins(std::vector<OptionSpec>& options) {
    const std::string group = "Plugins";
    options.insert(options.end(),
                   {
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
                       {.name = "--skip-untrusted",
                        .help = "run the rest; the exit code stays 6",
                        .group = group},
                   });
}

void add_reports(std::vector<OptionSpec>& options) {
    const std::string group = "Report";
    options.insert(options.end(),
                   {
                       {.name = "--reporter",
                        .value = "NAME[=PATH][,K=V]",
                        .help = "also report by NAME, to PATH (repeatable)",
                        .group = group,
                        .repeatable = true},
                       {.name = "--format",
                        .value = "NAME",
                        .help = "this reporter on stdout instead of console",
                        .group = group},
                   });
}

void add_debugging(std::vector<OptionSpec>& options) {
    const std::string group = "Debug";
    options.insert(
        options.end(),
        {
            {.name = "--in-process",
             .help = "measure inside assay itself, no workers",
             .group = group},
            {.name = "--wrap",
             .value = "COMMAND",
             .help = "start workers under it: 'gdb --args'",
             .group = group},
            {.name = "--wait-for-debugger",
             .help = "workers stop before they load the plugin",
             .group = group},
            {.name = "--cores", .help = "crashing workers may dump core", .group = group},
        });
}

} // namespace

CommandSpec run_spec() {
    CommandSpec spec{
        .name = "run",
        .summary = "measure",
        .examples = {"assay run --mode quick matrix_caching"},
        .positionals = {{.name = "FILTER",
                         .help = "case id, suite/family, regular expression, tag:NAME; ! excludes",
                         .repeatable = true}},
        .run = run_command,
    };
    add_selection(spec.options);
    add_measuring(spec.options);
    add_plugins(spec.options);
    add_reports(spec.options);
    add_debugging(spec.options);
    return spec;
}

} // namespace assay::app
