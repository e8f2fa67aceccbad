// The recorded run that a command is about: the one that is named, else the newest of this machine
// and of the branch that is checked out.
//
//   Result<history::Run> run = meant_run(*store, run_wish(invocation), *recorded_here());
//   say.note(run_in_words(*run));   // "run 0192f3a1-7c5e (record, 2026-11-21 18:03:05, main ...)"
//
// Reads the store; one thread at a time.
#pragma once

#include "app/command_table.hpp"
#include "history/record_document.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <optional>
#include <string>

namespace assay::app {

struct RunWish {
    std::optional<std::string> run = {};      // as Store::run() takes it
    std::optional<std::string> platform = {}; // label, or first digits of a fingerprint
    std::optional<std::string> branch = {};
    bool called = false; // PERFORMANCE_PLATFORM says what this machine is called
};

// --run, --platform and --branch as they were typed. Error (usage): --run beside one of the others,
// which then would choose nothing.
Result<RunWish> run_wish(const Invocation& invocation);

// Runs of this machine, else, where it is called by a name, of whatever has that name (what was
// imported). Without a branch that is known (a detached head), the newest run of the commit. Runs
// that a person has excluded are passed over. Errors besides those of the store: missing, which
// names where there are runs.
Result<history::Run>
meant_run(history::Store& store, const RunWish& wish, const history::RecordContext& here);

// Its id, kind, time, branch, commit and platform in one line.
std::string run_in_words(const history::Run& run);

} // namespace assay::app
