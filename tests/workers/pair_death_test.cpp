// Whenever and however one side of a pair ends, the other one ends too, as cancelled, and the host
// does not hang.
#include "bad_plugin.hpp"
#include "paired.hpp"
#include "processes.hpp"

#include <doctest/doctest.h>

#include <csignal>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using std::chrono::milliseconds;
using testing::Paired;
using testing::side_of;

// Long enough for an innocent partner on a busy machine.
constexpr Deadline kHangs{milliseconds(2000), milliseconds(200), milliseconds(500)};

// The sinner in both seats, and first or second in its turn.
void check(const std::string& sin,
           CaseStatus status,
           const std::string& said,
           const Deadline& deadline = testing::kPatient) {
    CAPTURE(sin);
    for (const std::size_t seat : {std::size_t{0}, std::size_t{1}}) {
        CAPTURE(seat);
        PairRequest request;
        request.sides[seat] = side_of(sin, true);
        request.sides[1 - seat] = side_of("innocent", false);
        request.first = seat == 0 ? 1 : 0;
        const Paired paired = testing::run(request, deadline);
        const measure::LaunchRecord& sinner = paired.outcome.sides[seat].record;
        CHECK_MESSAGE(sinner.status == status, name_of(sinner.status), ": ", sinner.reason);
        CHECK_MESSAGE(sinner.reason.find(said) != std::string::npos, sinner.reason);
        const LaunchOutcome& partner = paired.outcome.sides[1 - seat];
        CHECK_MESSAGE(partner.record.status == CaseStatus::cancelled,
                      name_of(partner.record.status),
                      ": ",
                      partner.record.reason);
        CHECK_MESSAGE(partner.record.reason.starts_with(
                          "its partner in the pair ended: " + std::string(name_of(status)) + ": "),
                      partner.record.reason);
        REQUIRE(partner.death);
        CHECK_MESSAGE(partner.death->said_bye, partner.death->detail); // asked, not killed
        CHECK(paired.took <
              deadline.timeout + deadline.grace + deadline.quit_grace + milliseconds(30'000));
    }
}

} // namespace

TEST_CASE("a side that ends in open or verify takes its pair with it") {
    check("open_null", CaseStatus::failed, "without a case");
    check("verify_crashes", CaseStatus::crashed, "verify");
    check("verify_fails", CaseStatus::wrong_result, "2 + 2 came out as 5");
}

TEST_CASE("a side that dies while it warms up takes its pair with it") {
    check("null_write", CaseStatus::crashed, "SIGSEGV at 0x0");
    check("exits_zero", CaseStatus::crashed, "exit code 0");
    check("forks_and_exits", CaseStatus::crashed, "exit code 0");
}

TEST_CASE("a side that dies in a recorded slice takes its pair with it") {
    check("aborts_in_prepare", CaseStatus::crashed, "phase measure, slice 2");
    check("aborts_in_slice", CaseStatus::crashed, "phase measure, slice 2");
    check("aborts_in_finish", CaseStatus::crashed, "phase measure, slice 2");
    check("fails_in_slice", CaseStatus::failed, "the third slice went wrong");
}

TEST_CASE("a side that dies behind its slices takes its pair with it") {
    check("aborts_in_close", CaseStatus::crashed, "phase close");
    check("aborts_at_farewell", CaseStatus::crashed, "after its result: SIGABRT");
}

TEST_CASE("a side that dies while it waits for the other one takes its pair with it") {
    for (const std::size_t seat : {std::size_t{0}, std::size_t{1}}) {
        PairRequest request;
        request.sides[seat] = side_of("aborts_between_slices", true);
        request.sides[1 - seat] = side_of("innocent", false);
        for (PairSide& side : request.sides) {
            side.request.slices = 5000; // more than fit into the time it has left
        }
        const Paired paired = testing::run(request, testing::kPatient);
        const measure::LaunchRecord& sinner = paired.outcome.sides[seat].record;
        CHECK(sinner.status == CaseStatus::crashed);
        CHECK_MESSAGE(sinner.reason.find("SIGALRM") != std::string::npos, sinner.reason);
        CHECK_MESSAGE(sinner.reason.find("phase measure") != std::string::npos, sinner.reason);
        CHECK(paired.outcome.sides[1 - seat].record.status == CaseStatus::cancelled);
    }
}

TEST_CASE("a side that is killed while both stand ready takes its pair with it") {
    int killed = 0;
    const auto kill_one = [&killed](Supervisor&) {
        killed = testing::some_child();
        REQUIRE(::kill(killed, SIGKILL) == 0);
    };
    PairRequest request{.sides = {side_of("innocent", false), side_of("innocent", false)},
                        .first = 0};
    const Paired paired = testing::run(request, testing::kPatient, kill_one);
    REQUIRE(paired.outcome.hellos[0].has_value());
    const std::size_t seat = paired.outcome.hellos[0]->pid == killed ? 0 : 1;
    const LaunchOutcome& victim = paired.outcome.sides[seat];
    CHECK(victim.record.status == CaseStatus::crashed);
    REQUIRE(victim.death);
    CHECK(victim.death->signal == SIGKILL);
    CHECK(paired.outcome.sides[1 - seat].record.status == CaseStatus::cancelled);
}

TEST_CASE("a side that hangs times out, and only that one") {
    check("open_hangs", CaseStatus::timed_out, "in phase open", kHangs);
    check("endless_deaf", CaseStatus::timed_out, "in phase warm_up", kHangs);
    check("hangs_in_slice", CaseStatus::timed_out, "in phase measure", kHangs);
}

TEST_CASE("a side that damages its channel fails, and its partner is cancelled") {
    check("closes_frames", CaseStatus::failed, "protocol");
    check("garbage_on_frames", CaseStatus::failed, "protocol");
}

TEST_CASE("two sides that both die keep what they died of or are cancelled") {
    PairRequest request{.sides = {side_of("aborts_in_slice", true), side_of("null_write", true)},
                        .first = 0};
    const Paired paired = testing::run(request, testing::kPatient);
    CHECK(paired.outcome.sides[1].record.status == CaseStatus::crashed);
    CHECK(paired.outcome.sides[0].record.status == CaseStatus::cancelled); // it was ready, waiting
}

} // namespace assay::workers
