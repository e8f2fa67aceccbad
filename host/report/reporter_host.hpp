// Hosts reporter plugins: loads them behind the trust gate, validates their options, gives them a
// sink.
//
//   auto spec = parse_reporter_spec("json=out.json,indent=2");
//   auto receiver = open_reporter(*spec, plugin_path, environment);
//
// Output goes only through the host's sink: a temporary file beside the target, renamed on finish.
// Call from one thread at a time.
#pragma once

#include "report/bus.hpp"
#include "report/reporter_services.hpp"
#include "report/sink.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace assay::report {

// `--reporter NAME[=PATH][,opt=val]`: PATH "-" is stdout; no PATH = the reporter's default name
// below `assay-report/`, or stdout when it has none.
struct ReporterSpec {
    std::string name, path;
    std::vector<std::pair<std::string, std::string>> options;
};

Result<ReporterSpec> parse_reporter_spec(std::string_view text);

struct ReporterEnvironment {
    std::string report_folder = "assay-report";
    bool color = false, unicode = true, quiet = false,
         verbose = false; // passed on as defaults of options of those names
    ReporterLog log = {}; // what reporters say besides their output; called on their threads
};

// Opens the output first, so that a run does not end with nowhere to write. Errors: unknown option
// (usage, nearest match), plugin refused, output cannot be opened.
Result<std::unique_ptr<Receiver>> open_reporter(const ReporterSpec& spec,
                                                const std::string& plugin_path,
                                                const ReporterEnvironment& environment);

// The same with a sink of the caller's.
Result<std::unique_ptr<Receiver>> open_reporter(const ReporterSpec& spec,
                                                const std::string& plugin_path,
                                                const ReporterEnvironment& environment,
                                                std::unique_ptr<Sink> sink);

} // namespace assay::report
