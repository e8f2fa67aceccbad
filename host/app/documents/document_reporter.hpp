// A document of the history in the hands of a reporter plugin, or on stdout as it is.
//
//   auto page = open_document_reporter(invocation, say, {.name = "dashboard", .path = path});
//   if (!page) return report(say, page.error());          // before anything is read
//   if (Status drawn = draw_document(**page, document, now); !drawn) ...
//
// Written whole or not at all. Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "report/reporter_host.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace assay::app {

// The reporter with its output open. Errors: plugin (there is none that can be loaded), and those
// of the settings and of the output.
Result<std::unique_ptr<report::Receiver>> open_document_reporter(
    const Invocation& invocation, const Messages& say, const report::ReporterSpec& request);

// One event, and the end.
Status draw_document(report::Receiver& receiver, json::object document, std::int64_t now);

// To --output, else to stdout; the exit code.
int write_document(const Invocation& invocation, const Messages& say, const json::object& document);

} // namespace assay::app
