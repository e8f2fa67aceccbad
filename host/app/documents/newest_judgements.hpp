// What a gate said of the newest run of every platform, where one judged it; else what the
// project's rules say of it now, by recorded figures (`assay gate --skip-run`).
//
//   auto gate = judge_newest_runs(invocation, *store, shown, baselines->file());
//   gate->exit_code     // the gravest of all; nothing: no run
//
// Nothing is kept. Reads the store; called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "history/baselines_file.hpp"
#include "support/result.hpp"
#include "tracking/report/report.hpp"

namespace assay::app {

// Errors: those of the gate file and of the store.
Result<tracking::GateSummary> judge_newest_runs(const Invocation& invocation,
                                                history::Store& store,
                                                const tracking::Dashboard& shown,
                                                const history::BaselinesFile& baselines);

} // namespace assay::app
