// The reporters of a run, opened before anything is measured.
//
//   Status opened = open_reporters(invocation, run, say, bus);
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "app/plugin_loading.hpp"
#include "app/settings.hpp"
#include "report/bus.hpp"

namespace assay::app {

// Who writes the results on stdout: a reporter, `console` where nobody asked for another; only
// those that somebody asked for; or the command itself.
enum class StdoutOf { reporters, reporters_asked_for, command };

// `console` on stdout, unless --format names another or a --reporter took stdout; then all of
// --reporter. Where stdout is the command's own, those of --reporter alone, none of them on stdout.
// One whose output cannot be opened is told at once and fails alone, at the end: the others go on.
// Errors: no such reporter (usage, nearest match), unknown option, one that cannot be loaded.
Status open_reporters(const Invocation& invocation,
                      const Settings& settings,
                      const LoadedPlugins& loaded,
                      const Messages& say,
                      report::Bus& bus,
                      StdoutOf stdout_of = StdoutOf::reporters);

// Waits for all of them and tells which failed and which files are there now; 3 if any failed.
ExitCode finish_reports(const Messages& say, report::Bus& bus);

} // namespace assay::app
