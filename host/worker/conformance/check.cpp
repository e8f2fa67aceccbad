#include "worker/conformance/check.hpp"

#include "worker/conformance/checks.hpp"

#include <algorithm>
#include <array>
#include <exception>

namespace assay::worker::conformance {
namespace {

struct Entry {
    std::string_view id;
    CheckFunction function;
};

constexpr std::array kFunctions{
    Entry{"L1", check_loads},           Entry{"L2", check_loading_is_quiet},
    Entry{"L3", check_loading_is_fast}, Entry{"L4", check_entry_is_stable},
    Entry{"L5", check_identity},        Entry{"L6", check_names},
    Entry{"L7", check_unknown_service}, Entry{"L8", check_old_host},
    Entry{"L9", check_future_host},     Entry{"L10", check_twins},
    Entry{"C1", check_schema},          Entry{"C2", check_create},
    Entry{"C3", check_families},        Entry{"C4", check_metrics},
    Entry{"C5", check_growth},          Entry{"C6", check_verify},
    Entry{"C7", check_checksums},       Entry{"C8", check_iterations},
    Entry{"C9", check_untouched},       Entry{"C10", check_manual_times},
    Entry{"C11", check_cancel},         Entry{"C12", check_lanes},
    Entry{"C13", check_reasons},        Entry{"C15", check_reported_metrics},
    Entry{"C16", check_ends},           Entry{"C17", check_repeats},
    Entry{"C18", check_surroundings},   Entry{"C19", check_host_calls},
    Entry{"C20", check_held_memory},    Entry{"R1", check_streams},
    Entry{"R2", check_readable},        Entry{"R3", check_broken_sink},
    Entry{"R4", check_broken_stream},   Entry{"R5", check_two_at_once},
    Entry{"R6", check_equal_bytes},     Entry{"R7", check_only_sink},
    Entry{"I1", check_samples_parse},   Entry{"I2", check_broken_input},
    Entry{"I3", check_probe},           Entry{"I4", check_imported_figures},
    Entry{"I5", check_equal_events},
};

const Entry* find(std::string_view id) noexcept {
    const auto found = std::ranges::find(kFunctions, id, &Entry::id);
    return found == kFunctions.end() ? nullptr : &*found;
}

} // namespace

measure::CheckReport run_check(const measure::CheckRequest& request,
                               const std::string& path,
                               measure::SharedPage& page) {
    measure::CheckReport report;
    const Entry* const entry = find(request.id);
    if (entry == nullptr) {
        report.skip("this worker does not know the check '" + request.id + "'");
        return report;
    }
    CheckContext context{path, request.seed, page, report, request.samples};
    try {
        entry->function(context);
    } catch (const std::exception& error) { // bad_alloc and the like, of ours
        report.error(std::string("the check itself could not go on: ") + error.what());
    }
    return report;
}

} // namespace assay::worker::conformance
