// Where and from which tree figures are recorded that another program measured.
//
//   history::RecordContext context = recorded_here();
//   Result<history::Run> run = history::run_from_record(text, name, context);
//
// Asks the machine and git; called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "history/record_document.hpp"

#include <string>

namespace assay::app {

// Errors: what git or the machine said could not be read as the head of a run.
Result<history::RecordContext> recorded_here();

struct ProjectHere {
    std::string name;                            // "" outside of any
    bool named = false;                          // the configuration says so, and git was not asked
    std::string repo_url = {}, root_commit = {}; // "": not known
};

// The project we are in, as its runs carry it (session/project_called.hpp). Errors: a configuration
// that cannot be read.
Result<ProjectHere> project_here(const Invocation& invocation);

} // namespace assay::app
