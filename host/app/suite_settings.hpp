// A suite's configuration: what the user set, checked by the suite's own schema, with its defaults,
// as the canonical JSON that workers get and results record.
//
//   auto config = suite_config(description, settings, plan::Mode::quick);
//
// Pure; callable from any thread.
#pragma once

#include "plan/plan.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <string>
#include <string_view>

namespace assay::app {

// The reserved key through which a suite learns the mode of the run.
inline constexpr std::string_view kModeKey = "mode";

// Errors: kind config for the user's settings ("/suites/router/table: expected ..."), kind plugin
// for a schema that is none. Without a schema every setting is an error: it would change nothing.
Result<std::string> suite_config(std::string_view suite,
                                 std::string_view schema_text,
                                 const json::object& settings,
                                 plan::Mode mode);

// The settings as they are with the mode: what a suite is described with before its schema is
// known.
std::string unchecked_config(const json::object& settings, plan::Mode mode);

} // namespace assay::app
