// assay report: the recorded history in sentences and tables, for a page, a comment or a program.
#include "app/baselines/project_baselines.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/documents/document_reporter.hpp"
#include "app/documents/newest_judgements.hpp"
#include "app/documents/run_pair.hpp"
#include "app/documents/shown_history.hpp"
#include "tracking/report/report_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>

namespace assay::app {
namespace {

constexpr std::string_view kJsonReport = "json";

// What is asked for, else what the name of the file says, else Markdown.
std::string report_format(const Invocation& invocation) {
    const std::string file = invocation.value("--output").value_or("");
    const std::string by_name = file.ends_with(".html")   ? "html"
                                : file.ends_with(".json") ? "json"
                                                          : "markdown";
    return invocation.value("--format").value_or(by_name);
}

Result<std::unique_ptr<report::Receiver>>
open_report(const Invocation& invocation, const Messages& say, const std::string& format) {
    if (format == kJsonReport) {
        return std::unique_ptr<report::Receiver>();
    }
    return open_document_reporter(invocation,
                                  say,
                                  {.name = "report",
                                   .path = invocation.value("--output").value_or("-"),
                                   .options = {{"format", format}}});
}

// Of the runs that --run (else the latest) and --against name.
Result<json::object> read_pair(const Invocation& invocation, history::Store& store) {
    std::vector<AskedRun> asked;
    for (const std::string& words : {invocation.value("--run").value_or("latest"),
                                     invocation.value("--against").value_or("")}) {
        auto run = store.run(words);
        if (!run) {
            return run.error();
        }
        asked.push_back({.words = words, .run = std::move(*run)});
    }
    if (asked.front().run.uuid == asked.back().run.uuid) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--run and --against both mean run " + asked.front().run.uuid,
                     .hint = "'assay history runs' lists those that there are"};
    }
    return run_pair(store, asked.front(), asked.back());
}

Status check_pair(const Invocation& invocation) {
    if (invocation.has("--run") && !invocation.has("--against")) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--run names a run to compare, and nothing to compare it with",
                     .hint = "--against RUN names the other"};
    }
    return {};
}

Result<json::object>
read_report(const Invocation& invocation, const OpenedHistory& opened, tracking::Dashboard& shown) {
    auto read = read_shown(invocation, opened);
    if (!read) {
        return read.error();
    }
    shown = std::move(*read);
    const auto baselines = load_project_baselines(invocation, opened.project);
    if (!baselines) {
        return baselines.error();
    }
    auto gate = judge_newest_runs(invocation, *opened.store, shown, baselines->file());
    if (!gate) {
        return gate.error();
    }
    json::object document =
        tracking::report_document(tracking::make_report(shown, std::move(*gate)));
    if (invocation.has("--against")) {
        auto pair = read_pair(invocation, *opened.store);
        if (!pair) {
            return pair.error();
        }
        document["comparison"] = std::move(*pair);
    }
    return document;
}

int write_report(const Messages& say,
                 report::Receiver& receiver,
                 json::object document,
                 const tracking::Dashboard& shown) {
    if (Status drawn = draw_document(receiver, std::move(document), shown.choice.now); !drawn) {
        return report(say, drawn.error());
    }
    if (!receiver.file().empty()) {
        say.note_line("wrote " + receiver.file());
    }
    return 0;
}

int report_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    if (Status usable = check_pair(invocation); !usable) {
        return report(say, usable.error());
    }
    const Result<OpenedHistory> opened = open_history(invocation, {.read_only = true});
    if (!opened) {
        return report(say, opened.error());
    }
    for (const std::string& warning : opened->store->warnings()) {
        say.warning(warning);
    }
    auto receiver = open_report(invocation, say, report_format(invocation));
    if (!receiver) {
        return report(say, receiver.error());
    }
    tracking::Dashboard shown;
    auto document = read_report(invocation, *opened, shown);
    if (!document) {
        return report(say, document.error());
    }
    if (would_empty_file(shown, invocation.value("--output").value_or("-"))) {
        return report(say, nothing_shown(*opened->store, shown.choice, "report"));
    }
    const int written = *receiver ? write_report(say, **receiver, std::move(*document), shown)
                                  : write_document(invocation, say, *document);
    if (written == 0 && shown.branches.empty()) {
        return report(say, nothing_shown(*opened->store, shown.choice, "report"));
    }
    return written;
}

std::vector<OptionSpec> report_options() {
    const std::string write = "Write";
    std::vector<OptionSpec> options = shown_options("Select");
    const std::string compare = "Compare two runs";
    options.push_back({.name = "--against",
                       .value = "RUN",
                       .help = "a part about two runs: the older, by id, commit or name",
                       .group = compare});
    options.push_back({.name = "--run",
                       .value = "RUN",
                       .help = "the newer (default: the latest)",
                       .group = compare});
    options.push_back(shown_threshold_option(write));
    options.push_back({.name = "--output",
                       .short_name = "-o",
                       .value = "FILE",
                       .help = "instead of stdout",
                       .group = write,
                       .kind = ValueKind::file});
    options.push_back({.name = "--format",
                       .value = "FORMAT",
                       .help = "markdown, html or json (default: by FILE's end, else markdown)",
                       .group = write,
                       .choices = {"markdown", "html", "json"}});
    options.push_back(history_option(write));
    options.push_back(baselines_file_option(write));
    std::ranges::move(plugin_options("Plugins"), std::back_inserter(options));
    return options;
}

} // namespace

CommandSpec report_spec() {
    return {.name = "report",
            .summary = "the recorded history in words: what changed, and what to do about it",
            .examples = {"assay report",
                         "assay report --days 30 --output report.html",
                         "assay report --run v1.3 --against v1.2"},
            .options = report_options(),
            .notes = "Summary, achievements, alerts, trends, recommendations (each from a figure "
                     "that it names), methodology, and what a gate says of the newest runs. "
                     "Nothing is measured and nothing is kept. It reports and decides nothing: 0 "
                     "whatever it says, 4 where no run is meant; no file is written then.",
            .run = report_command};
}

} // namespace assay::app
