// A run as the history keeps it, out of the events of a run: units become SI base units, a figure
// that is not finite fails its case, what has no figure stays as a row with its status.
//
//   RunFromEvents events;
//   Status taken = events.take(event);            // one assay.event/1 after the other
//   Result<Run> run = std::move(events).finish(); // without run_end: a cancelled run
//
//   Result<Run> recorded = read_run(".assay/runs/0192....ndjson");
//
// One thread at a time.
#pragma once

#include "history/bundle.hpp"
#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <set>
#include <string>

namespace assay::history {

class RunFromEvents {
public:
    // Errors (plugin): a case that is none; the message names it.
    Status take(const json::object& event);
    // Errors (plugin): there was no run_begin with a uuid and a start.
    Result<Run> finish() &&;

private:
    Status take_run(const json::object& run);
    void take_end(const json::object& event);
    void take_builds(const json::object& run);

    Run run_;
    json::object build_of_;               // suite: sha256
    std::set<std::string> unknown_units_; // kept as they are, and named in the metadata
    bool begun_ = false, ended_ = false;
};

// A whole bundle, or an error of read_bundle() or of the above.
Result<Run> read_run(const std::filesystem::path& bundle);

} // namespace assay::history
