#include "app/history/recorded_here.hpp"

#include "app/history/narrowing.hpp"
#include "app/session/git_state.hpp"
#include "app/session/run_document.hpp"
#include "app/version.hpp"
#include "history/project_name.hpp"
#include "history/run_from_events.hpp"
#include "history/timestamp.hpp"
#include "measure/platform.hpp"

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

std::string project_here() {
    return history::project_name(json_string(git_state("."), "repo_url"));
}

} // namespace assay::app
