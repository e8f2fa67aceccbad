// Cases that crash, hang, lie or take too much: each costs only itself.
#include "bad_plugin.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <string>
#include <vector>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using std::chrono::milliseconds;
using testing::Launched;

// The address sanitizer has its own allocator, which ends the process by exit(1).
#if defined(__SANITIZE_ADDRESS__)
const std::string kHeapDamage = "exit code 1", kNoMemory = "exit code 1";
#else
const std::string kHeapDamage = "SIGABRT", kNoMemory = "SIGSEGV at 0x0";
#endif

// Only the sinful case is lost: the fine one of the same plugin passes right after it.
void check_fine_case(const std::string& sin) {
    const Launched fine = testing::launch_fine(sin);
    CHECK_MESSAGE(fine.outcome.record.status == CaseStatus::passed, fine.outcome.record.reason);
}

Launched check(const std::string& sin,
               CaseStatus status,
               const std::string& said,
               const Deadline& deadline = testing::kPatient) {
    CAPTURE(sin);
    Launched launched = testing::launch_sin(sin, deadline);
    CHECK_MESSAGE(launched.outcome.record.status == status,
                  std::string(name_of(launched.outcome.record.status)),
                  ": ",
                  launched.outcome.record.reason);
    CHECK_MESSAGE(launched.outcome.record.reason.find(said) != std::string::npos,
                  launched.outcome.record.reason);
    check_fine_case(sin);
    return launched;
}

} // namespace

TEST_CASE("a null write is a crash with signal, address, case and stack") {
    const Launched launched = check("null_write", CaseStatus::crashed, "SIGSEGV at 0x0");
    CHECK(launched.outcome.record.reason.find("bad_null_write/sin") != std::string::npos);
    REQUIRE(launched.outcome.death);
    CHECK(launched.outcome.death->signal == SIGSEGV);
    CHECK(launched.outcome.stack.find("null_write") != std::string::npos);
}

TEST_CASE("a stack overflow is a crash") {
    check("stack_overflow", CaseStatus::crashed, "SIGSEGV");
}

TEST_CASE("aborting and throwing through noexcept are crashes") {
    check("aborts", CaseStatus::crashed, "SIGABRT");
    const Launched thrown = check("throws_through_noexcept", CaseStatus::crashed, "SIGABRT");
    CHECK(thrown.outcome.output.find("an exception that nobody catches") != std::string::npos);
}

TEST_CASE("ending the process is a crash whatever the exit code") {
    check("exits_zero", CaseStatus::crashed, "exit code 0");
    check("exits_three", CaseStatus::crashed, "exit code 3");
}

TEST_CASE("a SIGKILL that the host did not send is taken for the end of memory") {
    check("kills_itself", CaseStatus::crashed, "probably out of memory");
}

TEST_CASE("a run that ignores cancellation times out with its stack") {
    const Launched launched =
        check("endless_deaf", CaseStatus::timed_out, "0.3 s", testing::kImpatient);
    CHECK(launched.outcome.stack.find("endless_deaf") != std::string::npos);
    REQUIRE(launched.outcome.death);
    CHECK(launched.outcome.death->killed_by_host);
}

TEST_CASE("a run that honours cancellation times out and its worker lives on") {
    const Launched launched =
        check("endless_polite", CaseStatus::timed_out, "stopped when asked", testing::kImpatient);
    CHECK_FALSE(launched.outcome.death);
    CHECK(launched.death.said_bye);
}

TEST_CASE("children that a run forks are gone with its group") {
    check("forks_and_exits", CaseStatus::crashed, "exit code 0");
}

TEST_CASE("damage to the frame channel is a failure of the protocol") {
    check("closes_frames", CaseStatus::failed, "protocol");
    check("garbage_on_frames", CaseStatus::failed, "protocol");
}

TEST_CASE("a gigabyte on standard output is counted and not kept") {
    const Launched launched = check("floods_stdout", CaseStatus::passed, "");
    CHECK(launched.outcome.output.size() == (std::size_t{1} << 20));
    CHECK(launched.outcome.output_bytes_dropped ==
          (std::uint64_t{1} << 30) - (std::uint64_t{1} << 20));
}

TEST_CASE("opening that hangs times out, and opening nothing fails") {
    check("open_hangs", CaseStatus::timed_out, "open", testing::kImpatient);
    check("open_null", CaseStatus::failed, "without a case");
    check("open_leaks", CaseStatus::passed, "");
}

TEST_CASE("what verification finds wrong is not timed") {
    const Launched wrong = check("verify_fails", CaseStatus::wrong_result, "2 + 2 came out as 5");
    CHECK(wrong.outcome.record.slices.empty());
    const Launched crashed = check("verify_crashes", CaseStatus::crashed, "verify");
    CHECK(crashed.outcome.record.slices.empty());
}

TEST_CASE("freeing what is not one's own is a crash") {
    check("double_close", CaseStatus::crashed, kHeapDamage);
    check("frees_host_string", CaseStatus::crashed, kHeapDamage);
}

TEST_CASE("cases that take too much are stopped by a limit and hurt nobody else") {
    check("eats_memory", CaseStatus::crashed, kNoMemory);
    check("fills_scratch", CaseStatus::failed, "the scratch folder is full");
    // Where ten thousand threads are allowed they all end with their worker.
    const Launched threads = testing::launch_sin("ten_thousand_threads");
    CHECK((threads.outcome.record.status == CaseStatus::failed ||
           threads.outcome.record.status == CaseStatus::passed));
    check_fine_case("ten_thousand_threads");
}

TEST_CASE("lies are found by the honesty checks and end no worker") {
    struct Lie {
        std::string sin;
        CaseStatus status;
        std::string said;
    };

    const std::vector<Lie> lies = {
        {"ignores_iterations", CaseStatus::failed, "ignore batch->iterations"},
        {"optimised_away", CaseStatus::failed, "optimised away"},
        {"lies_about_done", CaseStatus::failed, "done"},
        {"writes_behind_batch", CaseStatus::failed, "behind the batch"},
        {"changing_checksum", CaseStatus::wrong_result, "checksum"},
        {"absurd_manual_ns", CaseStatus::failed, "manual_ns"},
    };
    for (const Lie& lie : lies) {
        const Launched launched = check(lie.sin, lie.status, lie.said);
        CHECK_MESSAGE(launched.death.said_bye, launched.death.detail);
    }
}

TEST_CASE("a metric that is not a number is refused in the log and the case goes on") {
    const Launched not_a_number = check("metric_nan", CaseStatus::passed, "");
    CHECK_MESSAGE(not_a_number.last_log.find("figure") != std::string::npos, not_a_number.last_log);
}

TEST_CASE("a metric that the case does not have is ignored and its own stays unavailable") {
    const Launched beyond = check("metric_index_1000", CaseStatus::passed, "");
    REQUIRE(beyond.outcome.record.metrics.size() == 1);
    CHECK_FALSE(beyond.outcome.record.metrics[0].value);
}

TEST_CASE("a host call inside run is noted") {
    const Launched launched = check("host_call_in_run", CaseStatus::passed, "");
    REQUIRE_FALSE(launched.outcome.record.notes.empty());
    CHECK_MESSAGE(launched.outcome.record.notes[0].find("host call in run") != std::string::npos,
                  launched.outcome.record.notes[0]);
}

} // namespace assay::workers
