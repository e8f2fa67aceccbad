// `assay import`: other tools' results as runs of the history. Every file is read whole and checked
// before anything of it is recorded, and recorded in one transaction.
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/recorded_here.hpp"
#include "app/importing/file_reading.hpp"
#include "app/importing/importer_choice.hpp"
#include "app/importing/other_hosts.hpp"
#include "app/output.hpp"
#include "app/recording/namesakes.hpp"
#include "app/session/interrupt.hpp"
#include "history/events_from_run.hpp"
#include "history/timestamp.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace assay::app {
namespace {

// The store before the bundles: only it knows whether the same was imported before, and the file
// itself is still there to import again.
Status keep(FileImport& import, const OpenedHistory& opened) {
    const Result<std::size_t> added = opened.store->record_all(import.runs);
    if (!added) {
        return added.error();
    }
    import.added = *added;
    import.state = *added == 0 ? ImportState::known : ImportState::recorded;
    const bool all_new = *added == import.runs.size();
    for (const history::Run& run : import.runs) {
        // Of a date that was told follows the run's name, and a bundle that is there stays.
        const bool wanted = *added > 0 && (all_new || !run.metadata.contains("date"));
        if (wanted) {
            if (const auto bundle = history::write_bundle(run, opened.bundles); !bundle) {
                return bundle.error();
            }
        }
    }
    return {};
}

// `assay analyze` and "latest" wait until its time has come.
void warn_of_future(const Messages& say, const FileImport& import) {
    const std::int64_t now = now_nanoseconds();
    std::size_t ahead = 0;
    std::int64_t latest = now;
    for (const history::Run& run : import.runs) {
        const bool is_ahead = history::is_in_future(run.started, now);
        ahead += is_ahead ? 1 : 0;
        latest = is_ahead ? std::max(latest, run.started) : latest;
    }
    if (ahead > 0) {
        say.warning(import.file + ": " +
                        (ahead == 1 ? "its run" : std::to_string(ahead) + " runs") + " of " +
                        (ahead == 1 ? "" : "up to ") + date_text(latest) +
                        (ahead == 1 ? " UTC lies" : " UTC lie") +
                        " in the future: kept, and looked at by no analysis before then",
                    "correct --date or the clock that wrote the file; 'assay history exclude' "
                    "takes a run out");
    }
}

ExitCode tell(const Messages& say, const FileImport& import) {
    for (const std::string& note : import.notes) {
        say.note(import.file + ": " + note);
    }
    if (import.error) {
        return static_cast<ExitCode>(report(say, *import.error));
    }
    if (import.state == ImportState::partial) {
        say.error({.kind = ErrorKind::plugin,
                   .message = import.file + ": " + import.partial +
                              "; what stands before that is complete",
                   .hint = "--allow-partial records it as it is"});
    } else if (!import.partial.empty()) {
        say.warning(import.file + ": " + import.partial +
                    "; only what stands before that is taken");
    }
    if (import.state == ImportState::empty) {
        return static_cast<ExitCode>(
            report(say,
                   {.kind = import.partial.empty() ? ErrorKind::missing : ErrorKind::plugin,
                    .message = import.file + " holds no result of " + import.format,
                    .hint = "nothing was recorded"}));
    }
    warn_of_future(say, import);
    for (const history::Run& run : import.runs) {
        if (run.metadata.contains("date") && import.state == ImportState::recorded) {
            const auto unusable = run.environment.find("unusable_date");
            say.note(import.file +
                     (unusable == run.environment.end()
                          ? " does not say when it was measured"
                          : " says " + write_json(unusable->value()) +
                                " for when it was measured, which is no time from 1970 to 2261") +
                     (run.git.commit_time ? ", and the times of its commits stand for it"
                                          : ", and now stands for it") +
                     ": --date says when");
            break;
        }
    }
    return exit_code_of(import.state);
}

Result<std::vector<FileImport>>
read_all(const Invocation& invocation, const ImportWishes& wishes, const Messages& say) {
    const Result<Settings> settings =
        settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    const Result<LoadedPlugins> loaded =
        load_suites(*settings, {.store = false, .describe = false});
    if (!loaded) {
        return loaded.error();
    }
    tell_problems(say, *loaded);
    Importers importers(*loaded, *settings);
    if (wishes.format != "auto") {
        if (Status known = importers.check(wishes.format); !known) {
            return known.error();
        }
    }
    const Interrupt interrupt([&] { importers.cancel(); }, [&] { importers.kill(); });
    std::vector<FileImport> imports;
    for (std::size_t i = 1; i < invocation.words.size() && !interrupt.requested(); ++i) {
        imports.push_back(read_file_import(invocation.words[i], wishes, importers, say));
    }
    if (interrupt.requested()) {
        return Error{ErrorKind::cancelled, "stopped; nothing was recorded", {}};
    }
    return imports;
}

// What is to be told of the runs that were new to the history.
void warn_of_others(const Messages& say,
                    history::Store& store,
                    const FileImport& import,
                    const Invocation& invocation,
                    bool project_named) {
    if (import.state != ImportState::recorded) {
        return;
    }
    if (!invocation.has("--platform")) {
        warn_of_other_hosts(say, store, import);
    }
    if (!project_named) {
        warn_of_namesakes(say, store, import.runs.front());
    }
}

Result<ImportWishes> wishes_from(const Invocation& invocation, const ProjectHere& here) {
    Result<ImportContext> context = import_context(invocation);
    if (!context) {
        return context.error();
    }
    context->project = here.name;
    context->repo_url = here.repo_url;
    context->root_commit = here.root_commit;
    return ImportWishes{.format = importer_name(invocation.words.front()),
                        .context = std::move(*context),
                        .allow_partial = invocation.has("--allow-partial"),
                        .dry_run = invocation.has("--dry-run")};
}

int print_imports(const Messages& say,
                  const Invocation& invocation,
                  const std::vector<FileImport>& imports,
                  const std::optional<OpenedHistory>& opened) {
    const std::string where = opened ? opened->store->where() : "";
    const bool document = invocation.value("--format") == "json";
    return print_result(
        say,
        document
            ? write_json(import_document(imports, where), JsonLayout::indented) + "\n"
            : import_text(imports) +
                  (opened ? "in " + where + "\nnext: assay history runs --kind import\n" : ""));
}

int import_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<ProjectHere> here = project_here(invocation);
    if (!here) {
        return report(say, here.error());
    }
    const Result<ImportWishes> wishes = wishes_from(invocation, *here);
    if (!wishes) {
        return report(say, wishes.error());
    }
    Result<std::vector<FileImport>> imports = read_all(invocation, *wishes, say);
    if (!imports) {
        return report(say, imports.error());
    }
    std::optional<OpenedHistory> opened;
    ExitCode code = ExitCode::pass;
    for (FileImport& import : *imports) {
        if (import.state == ImportState::shown && !wishes->dry_run) {
            if (!opened) {
                Result<OpenedHistory> place =
                    open_history(invocation, {.create = true}, Projects::all);
                if (!place) {
                    return report(say, place.error());
                }
                opened = std::move(*place);
            }
            if (const Status kept = keep(import, *opened); !kept) {
                import = failed(std::move(import), kept.error());
            }
        }
        code = graver(code, tell(say, import));
        if (opened) {
            warn_of_others(say, *opened->store, import, invocation, here->named);
        }
    }
    const auto printed = static_cast<ExitCode>(print_imports(say, invocation, *imports, opened));
    return static_cast<int>(graver(code, printed));
}

std::vector<OptionSpec> import_options() {
    const std::string said = "What the file does not say";
    std::vector<OptionSpec> options = {
        {.name = "--commit",
         .value = "SHA",
         .help = "the commit, by 7 digits or more",
         .group = said},
        {.name = "--branch", .value = "NAME", .help = "the branch", .group = said},
        {.name = "--date",
         .value = "WHEN",
         .help = "when it was measured: ISO 8601, or so long ago (14d)",
         .group = said},
        {.name = "--allow-partial",
         .help = "record what stands before the damage of a broken file"},
        {.name = "--dry-run", .help = "show the figures, and record nothing"},
        {.name = "--format",
         .value = "FORMAT",
         .help = "of what is printed: text or json",
         .choices = {"text", "json"}},
        {.name = "--timeout",
         .value = "DURATION",
         .help = "for reading one file (5m)",
         .kind = ValueKind::duration},
        history_option("Places")};
    std::vector<OptionSpec> facts = file_facts_options(said);
    std::ranges::move(facts, std::inserter(options, options.begin() + 3));
    std::ranges::move(plugin_options("Plugins"), std::back_inserter(options));
    return options;
}

} // namespace

CommandSpec import_spec() {
    return {
        .name = "import",
        .summary = "take other tools' results into the history",
        .examples = {"assay import auto results.json",
                     "assay import google-benchmark run.json --commit 4f2c1d0 --date 2026-11-21",
                     "assay import github-action-benchmark data.js --dry-run"},
        .positionals = {{.name = "FORMAT",
                         .help = "an importer ('assay list --importers'), or auto",
                         .required = true,
                         .offer = {.words = {"auto"}, .listing = "--importers"}},
                        {.name = "FILE",
                         .help = "a file, a folder for formats that are trees, or - for stdin",
                         .required = true,
                         .repeatable = true,
                         .kind = ValueKind::file}},
        .options = import_options(),
        .notes = "auto takes the importer that is sure of the file and clearly surer than every "
                 "other; else the format is unknown (exit 2). The same file again adds nothing.",
        .run = import_command,
    };
}

} // namespace assay::app
