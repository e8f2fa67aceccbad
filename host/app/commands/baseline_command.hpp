// The words of `assay baseline`, each one function; baseline_options.cpp has their rows of the
// command table.
//
// Called once per process, from main's thread.
#pragma once

#include "app/baselines/shown_baselines.hpp"
#include "app/command_table.hpp"
#include "app/message.hpp"
#include "support/result.hpp"

#include <vector>

namespace assay::app {

int baseline_show(const Invocation& invocation);   // baseline_show.cpp
int baseline_update(const Invocation& invocation); // baseline_update.cpp
int baseline_pin(const Invocation& invocation);    // baseline_pin.cpp
int baseline_unpin(const Invocation& invocation);  // baseline_unpin.cpp
int baseline_import(const Invocation& invocation); // baseline_import.cpp

// What series are held against, by the history and the project's file; warns where the two
// disagree: baseline_show.cpp
Result<std::vector<ShownBaseline>>
set_baselines(const Invocation& invocation, const Messages& say, const ShownChoice& choice);

std::vector<CommandSpec> saved_build_specs(); // save, list: baseline_command.cpp

} // namespace assay::app
