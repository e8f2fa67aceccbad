// Which cases the user asked for, as typed values for the plan.
//
//   Result<plan::Selection> selection = selection_from(invocation, plan::Mode::quick);
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"
#include "plan/plan.hpp"
#include "support/result.hpp"

#include <string_view>

namespace assay::app {

// FILTER words, --suite, --param, --shard. Errors: kind usage.
Result<plan::Selection> selection_from(const Invocation& invocation, plan::Mode mode);

// "n=64,128"
Result<plan::ParameterOverride> parameter_override(std::string_view text);

} // namespace assay::app
