#include "findings_of_tree.hpp"
#include "support/file.hpp"

#include <cerrno>

namespace worker_findings_test {

using namespace assay;
using namespace assay::app;

namespace {

// Everything as it should be.
Readings good() {
    Readings readings;
    readings.allowed_cpus = {0, 1};
    readings.valgrind = {.name = "valgrind", .path = "/usr/bin/valgrind", .version = "v3"};
    readings.scratch = {
        .path = "/tmp", .writable = true, .available_bytes = std::uint64_t{8} << 30};
    readings.worker.start_s = {0.002, 0.001, 0.003};
    readings.worker.layouts = 3;
    readings.worker.pin_wanted = 1;
    readings.worker.isolation = {{"descriptors_closed", true},
                                 {"dies_with_host", true},
                                 {"limits", true},
                                 {"no_new_privs", true},
                                 {"pinned_cpu", 1}};
    return readings;
}

Finding of_worker(const Readings& readings, const std::string& id) {
    const Findings findings = worker_findings(readings);
    check_words(findings);
    return finding_of(findings, id);
}

Finding of_counters(const Readings& readings, const std::string& id) {
    const PreparedTree prepared(Files{{"proc/sys/kernel/perf_event_paranoid", "3\n"}});
    const Findings findings = counter_findings(prepared.tree(), readings);
    check_words(findings);
    return finding_of(findings, id);
}

} // namespace

TEST_CASE("a worker that starts and restricts itself is well, and what it does not do is said") {
    const Findings findings = worker_findings(good());
    check_words(findings);
    CHECK(says(finding_of(findings, "launch").read, "2.0 ms"));
    CHECK(count_of(findings, FindingState::ok) == findings.size() - 1);
    CHECK(finding_of(findings, "sandbox").state == FindingState::unavailable);
}

TEST_CASE("a worker that does not start is bad, with the reason and what to do") {
    Readings readings = good();
    readings.worker.started = Error{ErrorKind::io, "cannot start /x/assay-worker", {}};
    readings.worker.start_s.clear();
    const Findings findings = worker_findings(readings);
    check_words(findings);
    const Finding& launch = finding_of(findings, "launch");
    CHECK(launch.state == FindingState::bad);
    CHECK(launch.read == "cannot start /x/assay-worker");
    CHECK(says(launch.advice, "assay-worker"));
    // Nothing is claimed about a worker that never was.
    CHECK(std::ranges::find(findings, "containment", &Finding::id) == findings.end());
}

TEST_CASE("a slow start, no pinning and one layout are warnings") {
    Readings readings = good();
    readings.worker.start_s = {0.08, 0.09, 0.07};
    readings.worker.layouts = 1;
    readings.worker.isolation["pinned_cpu"] = nullptr;
    CHECK(of_worker(readings, "launch").state == FindingState::warn);
    CHECK(of_worker(readings, "layout").state == FindingState::warn);
    CHECK(of_worker(readings, "pinning").state == FindingState::warn);
}

TEST_CASE("each restriction that was refused is named alone") {
    Readings readings = good();
    readings.worker.isolation["no_new_privs"] = false;
    const Finding finding = of_worker(readings, "containment");
    CHECK(finding.state == FindingState::warn);
    CHECK(says(finding.read, "may gain privileges"));
    CHECK_FALSE(says(finding.read, "descriptors"));
}

TEST_CASE("plugins that run as root are a warning") {
    Readings readings = good();
    readings.is_root = true;
    CHECK(of_worker(readings, "sandbox").state == FindingState::warn);
}

TEST_CASE("a scratch folder must be writable, and should have room") {
    Readings readings = good();
    readings.scratch.available_bytes = 1000;
    CHECK(of_worker(readings, "scratch").state == FindingState::warn);
    readings.scratch.available_bytes = std::nullopt;
    CHECK(of_worker(readings, "scratch").state == FindingState::unavailable);
    readings.scratch.writable = false;
    CHECK(of_worker(readings, "scratch").state == FindingState::bad);
}

TEST_CASE("instruction counters are told by what happened when one was opened") {
    Readings readings = good();
    CHECK(of_counters(readings, "instructions").state == FindingState::ok);
    readings.instructions =
        Error{ErrorKind::unavailable, "perf_event: the processor shows no counters", {}};
    const Finding none = of_counters(readings, "instructions");
    CHECK(none.state == FindingState::unavailable);
    CHECK(says(none.read, "shows no counters"));
    for (const int error : {EACCES, EPERM}) {
        readings.instructions =
            Error{ErrorKind::unavailable, "perf_event: " + system_message(error), {}};
        const Finding denied = of_counters(readings, "instructions");
        CHECK(denied.state == FindingState::warn);
        CHECK(says(denied.read, "perf_event_paranoid 3"));
        CHECK(says(denied.advice, "PERFMON"));
    }
}

TEST_CASE("valgrind is there, missing, or broken") {
    Readings readings = good();
    CHECK(of_counters(readings, "callgrind").state == FindingState::ok);
    readings.valgrind.version.clear();
    CHECK(of_counters(readings, "callgrind").state == FindingState::warn);
    readings.valgrind.path.clear();
    const Finding missing = of_counters(readings, "callgrind");
    CHECK(missing.state == FindingState::unavailable);
    CHECK(says(missing.advice, "apt-get install valgrind"));
}

} // namespace worker_findings_test
