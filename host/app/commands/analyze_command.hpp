// The words of `assay analyze`, each one function; analyze_options.cpp has their rows of the
// command table.
//
// Called once per process, from main's thread.
#pragma once

#include "app/command_table.hpp"

namespace assay::app {

int analyze_show(const Invocation& invocation);   // analyze.cpp
int analyze_snooze(const Invocation& invocation); // analyze_snooze.cpp
int analyze_send(const Invocation& invocation);   // analyze_send.cpp

// analyze_answers.cpp
int analyze_ack(const Invocation& invocation);
int analyze_expect(const Invocation& invocation);
int analyze_reopen(const Invocation& invocation);

} // namespace assay::app
