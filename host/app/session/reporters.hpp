// The reporters of a run, opened before anything is measured.
//
//   Status opened = open_reporters(invocation, run, say, bus);
//
// Called once, from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "app/plugin_loading.hpp"
#include "app/settings.hpp"
#include "report/bus.hpp"

namespace assay::app {

// `console` on stdout, unless --format names another or a --reporter took stdout; then all of
// --reporter. Errors: no such reporter (usage, nearest match), unknown option, output not writable.
Status open_reporters(const Invocation& invocation,
                      const Settings& settings,
                      const LoadedPlugins& loaded,
                      const Messages& say,
                      report::Bus& bus);

} // namespace assay::app
