// The row of `assay run` in the command table. What the options do stands in run.cpp.
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {

namespace {

void add_selection(std::vector<OptionSpec>& options) {
    const std::string group = "Select";
    options.push_back(suite_option(group));
    options.insert(options.end(),
                   {
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
    options.push_back(mode_option(group));
    options.push_back(config_option(group));
    options.insert(
        options.end(),
        {
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
            {.name = "--counts",
             .help = "count instructions too, by perf_event or callgrind",
             .group = group},
            {.name = "--memory",
             .help = "count allocations too, in launches of their own",
             .group = group},
            {.name = "--fail-fast", .help = "stop after the first failure", .group = group},
            {.name = "--strict",
             .help = "unsteady launches and host calls in run() fail",
             .group = group},
        });
}

void add_plugins(std::vector<OptionSpec>& options) {
    const std::string group = "Plugins";
    std::ranges::move(plugin_options(group), std::back_inserter(options));
    options.insert(options.end(),
                   {
                       {.name = "--skip-untrusted",
                        .help = "run the rest; the exit code stays 6",
                        .group = group},
                   });
}

void add_reports(std::vector<OptionSpec>& options) {
    const std::string group = "Report";
    options.insert(
        options.end(),
        {
            {.name = "--reporter",
             .value = "NAME[=PATH]",
             .help = "also by NAME, to PATH, with ,K=V (repeatable)",
             .group = group,
             .repeatable = true},
            {.name = "--format",
             .value = "NAME",
             .help = "this reporter on stdout instead of console",
             .group = group},
            {.name = "--record",
             .help = "into the history (usual where there is a .assay/)",
             .group = group},
            {.name = "--no-record", .help = "keep this run out of the history", .group = group},
            {.name = "--gate",
             .value = "FILE",
             .help = "hold the figures against these rules",
             .group = group,
             .kind = ValueKind::file},
            {.name = "--regression-threshold",
             .value = "P",
             .help = "what fails a gate, in place of the rules' own",
             .group = group},
            {.name = "--ci", .help = "a CI job: record, gate, report, tell alerts", .group = group},
            {.name = "--skip-run",
             .help = "measure nothing: judge and report the newest run",
             .group = group},
            {.name = "--run",
             .value = "ID",
             .help = "with --skip-run: that one, by id, commit, 'latest'",
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

std::vector<OptionSpec> options_of_run(const std::vector<std::string>& names) {
    std::vector<OptionSpec> chosen;
    for (OptionSpec& option : run_spec().options) {
        if (std::ranges::find(names, option.name) != names.end()) {
            option.explained_by = "run";
            chosen.push_back(std::move(option));
        }
    }
    return chosen;
}

CommandSpec run_spec() {
    CommandSpec spec{
        .name = "run",
        .summary = "measure",
        .examples = {"assay run --mode quick matrix_caching"},
        .positionals = {filter_words()},
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
