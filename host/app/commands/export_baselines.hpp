// `assay export rag-baselines`: what series are held against, as the multi-platform file of older
// systems, {LABEL: {METRIC: number, ..., "metadata": {}}}. `assay baseline import` reads it again.
//
//   if (invocation.words.front() == kBaselinesFormat) return export_baselines(invocation);
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"

#include <string_view>

namespace assay::app {

inline constexpr std::string_view kBaselinesFormat = "rag-baselines";

int export_baselines(const Invocation& invocation);

} // namespace assay::app
