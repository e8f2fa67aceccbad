// What `assay dashboard` and `assay report` show: the same options choose it, and the same words
// are refused.
//
//   options = shown_options("Select");
//   auto choice = shown_choice(invocation, *opened);
//   auto shown = read_shown(invocation, *opened);
//
// Reads the store; called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/history/opened_history.hpp"
#include "support/result.hpp"
#include "tracking/dashboard/dashboard.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

// --platforms, --series, --branch, --days, --since, --runs, --project, --all-projects
std::vector<OptionSpec> shown_options(const std::string& group);
// --regression-threshold, with REGRESSION_THRESHOLD behind it; 20 %
OptionSpec shown_threshold_option(const std::string& group);

// Errors: usage, of the words; missing, of what the environment names.
Result<tracking::DashboardChoice> shown_choice(const Invocation& invocation,
                                               const OpenedHistory& opened);

// Errors besides those of the choice: those of the store and of the file of baselines.
Result<tracking::Dashboard> read_shown(const Invocation& invocation, const OpenedHistory& opened);

// Where no run is meant, which is exit code 4: "nothing to show: ...", "nothing to report: ...",
// with the newest run that there is.
Error nothing_shown(history::Store& store,
                    const tracking::DashboardChoice& choice,
                    std::string_view done);

// A document without a run would take the place of one that has some: nothing is written over a
// file then.
bool would_empty_file(const tracking::Dashboard& shown, std::string_view output);

} // namespace assay::app
