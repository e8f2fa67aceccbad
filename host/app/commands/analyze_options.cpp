// The rows of `assay analyze` in the command table.
#include "app/baselines/project_baselines.hpp"
#include "app/commands/analyze_command.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "statistics/change_points/detection.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

const std::string kSelected = "Select";
const std::string kDetect = "Detect";
const std::string kWritten = "Show";

OptionSpec detector_option() {
    OptionSpec option{.name = "--detector",
                      .value = "NAME",
                      .help = "assay (default), or one that other tools made known",
                      .group = kDetect};
    for (const statistics::Detector detector : statistics::kDetectors) {
        option.choices.emplace_back(statistics::name_of(detector));
    }
    return option;
}

CommandSpec show_analysis_spec() {
    CommandSpec spec{
        .name = "analyze show",
        .summary = "change points, drift, shifts of the machine and alerts",
        .examples = {"assay analyze",
                     "assay analyze router/ --branch main --days 90",
                     "assay analyze --detector hunter --format json"},
        .positionals = {{.name = "FILTER",
                         .help = "case id, suite/family, regular expression; ! excludes",
                         .repeatable = true}},
        .options = {platform_option(kSelected),
                    {.name = "--branch",
                     .value = "NAME",
                     .help = "this branch (default main, else master, else the newest run's)",
                     .group = kSelected}},
        .notes =
            "Without a filter, --days, --since, --early, --dirty-too, another statistic or "
            "detector what is found is kept: alerts with their states, change points, marks of "
            "outliers. It reports and decides nothing: 0 whatever it found, 4 where nothing can "
            "have changed yet. A rule of kind no_new_alerts in a gate file fails a run. In a "
            "history of several projects: those of the one we are in; outside any, or of "
            "--all-projects, each by itself.",
        .run = analyze_show};
    std::ranges::move(since_options(kSelected), std::back_inserter(spec.options));
    std::ranges::move(project_options(kSelected), std::back_inserter(spec.options));
    spec.options.push_back(
        {.name = "--dirty-too", .help = "runs of a dirty tree as well", .group = kSelected});
    spec.options.push_back(statistic_option(kDetect));
    spec.options.push_back(detector_option());
    spec.options.push_back({.name = "--early",
                            .help = "two runs make a level, not three: sooner, and wrong oftener",
                            .group = kDetect});
    spec.options.push_back(
        {.name = "--dry-run", .help = "keep nothing of what is found", .group = kWritten});
    spec.options.push_back(table_format_option(kWritten));
    spec.options.push_back(history_option(kWritten));
    return spec;
}

std::vector<OptionSpec> answer_options(const std::string& why) {
    std::vector<OptionSpec> options{{.name = "--why", .value = "TEXT", .help = why},
                                    history_option("")};
    std::ranges::move(project_options(""), std::back_inserter(options));
    return options;
}

CommandSpec answer_spec(const std::string& word,
                        const std::string& summary,
                        const std::string& example,
                        const std::string& why,
                        int (*run)(const Invocation&)) {
    return {.name = "analyze " + word,
            .summary = summary,
            .examples = {example},
            .positionals = {{.name = "ALERT",
                             .help = "its number, as 'assay analyze' shows it",
                             .required = true}},
            .options = answer_options(why),
            .run = run};
}

CommandSpec send_spec() {
    return {.name = "analyze send",
            .summary = "send the alerts that nobody was told of yet",
            .examples = {"assay analyze send", "assay analyze send --dry-run"},
            .options = {{.name = "--all", .help = "also those that are to wait, or were given up"},
                        {.name = "--dry-run", .help = "list what waits, and send nothing"},
                        history_option("")},
            .notes =
                "An alert that is opened, opened again or over is sent to the webhook that "
                "PERFORMANCE_ALERT_WEBHOOK names by the analysis that finds it; to one that is "
                "named later, or told nowhere else, by this command too. What the "
                "receiver does not take waits in the history, a minute at first and six hours "
                "at last, ten times in all, for this command or the next analysis. 5 where "
                "something still waits.",
            .run = analyze_send};
}

} // namespace

std::vector<CommandSpec> analyze_specs() {
    std::vector<CommandSpec> specs{show_analysis_spec()};
    specs.push_back(answer_spec("ack",
                                "say that an alert is known",
                                "assay analyze ack 3 --why 'looking into it'",
                                "what is being done",
                                analyze_ack));
    specs.push_back(answer_spec("expect",
                                "accept the new level as the baseline",
                                "assay analyze expect 3 --why 'exact search now'",
                                "why it was meant to be; needed",
                                analyze_expect));
    specs.back().options.push_back(baselines_file_option(""));
    specs.back().notes = "The runs since the change are what its series are held against from now "
                         "on. Figures that .assay/baselines.json has of them are brought up to "
                         "date.";
    specs.push_back(answer_spec("reopen",
                                "say that an alert is not over after all",
                                "assay analyze reopen 3",
                                "why",
                                analyze_reopen));
    specs.push_back(answer_spec("snooze",
                                "be told nothing of an alert for a while",
                                "assay analyze snooze 3 --until 14d --why 'after the release'",
                                "why",
                                analyze_snooze));
    specs.back().examples.emplace_back("assay analyze snooze 3 --until now");
    specs.back().options.insert(specs.back().options.begin(),
                                {.name = "--until",
                                 .value = "WHEN",
                                 .help = "a date, so long from now (36h, 14d, 2w), or now"});
    specs.back().notes =
        "Only notifications stay away: the alert is listed and changes its state as "
        "ever, and gates see it. --until now ends it.";
    specs.push_back(send_spec());
    return specs;
}

} // namespace assay::app
