// The commands: for each, its row of the table and the function that does it. A command turns its
// Invocation into typed values once, lets the libraries do the work, prints, and returns the exit
// code. One file per command.
//
// Called once per process, from main's thread.
#pragma once

#include "app/command_table.hpp"

namespace assay::app {

CommandSpec run_spec();     // run_options.cpp
CommandSpec compare_spec(); // compare_options.cpp
CommandSpec gate_spec();    // gate_options.cpp
CommandSpec list_spec();    // list.cpp
CommandSpec import_spec();  // import.cpp
CommandSpec check_spec();   // check.cpp
CommandSpec doctor_spec();  // doctor.cpp
CommandSpec help_spec();    // help_command.cpp
CommandSpec completion_spec();
std::vector<CommandSpec> analyze_specs(); // analyze_options.cpp
CommandSpec dashboard_spec();             // dashboard.cpp
CommandSpec report_spec();                // report.cpp
CommandSpec export_run_spec();
std::vector<CommandSpec> baseline_specs(); // baseline_options.cpp
std::vector<CommandSpec> history_specs();  // history_options.cpp
std::vector<CommandSpec> new_specs();      // new suite, reporter, importer, project
std::vector<CommandSpec> trust_specs();    // trust show, add, deny, list

int run_command(const Invocation& invocation);     // run.cpp
int compare_command(const Invocation& invocation); // compare.cpp
int gate_command(const Invocation& invocation);    // gate.cpp

} // namespace assay::app
