// The checks that need the plugin loaded, one function each; which is which stands in check.cpp.
// Each loads what it needs itself and writes what it finds into the context's report.
#pragma once

#include "worker/conformance/check.hpp"

namespace assay::worker::conformance {

// loading_checks.cpp
void check_loads(CheckContext& context);            // L1
void check_loading_is_quiet(CheckContext& context); // L2
void check_loading_is_fast(CheckContext& context);  // L3
void check_entry_is_stable(CheckContext& context);  // L4
void check_identity(CheckContext& context);         // L5
void check_names(CheckContext& context);            // L6

// host_age_checks.cpp
void check_unknown_service(CheckContext& context); // L7
void check_old_host(CheckContext& context);        // L8
void check_future_host(CheckContext& context);     // L9
void check_twins(CheckContext& context);           // L10

// describing_checks.cpp
void check_schema(CheckContext& context);   // C1
void check_create(CheckContext& context);   // C2
void check_families(CheckContext& context); // C3
void check_metrics(CheckContext& context);  // C4

// life_checks.cpp
void check_growth(CheckContext& context);  // C5
void check_verify(CheckContext& context);  // C6
void check_reasons(CheckContext& context); // C13
void check_ends(CheckContext& context);    // C16

// batch_checks.cpp
void check_checksums(CheckContext& context);    // C7
void check_iterations(CheckContext& context);   // C8
void check_untouched(CheckContext& context);    // C9
void check_manual_times(CheckContext& context); // C10
void check_repeats(CheckContext& context);      // C17

// lane_checks.cpp
void check_cancel(CheckContext& context); // C11
void check_lanes(CheckContext& context);  // C12

// manners_checks.cpp
void check_reported_metrics(CheckContext& context); // C15
void check_surroundings(CheckContext& context);     // C18
void check_host_calls(CheckContext& context);       // C19
void check_held_memory(CheckContext& context);      // C20

// reporter_checks.cpp
void check_streams(CheckContext& context);       // R1
void check_readable(CheckContext& context);      // R2
void check_broken_sink(CheckContext& context);   // R3
void check_broken_stream(CheckContext& context); // R4
void check_two_at_once(CheckContext& context);   // R5
void check_equal_bytes(CheckContext& context);   // R6
void check_only_sink(CheckContext& context);     // R7

// importer_checks.cpp
void check_samples_parse(CheckContext& context);    // I1
void check_broken_input(CheckContext& context);     // I2
void check_probe(CheckContext& context);            // I3
void check_imported_figures(CheckContext& context); // I4
void check_equal_events(CheckContext& context);     // I5

} // namespace assay::worker::conformance
