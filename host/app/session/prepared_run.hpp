// Everything a run needs before its first launch: settings heard, plugins loaded, cases planned.
// The front half of `assay run`, which --dry-run ends after.
//
//   Result<PreparedRun> run = prepare_run(invocation, say);
//
// Called once, from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "app/plugin_loading.hpp"
#include "app/session/session_options.hpp"
#include "app/settings.hpp"
#include "plan/plan.hpp"

#include <optional>
#include <vector>

namespace assay::app {

struct PreparedRun {
    Settings settings;
    LoadedPlugins loaded;
    plan::Plan plan;                  // its cases' `suite` is an index into `suites`
    std::vector<SessionSuite> suites; // one per loaded suite, in their order
    ExitCode code = ExitCode::pass;   // what loading alone amounts to
    // Why nothing is to be measured, although nothing is wrong with the command line.
    std::optional<std::string> nothing_to_do;
};

// A loaded suite as a session knows it.
SessionSuite session_suite(const LoadedPlugins& loaded, const LoadedSuite& suite);

Result<PreparedRun> prepare_run(const Invocation& invocation, const Messages& say);

} // namespace assay::app
