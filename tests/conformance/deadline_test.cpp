// A check that does not answer is killed with everything it started, and so told.
#include "checked.hpp"
#include "processes.hpp"
#include "workers/worker.hpp"

#include <doctest/doctest.h>

namespace conformance::deadline_test {

namespace {

using assay::measure::CheckOutcome;
using assay::workers::testing::eventually;
using assay::workers::testing::living_in_group;
using std::chrono::milliseconds;

struct Answered {
    assay::workers::CheckAnswer answer;
    int pid = 0;
};

Answered ask(const std::string& sin, const std::string& id, milliseconds deadline) {
    assay::workers::SupervisorOptions options;
    options.worker_program = ASSAY_WORKER_PROGRAM;
    assay::workers::Supervisor supervisor(options);
    assay::workers::WorkerOptions wanted;
    wanted.plugin_path = sinner(sin).string();
    wanted.for_check = true;
    auto worker = supervisor.start(wanted);
    REQUIRE_MESSAGE(worker, worker.error().message);
    Answered answered;
    answered.pid = (*worker)->hello().pid;
    answered.answer = (*worker)->check({id, 1}, deadline);
    return answered;
}

} // namespace

TEST_CASE("a check that hangs while loading is killed at its deadline") {
    const Answered answered = ask("constructor_hangs", "L1", milliseconds(300));
    CHECK(answered.answer.outcome == CheckOutcome::timed_out);
    CHECK(answered.answer.reason.find("300 ms") != std::string::npos);
    CHECK(eventually([&] { return living_in_group(answered.pid).empty(); }));
}

TEST_CASE("a check that hangs in a batch is told with its phase") {
    const Answered answered = ask("endless_deaf", "C9", milliseconds(5'000));
    CHECK(answered.answer.outcome == CheckOutcome::timed_out);
    CHECK(answered.answer.reason.find("phase measure") != std::string::npos);
    CHECK(eventually([&] { return living_in_group(answered.pid).empty(); }));
}

TEST_CASE("children of a crashed check do not outlive it") {
    const Answered answered = ask("forks_and_exits", "C9", milliseconds(120'000));
    CHECK(answered.answer.outcome == CheckOutcome::crashed);
    CHECK(eventually([&] { return living_in_group(answered.pid).empty(); }));
}

TEST_CASE("a check that the worker does not know is skipped") {
    const Answered answered = ask("innocent", "C99", milliseconds(120'000));
    CHECK(answered.answer.outcome == CheckOutcome::skipped);
    CHECK(answered.answer.report.skipped.find("C99") != std::string::npos);
}

TEST_CASE("every check of the table that needs a worker is known to it") {
    for (const assay::measure::CheckSpec& check : assay::measure::conformance_checks()) {
        if (check.subject == assay::measure::CheckSubject::file) {
            continue;
        }
        // A plugin that refuses to load makes every check short.
        const Answered answered = ask("min_host_minor_99", std::string(check.id), check.deadline);
        CHECK_MESSAGE(answered.answer.report.skipped.find("does not know") == std::string::npos,
                      check.id);
        CHECK(answered.answer.outcome != CheckOutcome::crashed);
    }
}

} // namespace conformance::deadline_test
