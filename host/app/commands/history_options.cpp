// The rows of `assay history` in the command table.
#include "app/commands/commands.hpp"
#include "app/commands/history_command.hpp"
#include "app/commands/shared_options.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

const std::string kSelect = "Select";
const std::string kShow = "Show";

const PositionalSpec kRunWord{
    .name = "RUN", .help = "a run: first 8 or more digits of its id, a commit, 'latest', a name"};

PositionalSpec required(PositionalSpec word) {
    word.required = true;
    return word;
}

std::vector<OptionSpec> with(std::vector<OptionSpec> first, std::vector<OptionSpec> more) {
    std::ranges::move(more, std::back_inserter(first));
    return first;
}

// What narrows every question about runs.
std::vector<OptionSpec> run_options() {
    return with({platform_option(kSelect), branch_option(kSelect)}, since_options(kSelect));
}

// The same where one project is asked about.
std::vector<OptionSpec> project_run_options() {
    return with(run_options(), project_options(kSelect));
}

CommandSpec runs_spec() {
    return {.name = "history runs",
            .summary = "the recorded runs, newest first",
            .examples = {"assay history runs", "assay history runs --branch main --days 30"},
            .options = with(project_run_options(),
                            {{.name = "--kind",
                              .value = "KIND",
                              .help = "only ci, nightly, manual, import or record",
                              .group = kSelect,
                              .choices = {"ci", "nightly", "manual", "import", "record"}},
                             {.name = "--commit",
                              .value = "SHA",
                              .help = "only runs of this commit",
                              .group = kSelect},
                             {.name = "--named",
                              .help = "only runs that somebody named (history name)",
                              .group = kSelect},
                             limit_option(kSelect, "the newest N; 0: all (default 20)"),
                             table_format_option(kShow),
                             history_option(kShow)}),
            .notes = "In a database of several projects: those of the one we are in.",
            .run = history_runs};
}

CommandSpec show_spec() {
    return {.name = "history show",
            .summary = "everything known of one run",
            .examples = {"assay history show",
                         "assay history show 0192f3a1 --format json",
                         "assay history show latest router/least_latency"},
            .positionals = {kRunWord,
                            {.name = "FILTER",
                             .help = "cases: an id, suite/family, or a regular expression",
                             .repeatable = true}},
            .options =
                with(project_options(kSelect), {table_format_option(kShow), history_option(kShow)}),
            .notes = "Without a word: the latest run. csv holds its figures.",
            .run = history_show};
}

CommandSpec trend_spec() {
    return {
        .name = "history trend",
        .summary = "a figure through time, for each platform apart",
        .examples = {"assay history trend 'router/least_latency[n=16]'",
                     "assay history trend router/ --metric p99 --days 90 --branch main",
                     "assay history trend k6/http_req_duration --statistic p95"},
        .positionals = {{.name = "CASE",
                         .help = "a case, suite/family, or a regular expression; none: all"}},
        .options = with({{.name = "--metric",
                          .value = "KEY",
                          .help = "another metric than time",
                          .group = kSelect},
                         statistic_option(kSelect)},
                        with(project_run_options(),
                             {limit_option(kSelect,
                                           "the newest N points of each series; 0: all (as "
                                           "text: 50)"),
                              {.name = "--excluded-too",
                               .help = "points of excluded runs as well",
                               .group = kSelect},
                              table_format_option(kShow),
                              history_option(kShow)})),
        .notes =
            "Without --metric: time where a case has it, else every metric it has. p95, p99, min, "
            "max and spread are kept of every run that tells them, imported ones too.",
        .run = history_trend};
}

CommandSpec export_spec() {
    return {.name = "history export",
            .summary = "write the figures of every run, or the runs as bundles",
            .examples = {"assay history export --format csv --output figures.csv",
                         "assay history export --format ndjson --output exchange"},
            .options = with(run_options(),
                            {limit_option(kSelect, "the newest N runs"),
                             {.name = "--format",
                              .value = "FORMAT",
                              .help = "json (default), csv, or ndjson: a bundle for every run",
                              .group = kShow,
                              .choices = {"json", "csv", "ndjson"}},
                             {.name = "--output",
                              .short_name = "-o",
                              .value = "FILE",
                              .help = "instead of stdout; of ndjson a folder",
                              .group = kShow,
                              .kind = ValueKind::file},
                             history_option(kShow)}),
            .notes = "Figures are in SI base units. 'assay history pull' reads bundles again.",
            .run = history_export};
}

CommandSpec record_spec() {
    return {.name = "history record",
            .summary = "record figures that another program measured",
            .examples = {"assay history record figures.json",
                         "assay history record - --history shared.db"},
            .positionals = {{.name = "FILE",
                             .help = "a document of schema assay.record/1; - is standard input",
                             .required = true,
                             .kind = ValueKind::file}},
            .options = {{.name = "--decimal",
                         .help = "names ending in _gb and _mb count in 10^9 and 10^6 bytes"},
                        history_option("")},
            .notes =
                "The same document again changes nothing where it says its 'timestamp', and is "
                "another run where it does not: {\"schema\": \"assay.record/1\", \"metrics\": "
                "{\"search_p95\": {\"value\": 41.5, \"unit\": \"ms\", \"direction\": \"lower\"}}, "
                "\"metadata\": {\"timestamp\": \"2026-11-20T09:30:00Z\"}}. What else may stand in "
                "it: share/assay/schemas/record.json beside this program's bin/.",
            .run = history_record};
}

std::vector<CommandSpec> transfer_specs() {
    return {
        {.name = "history push",
         .summary = "give the runs to another history",
         .examples = {"assay history push exchange/",
                      "assay history push postgresql://server/history"},
         .positionals = {{.name = "DEST",
                          .help = "a folder of bundles, an SQLite file, or postgresql://...",
                          .required = true,
                          .kind = ValueKind::file}},
         .options = {history_option("")},
         .notes = "A run that is there already stays as it is: order and repetition do not matter. "
                  "Exclusions, baselines, verdicts and results of gates go along; what somebody "
                  "took back does not. Alerts are found anew there by 'assay analyze', and what "
                  "people answered to them here is not known there.",
         .run = history_push},
        {.name = "history pull",
         .summary = "take the runs of another history",
         .examples = {"assay history pull exchange/", "assay history pull .assay/runs/x.ndjson"},
         .positionals = {{.name = "SRC",
                          .help = "a bundle, a folder of them, an SQLite file, or postgresql://...",
                          .required = true,
                          .kind = ValueKind::file}},
         .options = {history_option("")},
         .notes =
             "A broken bundle is told (exit 3), and the others are taken. Exclusions, baselines, "
             "verdicts and results of gates come along.",
         .run = history_pull},
    };
}

std::vector<CommandSpec> upkeep_specs() {
    return {
        {.name = "history backup",
         .summary = "write a checked copy while others read and write",
         .examples = {"assay history backup history-2026-11.db"},
         .positionals =
             {{.name = "FILE", .help = "a new file", .required = true, .kind = ValueKind::file}},
         .options = {history_option("")},
         .run = history_backup},
        {.name = "history compact",
         .summary = "thin out old samples and give room back",
         .examples = {"assay history compact --dry-run", "assay history compact"},
         .options = {{.name = "--dry-run", .help = "say what would go, and change nothing"},
                     {.name = "--samples-days",
                      .value = "N",
                      .help = "keep raw samples so many days (default 90)",
                      .kind = ValueKind::count},
                     table_format_option(""),
                     history_option("")},
         .notes = "Figures stay for ever, and so do the samples that a baseline rests on.",
         .run = history_compact},
        {.name = "history name",
         .summary = "give a recorded run a name that stays",
         .examples = {"assay history name before-rewrite",
                      "assay history name v1.2 0192f3a1",
                      "assay history name v1.2 --remove"},
         .positionals = {{.name = "NAME", .help = "letters, digits, . _ + -", .required = true},
                         kRunWord},
         .options = with({{.name = "--remove", .help = "the name means nothing from then on"}},
                         with(project_options(""), {history_option("")})),
         .notes = "Without RUN: the latest run. Of several runs of one name the one that got it "
                  "last has it. The name is understood wherever a recorded run is asked for, and "
                  "travels with push and pull.",
         .run = history_name},
        {.name = "history exclude",
         .summary = "let a run count no more, and keep it",
         .examples = {"assay history exclude 0192f3a1 --why 'the backup ran meanwhile'",
                      "assay history exclude 0192f3a1 --undo"},
         .positionals = {required(kRunWord)},
         .options = {{.name = "--case", .value = "ID", .help = "this case of the run alone"},
                     {.name = "--undo", .help = "let it count again"},
                     {.name = "--why",
                      .value = "TEXT",
                      .help = "the reason, which 'history show' tells; needed"},
                     history_option("")},
         .run = history_exclude},
    };
}

std::vector<CommandSpec> overview_specs() {
    return {
        {.name = "history stats",
         .summary = "how much the history holds",
         .examples = {"assay history stats"},
         .options = {table_format_option(""), history_option("")},
         .run = history_stats},
        {.name = "history platforms",
         .summary = "the machines that figures come from",
         .examples = {"assay history platforms"},
         .options = {table_format_option(""), history_option("")},
         .run = history_platforms},
    };
}

} // namespace

std::vector<CommandSpec> history_specs() {
    std::vector<CommandSpec> specs{runs_spec(), show_spec(), trend_spec()};
    std::ranges::move(overview_specs(), std::back_inserter(specs));
    specs.push_back(export_spec());
    specs.push_back(record_spec());
    std::ranges::move(transfer_specs(), std::back_inserter(specs));
    std::ranges::move(upkeep_specs(), std::back_inserter(specs));
    return specs;
}

} // namespace assay::app
