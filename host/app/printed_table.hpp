// A table in the format that was asked for: aligned, as the document, or comma-separated.
//
//   return print_table(invocation, say, runs_table(rows), runs_document(rows, where));
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "app/text_table.hpp"
#include "support/json.hpp"

#include <string>

namespace assay::app {

// --format, "text" where nobody says.
std::string format_of(const Invocation& invocation);

int print_document(const Messages& say, const json::object& document);
int print_table(const Invocation& invocation,
                const Messages& say,
                const TextTable& table,
                const json::object& document);
// `rows`: for csv, where what people read is no number or time to a program.
int print_table(const Invocation& invocation,
                const Messages& say,
                const TextTable& table,
                const TextTable& rows,
                const json::object& document);

} // namespace assay::app
