// Deadlines, cancellation and killing, against workers that follow a script.
#include "processes.hpp"
#include "turns.hpp"
#include "workers/worker.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::RecordedTurns;

SupervisorOptions scripted() {
    SupervisorOptions options;
    options.worker_program = ASSAY_BUILD_DIR "/tests/scripted_worker";
    return options;
}

constexpr Deadline kShort{milliseconds(150), milliseconds(100), milliseconds(100)};
constexpr Deadline kLong{milliseconds(60'000), milliseconds(200), milliseconds(100)};

struct Stage {
    Supervisor supervisor{scripted()};
    std::unique_ptr<Worker> worker;

    explicit Stage(const std::string& script) {
        auto started = supervisor.start({.plugin_path = "/scripts/" + script});
        REQUIRE_MESSAGE(started, started.error().message);
        worker = std::move(*started);
    }
};

} // namespace

TEST_CASE("a launch that hangs is asked, then shown, then killed") {
    Stage stage("hangs");
    RecordedTurns turns;
    const auto before = steady_clock::now();
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kShort);
    const auto took = steady_clock::now() - before;
    CHECK(outcome.record.status == CaseStatus::timed_out);
    CHECK(outcome.record.reason.find("no result within 0.15 s") != std::string::npos);
    CHECK(took >= milliseconds(250));   // deadline and grace
    CHECK(took < milliseconds(30'000)); // and not the minute of a default
    REQUIRE(outcome.death);
    CHECK(outcome.death->killed_by_host);
    CHECK_FALSE(stage.worker->alive());
    CHECK_FALSE(testing::has_children());
}

TEST_CASE("a launch that ignores SIGQUIT is killed by SIGKILL") {
    Stage stage("deaf_to_quit_signal");
    RecordedTurns turns;
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kShort);
    CHECK(outcome.record.status == CaseStatus::timed_out);
    REQUIRE(outcome.death);
    CHECK(outcome.death->signal == SIGKILL);
    CHECK(outcome.death->killed_by_host);
}

TEST_CASE("a worker that floods its channel does not escape its deadline") {
    Stage stage("endless_logs");
    RecordedTurns turns;
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kShort);
    CHECK(outcome.record.status == CaseStatus::timed_out);
    CHECK_FALSE(stage.worker->alive());
}

TEST_CASE("waiting for a turn does not count against the deadline") {
    Stage stage("full");
    RecordedTurns turns;
    turns.during_acquire = [] {
        const auto later = steady_clock::now() + 2 * kShort.timeout;
        CHECK(testing::eventually([&] { return steady_clock::now() >= later; }));
    };
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kShort);
    CHECK(outcome.record.status == CaseStatus::passed);
}

TEST_CASE("a launch that is kept waiting between its slices has its deadline put off") {
    Stage stage("hangs");
    RecordedTurns turns;
    int asked = 0;
    turns.has_waited = [&asked] { // two waits, the second one after the first extension
        return ++asked == 1 ? milliseconds(200) : milliseconds(300);
    };
    const auto before = steady_clock::now();
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kShort);
    CHECK(outcome.record.status == CaseStatus::timed_out);
    CHECK(steady_clock::now() - before >= kShort.timeout + milliseconds(300));
    CHECK(asked == 3);
}

TEST_CASE("after its turn the clock goes on") {
    Stage stage("ready_then_hangs");
    RecordedTurns turns;
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kShort);
    CHECK(outcome.record.status == CaseStatus::timed_out);
    CHECK(turns.acquired == 1);
    CHECK(turns.released == 1);
}

TEST_CASE("a launch after the death of its worker is a crash and not a wait") {
    Stage stage("hangs");
    RecordedTurns turns;
    stage.worker->launch({}, turns, kShort);
    const LaunchOutcome outcome = stage.worker->launch({}, turns, kLong);
    CHECK(outcome.record.status == CaseStatus::crashed);
    CHECK(outcome.death);
}

TEST_CASE("cancelling ends a launch as cancelled and lets nothing new begin") {
    Stage stage("hangs");
    RecordedTurns turns;
    LaunchOutcome outcome;
    std::thread lane([&] { outcome = stage.worker->launch({}, turns, kLong); });
    stage.supervisor.cancel_all();
    lane.join();
    CHECK(outcome.record.status == CaseStatus::cancelled);
    const auto another = stage.supervisor.start({.plugin_path = "/scripts/full"});
    REQUIRE_FALSE(another);
    CHECK(another.error().kind == ErrorKind::cancelled);
}

TEST_CASE("killing all ends every launch at once") {
    Supervisor supervisor(scripted());
    auto first = supervisor.start({.plugin_path = "/scripts/deaf_to_quit_signal"});
    auto second = supervisor.start({.plugin_path = "/scripts/deaf_to_quit_signal"});
    REQUIRE(first);
    REQUIRE(second);
    const Deadline patient{milliseconds(60'000), milliseconds(60'000), milliseconds(60'000)};
    RecordedTurns turns_of_first, turns_of_second;
    LaunchOutcome one, two;
    std::thread lane_of_first([&] { one = (*first)->launch({}, turns_of_first, patient); });
    std::thread lane_of_second([&] { two = (*second)->launch({}, turns_of_second, patient); });
    supervisor.kill_all();
    lane_of_first.join();
    lane_of_second.join();
    CHECK(one.record.status == CaseStatus::cancelled);
    CHECK(two.record.status == CaseStatus::cancelled);
    CHECK_FALSE(testing::has_children());
}

TEST_CASE("a worker that does not end on QUIT is killed") {
    Stage stage("deaf_to_quit");
    const Death death = stage.worker->quit();
    CHECK(death.killed_by_host);
    CHECK_FALSE(death.said_bye);
    CHECK_FALSE(testing::has_children());
}

TEST_CASE("workers end with their supervisor and may be destroyed after it") {
    std::unique_ptr<Worker> survivor;
    {
        Supervisor supervisor(scripted());
        auto started = supervisor.start({.plugin_path = "/scripts/hangs"});
        REQUIRE(started);
        survivor = std::move(*started);
    }
    CHECK(testing::eventually([&] { return !survivor->alive(); }));
    RecordedTurns turns;
    CHECK(survivor->launch({}, turns, kLong).record.status == CaseStatus::crashed);
    survivor.reset();
    CHECK_FALSE(testing::has_children());
}

TEST_CASE("many threads may start workers at once") {
    Supervisor supervisor(scripted());
    std::vector<std::thread> lanes;
    std::atomic<int> passed{0};
    for (int lane = 0; lane < 4; ++lane) {
        lanes.emplace_back([&] {
            for (int i = 0; i < 5; ++i) {
                auto worker = supervisor.start({.plugin_path = "/scripts/full"});
                RecordedTurns turns;
                if (worker &&
                    (*worker)->launch({}, turns, kLong).record.status == CaseStatus::passed) {
                    ++passed;
                }
            }
        });
    }
    for (std::thread& lane : lanes) {
        lane.join();
    }
    CHECK(passed == 20);
    CHECK_FALSE(testing::has_children());
}

} // namespace assay::workers
