// Turns the words of `--reporter NAME=PATH,opt=val` into the options document a reporter gets:
// typed by its schema, with the environment's wishes and the schema's defaults filled in.
//
//   auto options = reporter_options(spec, schema_text, environment);   //
//   {"color":false,"width":80}
//
// Pure functions.
#pragma once

#include "report/reporter_host.hpp"
#include "support/json.hpp"

#include <string_view>

namespace assay::report {

// Errors (usage): an option the schema does not have (with the nearest one), a value of another
// type, a value the schema refuses. Error (plugin): the schema itself is invalid.
Result<json::value> reporter_options(const ReporterSpec& spec,
                                     std::string_view schema_text,
                                     const ReporterEnvironment& environment);

} // namespace assay::report
