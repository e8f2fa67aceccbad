// The readings of this very machine: whatever it is, they fit together.
#include "app/doctor/readings.hpp"
#include "findings_of_tree.hpp"

namespace readings_test {

using namespace assay::app;

namespace {

Installation installed(const char* worker_program) {
    return {.worker_program = worker_program,
            .allocation_counter = {},
            .templates = {},
            .gates = {},
            .schemas = {},
            .plugin_folders = {}};
}

} // namespace

TEST_CASE("a worker that is there starts, and says what it achieved") {
    const Readings readings = take_readings(installed(ASSAY_WORKER_PROGRAM));
    REQUIRE_MESSAGE(readings.worker.started.ok(), readings.worker.started.error().message);
    CHECK(readings.worker.start_s.size() == 5);
    CHECK(readings.worker.layouts >= 1);
    CHECK(readings.worker.isolation.contains("no_new_privs"));
    CHECK_FALSE(readings.worker.isolation.contains("environment"));
    CHECK_FALSE(readings.allowed_cpus.empty());
    CHECK(readings.scratch.available_bytes.has_value());
    check_words(worker_findings(readings));
    check_words(assay_findings(readings));
}

TEST_CASE("a worker program that is missing, or is none, is told as the reason") {
    for (const char* const program : {"/no/such/assay-worker", "/bin/true"}) {
        const Readings readings = take_readings(installed(program));
        CHECK_FALSE(readings.worker.started.ok());
        CHECK(finding_of(worker_findings(readings), "launch").state == FindingState::bad);
    }
}

} // namespace readings_test
