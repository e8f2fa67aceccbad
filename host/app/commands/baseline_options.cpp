// The rows of `assay baseline` in the command table.
#include "app/baselines/project_baselines.hpp"
#include "app/commands/baseline_command.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

const std::string kSelect = "Select";
const std::string kPlaces = "Places";

OptionSpec metric_option() {
    return {.name = "--metric", .value = "KEY", .help = "only this metric", .group = kSelect};
}

OptionSpec why_option(const std::string& help) {
    return {.name = "--why", .value = "TEXT", .help = help};
}

PositionalSpec case_word() {
    return {.name = "CASE", .help = "a case, suite/family, or a regular expression; none: all"};
}

CommandSpec show_spec() {
    return {.name = "baseline show",
            .summary = "the figures that series are held against",
            .examples = {"assay baseline show", "assay baseline show --format json"},
            .positionals = {case_word()},
            .options = {metric_option(),
                        platform_option(kSelect),
                        table_format_option(""),
                        history_option(kPlaces),
                        baselines_file_option(kPlaces)},
            .notes = "What the history says wins; the file stands in where it says nothing. json "
                     "has the form of .assay/baselines.json.",
            .run = baseline_show};
}

std::vector<OptionSpec> update_options() {
    return {{.name = "--dry-run", .help = "show the proposals, and change nothing"},
            {.name = "--auto-approve-improvements",
             .help = "apply them without asking: improvements, and first figures"},
            {.name = "--min-runs",
             .value = "N",
             .help = "runs in a row that a figure needs (default 5)",
             .kind = ValueKind::count},
            {.name = "--policy",
             .value = "NAME",
             .help = "segment (default) or last-n",
             .choices = {"segment", "last-n"}},
            {.name = "--pinned-too", .help = "figures that a person has pinned may move as well"},
            why_option("why they move, for the record"),
            metric_option(),
            platform_option(kSelect),
            {.name = "--branch",
             .value = "NAME",
             .help = "runs of this branch; else of the one checked out, or main",
             .group = kSelect},
            table_format_option(""),
            history_option(kPlaces),
            baselines_file_option(kPlaces)};
}

CommandSpec update_spec() {
    return {.name = "baseline update",
            .summary = "move figures that became better, and set first ones",
            .examples = {"assay baseline update",
                         "assay baseline update --dry-run --platform M1_Mac_16GB",
                         "assay baseline update --auto-approve-improvements --min-runs 5"},
            .positionals = {case_word()},
            .options = update_options(),
            .notes = "Never on a regression, and never for 5 % or less. Without a terminal one of "
                     "the first two options is needed.",
            .run = baseline_update};
}

CommandSpec pin_spec() {
    return {
        .name = "baseline pin",
        .summary = "say by hand what a series is held against",
        .examples = {"assay baseline pin 'router/least_latency[n=16]' time '8.2 ms' --why 'SLA'",
                     "assay baseline pin record/avg_mrr avg_mrr run:0192f3a1 --why 'release'"},
        .positionals = {{.name = "CASE", .help = "a case by its id", .required = true},
                        {.name = "METRIC", .help = "its metric", .required = true},
                        {.name = "FIGURE",
                         .help = "a number with its unit, or a run: run:ID, a commit, latest",
                         .required = true}},
        .options = {why_option("the reason, which stays with it (needed)"),
                    platform_option(""),
                    history_option(kPlaces),
                    baselines_file_option(kPlaces)},
        .notes = "It stays until somebody pins another, 'assay baseline unpin' takes it back, or "
                 "'assay baseline update --pinned-too' moves it.",
        .run = baseline_pin};
}

CommandSpec unpin_spec() {
    return {.name = "baseline unpin",
            .summary = "take back what a series is held against",
            .examples = {"assay baseline unpin 'router/least_latency[n=16]' time"},
            .positionals = {{.name = "CASE", .help = "a case by its id", .required = true},
                            {.name = "METRIC", .help = "its metric", .required = true}},
            .options = {why_option("the reason, which stays with it"),
                        platform_option(""),
                        history_option(kPlaces),
                        baselines_file_option(kPlaces)},
            .notes = "The series is held against its own runs again. The figure stays in the "
                     "history, and leaves .assay/baselines.json.",
            .run = baseline_unpin};
}

CommandSpec import_figures_spec() {
    return {
        .name = "baseline import",
        .summary = "take the figures of a baselines file",
        .examples = {"assay baseline import tests/performance_baselines.json",
                     "assay baseline import baselines.json --dry-run"},
        .positionals = {{.name = "FILE",
                         .help = "assay.baselines/1, or {PLATFORM: {METRIC: number}}; - is stdin",
                         .required = true,
                         .kind = ValueKind::file}},
        .options = {{.name = "--dry-run", .help = "say what would happen, and change nothing"},
                    {.name = "--decimal",
                     .help = "names ending in _gb and _mb count in 10^9 and 10^6 bytes"},
                    table_format_option(""),
                    history_option(kPlaces),
                    baselines_file_option(kPlaces)},
        .notes = "A figure that no run has yet waits in .assay/baselines.json.",
        .run = baseline_import};
}

} // namespace

std::vector<CommandSpec> baseline_specs() {
    std::vector<CommandSpec> specs{
        show_spec(), update_spec(), pin_spec(), unpin_spec(), import_figures_spec()};
    std::ranges::move(saved_build_specs(), std::back_inserter(specs));
    return specs;
}

} // namespace assay::app
