#include "app/history/opened_history.hpp"

#include "app/environment.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/recorded_here.hpp"
#include "app/message.hpp"
#include "app/settings.hpp"

#include <algorithm>
#include <system_error>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

bool is_url(const std::string& place) {
    return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

Result<HistoryPlace> place_of(const Invocation& invocation, std::optional<fs::path>& project) {
    const fs::path here = fs::current_path();
    const Result<Settings> settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return settings.error();
    }
    project = settings->places.project;
    const std::optional<std::string> named = invocation.value("--history");
    // As if the environment named it, with all that follows from that.
    const Environment environment = [&named](const std::string& name) {
        return named && name == "PERFORMANCE_DB_PATH" ? named : process_environment()(name);
    };
    HistoryPlace place = history_place(project, settings->history, environment, here);
    if (invocation.options.contains("--history")) {
        place.named_by = "--history";
    }
    return place;
}

// Nobody is told of an option that the command refuses.
bool takes(const Invocation& invocation, std::string_view option) {
    const CommandSpec* const command = find_command(command_table(), invocation.command);
    return command != nullptr &&
           std::ranges::find(command->options, option, &OptionSpec::name) != command->options.end();
}

} // namespace

Result<bool> has_nameless_runs(history::Store& store, const std::optional<std::string>& looked_at) {
    if (Status looked = store.look_at(""); !looked) {
        return looked.error();
    }
    const auto rows = store.runs({.limit = 1});
    if (!rows) {
        return rows.error();
    }
    if (Status looked = store.look_at(looked_at); !looked) {
        return looked.error();
    }
    return !rows->empty();
}

OptionSpec history_option(const std::string& group) {
    return {.name = "--history",
            .value = "PLACE",
            .help = "another history: a file, or postgresql://...",
            .group = group,
            .environment = "PERFORMANCE_DB_PATH",
            .kind = ValueKind::file};
}

std::vector<OptionSpec> project_options(const std::string& group) {
    return {{.name = "--project",
             .value = "NAME",
             .help = "runs of this project, where a database has several",
             .group = group},
            {.name = "--all-projects",
             .help = "runs of every project, not of this one alone",
             .group = group}};
}

Result<std::optional<std::string>> look_at_project(const Invocation& invocation,
                                                   history::Store& store) {
    const std::optional<std::string> named = invocation.value("--project");
    if (named && invocation.has("--all-projects")) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--project and --all-projects say whose runs are meant",
                     .hint = "give one of them"};
    }
    if (invocation.has("--all-projects")) {
        return std::optional<std::string>();
    }
    const auto projects = store.projects();
    if (!projects) {
        return projects.error();
    }
    std::optional<std::string> meant = named;
    if (!meant && projects->size() > 1) { // git is asked only where it matters
        const Result<ProjectHere> here = project_here(invocation);
        if (!here) {
            return here.error();
        }
        meant = here->name.empty() ? std::nullopt : std::optional(here->name);
    }
    if (Status looked = store.look_at(meant); !looked) {
        Error error = looked.error();
        if (named && error.kind == ErrorKind::missing) {
            error.kind = ErrorKind::usage;
            error.message = "--project: " + error.message;
        } else if (error.kind == ErrorKind::missing) {
            error.hint += takes(invocation, "--all-projects")
                              ? "; --project NAME or --all-projects shows those, and"
                              : ";";
            error.hint += " 'project' in .assay/assay.json says what this one is called";
        }
        return error;
    }
    return meant;
}

Result<OpenedHistory>
open_history(const Invocation& invocation, history::StoreOptions options, Projects projects) {
    // What is typed wrong is wrong whether there is a history or not.
    if (const auto typed = narrowing_from(invocation, now_nanoseconds()); !typed) {
        return typed.error();
    }
    std::optional<fs::path> project;
    const Result<HistoryPlace> place = place_of(invocation, project);
    if (!place) {
        return place.error();
    }
    std::error_code failed;
    if (!options.create && !is_url(place->store) && !fs::exists(place->store, failed)) {
        return Error{
            .kind = ErrorKind::missing,
            .message = "there is no history at " + place->store + " (" + place->named_by + ")",
            .hint =
                "'assay run --record', 'assay import auto FILE' and 'assay history record FILE' "
                "begin one; "
                "--history or PERFORMANCE_DB_PATH names another"};
    }
    Result<std::unique_ptr<history::Store>> store = history::open_store(place->store, options);
    if (!store) {
        return store.error();
    }
    std::optional<std::string> meant;
    if (projects == Projects::current) {
        const auto looked = look_at_project(invocation, **store);
        if (!looked) {
            return looked.error();
        }
        if (*looked) {
            const Result<bool> others = has_nameless_runs(**store, *looked);
            if (!others) {
                return others.error();
            }
            messages_for(invocation)
                .note("of project '" + **looked + "'; other projects share this history" +
                      (*others ? ", and runs that name none" : "") +
                      (*others && takes(invocation, "--all-projects")
                           ? ": --all-projects shows them"
                           : ""));
        }
        meant = *looked;
    }
    return OpenedHistory{.store = std::move(*store),
                         .bundles = place->bundles,
                         .project = project,
                         .looked_at = std::move(meant)};
}

std::string other_project_of(const OpenedHistory& opened, const history::Run& run) {
    if (!opened.looked_at || run.project == *opened.looked_at) {
        return {};
    }
    return run.project.empty() ? "of no project" : "of project '" + run.project + "'";
}

Result<HistoryAtHand> open_history_at_hand(const Invocation& invocation) {
    Result<OpenedHistory> opened = open_history(invocation, {});
    if (opened) {
        return HistoryAtHand{.opened = std::move(*opened)};
    }
    if (opened.error().kind == ErrorKind::io) {
        if (Result<OpenedHistory> reading = open_history(invocation, {.read_only = true})) {
            return HistoryAtHand{.opened = std::move(*reading), .writable = false};
        }
    }
    return opened.error();
}

} // namespace assay::app
