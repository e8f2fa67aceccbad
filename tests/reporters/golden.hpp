// Outputs of reporters against the approved ones in tests/golden/. A difference is written beside
// the build, where `tools/approve` shows and renews it.
//
//   check_golden("console/ordinary.txt", written_by("console", canned::ordinary_run()));
//
// One thread.
#pragma once

#include "canned_runs.hpp"
#include "report/bus.hpp"

#include <memory>
#include <string>

// What a bundled reporter writes for these events. `options`: "width=60,color=true" or empty.
std::string written_by(const std::string& reporter,
                       const canned::Events& events,
                       const std::string& options = {});

// A doctest check that `actual` is what tests/golden/<name> holds, byte for byte.
void check_golden(const std::string& name, const std::string& actual);

// The bundled plugin of that name.
std::string plugin_path(const std::string& reporter);
