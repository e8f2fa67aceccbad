// `assay history export, record, push, pull`: figures from and to elsewhere.
#include "app/commands/history_command.hpp"
#include "app/environment.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/outside_file.hpp"
#include "app/history/recorded_here.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "app/recording/namesakes.hpp"
#include "history/events_from_run.hpp"
#include "history/record_document.hpp"
#include "history/repositories.hpp"
#include "history/timestamp.hpp"
#include "history/transfer.hpp"
#include "history/transfer_place.hpp"
#include "history/units.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "tracking/history_export.hpp"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace assay::app {
namespace {

std::string runs_text(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " run" : " runs");
}

std::string count_text(std::size_t count, const std::string& word) {
    return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

// "; 2 exclusions, 1 baseline added, 3 there already", or "" where nothing was said about runs.
std::string judgements_text(const history::TakenJudgements& taken) {
    if (taken.added() + taken.known == 0) {
        return "";
    }
    std::vector<std::string> parts;
    for (const auto& [count, word] : {std::pair{taken.exclusions, "exclusion"},
                                      {taken.baselines, "baseline"},
                                      {taken.verdicts, "verdict"},
                                      {taken.gates, "gate result"}}) {
        if (count > 0) {
            parts.push_back(count_text(count, word));
        }
    }
    return "; " + (parts.empty() ? "no judgement" : join(parts, ", ")) + " added, " +
           std::to_string(taken.known) + " there already";
}

Error nothing_in(const std::string& source) {
    return {.kind = ErrorKind::missing,
            .message = "there is no run in " + source + " to take",
            .hint = "bundles are files *.ndjson, as 'assay history push FOLDER' writes them"};
}

// Nothing in it has the name of a bundle, of one that was not finished, or of judgements.
bool is_without_bundles(const std::filesystem::path& folder) {
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const std::string name = entry.path().filename().string();
        if (name.find(".ndjson") != std::string::npos || name.ends_with(".jsonl")) {
            return false;
        }
    }
    return !failed;
}

// What went wrong with single runs is told one by one; the others were taken.
int report_transfer(const Messages& say, const history::Transfer& moved) {
    ExitCode code = ExitCode::pass;
    for (const history::BrokenRun& broken : moved.broken) {
        say.error({.kind = broken.error.kind,
                   .message = broken.name + ": " + broken.error.message,
                   .hint = broken.error.hint});
        code = ExitCode::failed;
    }
    for (const std::string& file : moved.unfinished) {
        say.note(file + " was left out: its run is not finished, or never will be");
    }
    if (moved.judgements.left_out > 0) {
        say.warning(count_text(moved.judgements.left_out, "judgement") +
                        " left out: about a run or series that is not there, or of a newer Assay",
                    "bring those runs, then repeat");
    }
    const bool nothing =
        moved.added + moved.known + moved.broken.size() == 0 &&
        moved.judgements.added() + moved.judgements.known + moved.judgements.left_out == 0;
    if (nothing) {
        return report(say, nothing_in(moved.source));
    }
    const int printed = print_result(
        say,
        moved.source + " -> " + moved.destination + ": " + runs_text(moved.added) + " added, " +
            std::to_string(moved.known) + " there already" +
            (moved.broken.empty() ? "" : ", " + std::to_string(moved.broken.size()) + " left out") +
            judgements_text(moved.judgements) + "\n");
    return static_cast<int>(graver(code, static_cast<ExitCode>(printed)));
}

// Bundles are files of their own, in a folder.
int export_bundles(const Invocation& invocation,
                   const Messages& say,
                   const OpenedHistory& opened,
                   const history::RunQuery& query) {
    const std::optional<std::string> folder = invocation.value("--output");
    if (!folder || *folder == "-") {
        return report(say,
                      {.kind = ErrorKind::usage,
                       .message = "--format ndjson writes a file for every run",
                       .hint = "name their folder: --output DIR"});
    }
    const auto moved =
        history::push(*opened.store, *folder + "/", {.runs = query, .bundles = opened.bundles});
    return moved ? report_transfer(say, *moved) : report(say, moved.error());
}

int export_text(const Invocation& invocation,
                const Messages& say,
                const OpenedHistory& opened,
                const history::RunQuery& query) {
    const std::string file = invocation.value("--output").value_or("-");
    Result<OutsideFile> out = OutsideFile::create(file);
    if (!out) {
        return report(say, out.error());
    }
    const auto runs = tracking::export_history(
        *opened.store,
        query,
        format_of(invocation) == "csv" ? tracking::ExportFormat::csv : tracking::ExportFormat::json,
        [&out](std::string_view text) { return out->write(text); });
    if (!runs) {
        return report(say, runs.error());
    }
    if (const Status finished = out->finish(); !finished) {
        return report(say, finished.error());
    }
    if (*runs == 0) {
        say.note("no run in " + opened.store->where() + " matches");
        return static_cast<int>(ExitCode::nothing);
    }
    say.note("exported " + runs_text(*runs) + (file == "-" ? "" : " to " + file));
    return 0;
}

// When it was, as far as anybody said.
void tell_time(const Messages& say, const history::Run& run, std::int64_t now) {
    if (history::is_in_future(run.started, now)) {
        say.warning("its timestamp " + date_text(run.started) +
                        " UTC lies in the future: it is kept, flagged, and no newest run before "
                        "its time has come",
                    "correct the clock or the script; 'assay history exclude' takes the run out");
    } else if (run.started == now) {
        say.note("it names no timestamp: recorded as of now, and recorded again another run");
    }
}

// What is kept as it is, although its author meant something that would have been understood.
void warn_of_units(const Messages& say, const history::Run& run) {
    for (const history::Point& point : run.points) {
        const std::string& unit = point.series.source_unit;
        if (history::base_unit(unit).known) {
            continue;
        }
        const std::string likely = history::likely_unit(unit);
        say.warning("unit '" + unit + "' of '" + point.series.metric +
                        "' is not known: its figures are kept as they are",
                    likely.empty() ? "" : "'" + likely + "'?");
    }
}

// Whether somebody has said which project it is of: the document, or the configuration here.
Result<bool> put_into_project(const Invocation& invocation, history::Run& run) {
    if (!run.project.empty()) {
        return true;
    }
    const Result<ProjectHere> here = project_here(invocation);
    if (!here) {
        return here.error();
    }
    run.project = here->name;
    run.repo_url = here->repo_url;
    history::keep_root_commit(here->root_commit, run);
    return here->named;
}

} // namespace

int history_export(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened =
        open_history(invocation, {.read_only = true}, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    const Result<Narrowing> asked = narrowing_from(invocation, now_nanoseconds());
    if (!asked) {
        return report(say, asked.error());
    }
    if (const Status known = check_known(*opened->store, *asked); !known) {
        return report(say, known.error());
    }
    const history::RunQuery query = run_query(*asked);
    return invocation.value("--format") == "ndjson"
               ? export_bundles(invocation, say, *opened, query)
               : export_text(invocation, say, *opened, query);
}

int history_record(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const std::string& file = invocation.words.front();
    const Result<std::string> text = read_outside(file);
    if (!text) {
        return report(say, text.error());
    }
    Result<history::RecordContext> context = recorded_here();
    if (!context) {
        return report(say, context.error());
    }
    context->decimal = invocation.has("--decimal");
    Result<history::Run> run =
        history::run_from_record(*text, file == "-" ? "standard input" : file, *context);
    if (!run) {
        return report(say, run.error());
    }
    warn_of_units(say, *run);
    tell_time(say, *run, context->now);
    const Result<bool> named = put_into_project(invocation, *run);
    if (!named) {
        return report(say, named.error());
    }
    const Result<OpenedHistory> opened = open_history(invocation, {.create = true}, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    // The bundle first: it is there whatever becomes of the database.
    const auto bundle = history::write_bundle(*run, opened->bundles);
    if (!bundle) {
        return report(say, bundle.error());
    }
    const auto recorded = opened->store->record(*run);
    if (!recorded) {
        return report(say, recorded.error());
    }
    const auto short_name = opened->store->short_name(run->uuid);
    const std::string name = short_name ? *short_name : run->uuid;
    if (*recorded == history::Recorded::known) {
        return print_result(say, "run " + name + " was recorded before: nothing changed\n");
    }
    if (!*named) {
        warn_of_namesakes(say, *opened->store, *run);
    }
    return print_result(say,
                        "recorded run " + name + " (" + std::to_string(run->points.size()) +
                            (run->points.size() == 1 ? " figure) in " : " figures) in ") +
                            opened->store->where() + "\nnext: assay history show " + name + "\n");
}

int history_push(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened =
        open_history(invocation, {.read_only = true}, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    const auto moved =
        history::push(*opened->store, invocation.words.front(), {.bundles = opened->bundles});
    return moved ? report_transfer(say, *moved) : report(say, moved.error());
}

int history_pull(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    // Before a history is begun for it.
    const auto source = history::place_to_read(invocation.words.front());
    if (!source) {
        return report(say, source.error());
    }
    if (source->kind == history::PlaceKind::folder && is_without_bundles(source->where)) {
        return report(say, nothing_in(source->where));
    }
    const Result<OpenedHistory> opened = open_history(invocation, {.create = true}, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    const auto moved = history::pull(invocation.words.front(), *opened->store);
    return moved ? report_transfer(say, *moved) : report(say, moved.error());
}

} // namespace assay::app
