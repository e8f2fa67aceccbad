#include "app/session/run_occasion.hpp"

#include "measure/platform_label.hpp"
#include "measure/surroundings.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <vector>

namespace assay::app {

Result<RunOccasion> run_occasion(const Environment& environment) {
    if (const auto label = environment("PERFORMANCE_PLATFORM")) {
        if (const Status good = measure::check_label(*label); !good) {
            return good.error();
        }
    }
    RunOccasion occasion;
    occasion.trigger = measure::ci_trigger(environment);
    const auto said = environment("PERFORMANCE_RUN_TYPE");
    if (!said) {
        occasion.kind = measure::ci_kind(environment) == "none" ? "manual" : "ci";
        return occasion;
    }
    const std::vector<std::string> kinds{"ci", "nightly", "manual"};
    if (std::ranges::find(kinds, *said) == kinds.end()) {
        return Error{.kind = ErrorKind::usage,
                     .message = "PERFORMANCE_RUN_TYPE: '" + *said +
                                "' will not do, expected ci, nightly or manual" +
                                did_you_mean(*said, kinds),
                     .hint = "unset it: a run is then ci where a CI service is known, else manual"};
    }
    occasion.kind = *said;
    return occasion;
}

} // namespace assay::app
