#include "app/history/recorded_here.hpp"

#include "app/environment.hpp"
#include "app/history/narrowing.hpp"
#include "app/session/git_state.hpp"
#include "app/session/project_called.hpp"
#include "app/session/run_document.hpp"
#include "app/settings.hpp"
#include "app/version.hpp"
#include "history/run_from_events.hpp"
#include "history/timestamp.hpp"
#include "measure/platform.hpp"

#include <filesystem>

namespace assay::app {

Result<history::RecordContext> recorded_here() {
    const std::int64_t now = now_nanoseconds();
    // Read the way a measured run's own head is, so that both name the same platform.
    const json::object begin{{"schema", "assay.event/1"},
                             {"kind", "run_begin"},
                             {"run",
                              json::object{{"id", make_run_id()},
                                           {"started", history::timestamp_text(now)},
                                           {"platform", measure::describe_platform()},
                                           {"git", git_state(".")},
                                           {"host", json::object{{"version", kVersion}}}}}};
    history::RunFromEvents events;
    if (const Status taken = events.take(begin); !taken) {
        return taken.error();
    }
    Result<history::Run> run = std::move(events).finish();
    if (!run) {
        return run.error();
    }
    return history::RecordContext{.now = now,
                                  .platform = std::move(run->platform),
                                  .git = std::move(run->git),
                                  .host_version = kVersion};
}

Result<ProjectHere> project_here(const Invocation& invocation) {
    const std::filesystem::path here = std::filesystem::current_path();
    const Result<Settings> settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return settings.error();
    }
    // Git is not asked where its answer would not count.
    const std::string configured = settings->project.value_or("");
    const json::object git = configured.empty() ? git_state(".") : json::object{};
    return ProjectHere{.name = project_called(configured, git, here),
                       .named = !configured.empty(),
                       .repo_url = json_string(git, "repo_url"),
                       .root_commit = json_string(git, "root_commit")};
}

} // namespace assay::app
