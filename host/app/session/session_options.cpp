#include "app/session/session_options.hpp"

namespace assay::app {

std::string_view name_of(Isolation isolation) noexcept {
    switch (isolation) {
    case Isolation::launch:
        return "launch";
    case Isolation::per_case:
        return "case";
    case Isolation::suite:
        return "suite";
    case Isolation::in_process:
        return "in-process";
    }
    return "unknown";
}

LaunchPlan launch_plan(plan::Mode mode) noexcept {
    switch (mode) {
    case plan::Mode::quick:
        return {.launches = 6, .slices = 6, .samples_min = 6};
    case plan::Mode::standard:
        return {.launches = 10, .slices = 12, .samples_min = 30};
    case plan::Mode::comprehensive:
        return {.launches = 30, .slices = 16, .samples_min = 100};
    }
    return {};
}

} // namespace assay::app
