// The words of `assay history`, each one function; history_options.cpp has their rows of the
// command table.
//
// Called once per process, from main's thread.
#pragma once

#include "app/command_table.hpp"

namespace assay::app {

// history_queries.cpp: look, and change nothing.
int history_runs(const Invocation& invocation);
int history_show(const Invocation& invocation);
int history_trend(const Invocation& invocation);
int history_stats(const Invocation& invocation);
int history_platforms(const Invocation& invocation);

// history_transfer.cpp: from and to elsewhere.
int history_export(const Invocation& invocation);
int history_record(const Invocation& invocation);
int history_push(const Invocation& invocation);
int history_pull(const Invocation& invocation);

// history_name.cpp
int history_name(const Invocation& invocation);

// history_upkeep.cpp
int history_backup(const Invocation& invocation);
int history_compact(const Invocation& invocation);
int history_exclude(const Invocation& invocation);

} // namespace assay::app
