// Why a run takes place: by hand, nightly, or in a CI job, and what started that.
//
//   const Result<RunOccasion> occasion = run_occasion(environment);
//
// Pure functions of the environment; callable from any thread.
#pragma once

#include "app/environment.hpp"
#include "support/result.hpp"

#include <optional>
#include <string>

namespace assay::app {

struct RunOccasion {
    std::string kind = "manual";        // or "ci", "nightly"
    std::optional<std::string> trigger; // in the CI provider's word: "push", "schedule"
};

// PERFORMANCE_RUN_TYPE where it is set; else ci where a CI service is known by its variables. Error
// (usage): that variable says anything else, or PERFORMANCE_PLATFORM is no label.
[[nodiscard]] Result<RunOccasion> run_occasion(const Environment& environment);

} // namespace assay::app
