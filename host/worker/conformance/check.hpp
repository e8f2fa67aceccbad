// Runs one check of the table in measure/conformance.hpp on a plugin, in a process made for it.
//
//   CheckReport report = run_check({.id = "C7"}, "/store/ab12/demo.assay.so", page);
//
// Once per process: a check loads the plugin and leaves the process as the plugin left it. A plugin
// that crashes or hangs takes the process with it; the host knows what that means.
#pragma once

#include "measure/conformance.hpp"
#include "measure/protocol.hpp"

#include <span>
#include <string>

namespace assay::worker::conformance {

// What a check works with. `page`: where the host sees how far it is.
struct CheckContext {
    const std::string& path; // of the plugin, absolute
    std::uint64_t seed;
    measure::SharedPage& page;
    measure::CheckReport& report;
    std::span<const std::string> samples = {}; // files for importers
};

using CheckFunction = void (*)(CheckContext& context);

// Never throws.
measure::CheckReport
run_check(const measure::CheckRequest& request, const std::string& path, measure::SharedPage& page);

} // namespace assay::worker::conformance
