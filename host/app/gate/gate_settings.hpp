// What `assay gate` goes by: the rules, the baseline to hold today's build against, and a threshold
// given from outside.
//
//   Result<GateSettings> gate = gate_settings(invocation, environment, settings, here);
//
// Reads the gate file. Called from one thread.
#pragma once

#include "app/command_table.hpp"
#include "app/environment.hpp"
#include "app/settings.hpp"
#include "support/result.hpp"
#include "verdict/gate_rule.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace assay::app {

struct GateSettings {
    verdict::GateFile gates;
    std::string baseline; // "@main", or a place
};

// --gates (of `run`: --gate), else the project's .assay/gates.json, else the built-in rules;
// --regression-threshold, else REGRESSION_THRESHOLD, over both; --baseline, else @main. Errors:
// usage, config, io.
Result<GateSettings> gate_settings(const Invocation& invocation,
                                   const Environment& environment,
                                   const Settings& settings,
                                   const std::filesystem::path& here);

struct SettledGate {
    Settings settings;
    GateSettings gate;
};

// Both as the command line, the environment of this process and the folder it is called in say.
// Errors: usage, config, io.
Result<SettledGate> settle_gate(const Invocation& invocation);

// A share, from the option ("15%", or a bare 15: percent) and from the environment ("20%", or a
// bare 0.20: a fraction). A bare number that looks like the other reading is refused with both.
Result<double> threshold_from_option(std::string_view text);
Result<double> threshold_from_environment(std::string_view text);

} // namespace assay::app
