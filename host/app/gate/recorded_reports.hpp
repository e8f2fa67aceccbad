// Reporters of a run that is recorded already (`assay run --skip-run`): opened before anything is
// read, told of the run once it is judged.
//
//   auto reports = RecordedReports::open(invocation, say);     // no such reporter: an error now
//   ...
//   ExitCode code = (*reports)->tell(say, {.run = run, .bundles = bundles}, gate_document(...));
//
// They hear what they would have heard while it was measured; of a run whose bundle is not on this
// machine, what the history keeps. Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/gate/held_reports.hpp"
#include "app/message.hpp"
#include "history/records.hpp"
#include "report/bus.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace assay::app {

struct ReportedRun {
    const history::Run& run;
    std::filesystem::path bundles;                   // where its own may lie
    std::optional<std::set<std::string>> cases = {}; // nothing: all
};

class RecordedReports {
public:
    // --reporter, --format, and with --ci those of a job. Errors: those of open_reporters().
    static Result<std::unique_ptr<RecordedReports>> open(const Invocation& invocation,
                                                         const Messages& say);

    // Waits for all of them; 3 if any failed.
    [[nodiscard]] ExitCode tell(const Messages& say, const ReportedRun& told, json::object gate);

private:
    report::Bus bus_;
    HeldReports held_{bus_};
};

} // namespace assay::app
