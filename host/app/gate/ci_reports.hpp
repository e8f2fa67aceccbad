// What `assay gate --ci` writes for the job it runs in, beside its lines.
//
//   settings.reporters = with_ci_reporters(settings.reporters, loaded, say);
//   ...
//   ExitCode code = write_gate_document(say, gate_document(report, heading));
//
// Called from main's thread.
#pragma once

#include "app/exit_code.hpp"
#include "app/message.hpp"
#include "app/plugin_loading.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace assay::app {

// And github, junit, json, markdown, as far as a plugin provides them and nobody named them with a
// place of their own. Says which are left out. What json tells of pairs is no results.json, where
// that of a run may lie: it gets a name of its own.
enum class ReportsOf { pairs, run };
std::vector<std::string> with_ci_reporters(std::vector<std::string> reporters,
                                           ReportsOf reports_of,
                                           const LoadedPlugins& loaded,
                                           const Messages& say);

// assay-report/gate.json, whole or not at all.
ExitCode write_gate_document(const Messages& say, const json::object& document);

} // namespace assay::app
