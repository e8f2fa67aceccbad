// What a loop does at deadlines and time-outs, by a clock that moves when it is slept with.
#include "coordination/loop.hpp"
#include "coordination/loop_figures.hpp"
#include "coordination/simulation.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace loop_test {

using namespace assay::coordination;
using namespace std::chrono_literals;

namespace {

constexpr double kPeriod = 0.1;

LoopSettings ten_hertz(std::uint64_t cycles, Pacing pacing = Pacing::absolute) {
    LoopSettings settings = settings_at(10);
    settings.cycles = cycles;
    settings.pacing = pacing;
    return settings;
}

SimulatedMember member(const std::string& name, double service, Stage stage = Stage::collect) {
    return {.name = name, .stage = stage, .service = [service](std::uint64_t) { return service; }};
}

// Holds up the loop itself in one cycle.
SimulatedMember blocker(SimulatedClock& clock, std::uint64_t cycle, double periods) {
    SimulatedMember one = member("blocker", 0);
    one.value = [&clock, cycle, periods](const Question& question) {
        if (question.cycle == cycle) {
            clock.advance(time_of(periods * kPeriod));
        }
        return 0.0;
    };
    return one;
}

LoopLog
log_of(SimulatedClock& clock, std::vector<SimulatedMember> members, const LoopSettings& settings) {
    SimulatedCrew crew(clock, std::move(members));
    return run_loop(settings, clock, crew, [] { return false; });
}

LoopLog log_of_load(double load, Pacing pacing, double late = 0) {
    SimulatedClock clock;
    clock.set_lateness([late](std::uint64_t) { return late; });
    SimulatedMember one = member("load", 0);
    one.value = [&clock, load](const Question&) {
        clock.advance(time_of(load * kPeriod));
        return 0.0;
    };
    return log_of(clock, {one}, ten_hertz(300, pacing));
}

} // namespace

TEST_CASE("a loop that is busy for 0.9 of its period does not drift") {
    const LoopLog log = log_of_load(0.9, Pacing::absolute);
    const LoopFigures figures = figures_of(log);
    REQUIRE(log.cycles.size() == 300);
    CHECK(figures.drift == 0);
    CHECK(figures.frequency == doctest::Approx(10).epsilon(1e-12));
    CHECK(log.missed == 0);
    CHECK(log.skipped == 0);
    for (const double busy : figures.busy) {
        CHECK(busy == doctest::Approx(0.09));
    }
}

TEST_CASE("a constant lateness is lateness and no drift, and of a relative loop it adds up") {
    const LoopFigures absolute = figures_of(log_of_load(0.5, Pacing::absolute, 1e-4));
    CHECK(absolute.drift == 0);
    CHECK(distribution_of(absolute.lateness).max == doctest::Approx(1e-4));
    CHECK(distribution_of(absolute.jitter).max == 0);
    const LoopFigures relative = figures_of(log_of_load(0.5, Pacing::relative, 1e-4));
    CHECK(relative.drift == doctest::Approx(299 * 1e-4));
    CHECK(relative.frequency == doctest::Approx(1 / 0.1001));
}

TEST_CASE("an overrun of two and a half periods skips two points and misses one deadline") {
    SimulatedClock clock;
    const LoopLog log = log_of(clock, {blocker(clock, 5, 2.5)}, ten_hertz(20));
    CHECK(log.missed == 1);
    CHECK(log.skipped == 2);
    CHECK(log.cycles[4].index == 5);
    CHECK(log.cycles[4].missed);
    CHECK(log.cycles[4].skipped == 2);
    CHECK(log.cycles[5].index == 8);
    for (const CycleRecord& cycle : log.cycles) { // the phase of the grid is what it was
        CHECK(cycle.due == static_cast<Time::rep>(cycle.index) * 100ms);
        CHECK(cycle.wake == cycle.due);
    }
    CHECK(figures_of(log).drift == 0);
    CHECK(distribution_of(figures_of(log).jitter).max == 0);
}

TEST_CASE("a cycle that ends exactly at the next deadline misses nothing and skips nothing") {
    SimulatedClock clock;
    const LoopLog log = log_of(clock, {blocker(clock, 3, 1.0)}, ten_hertz(5));
    CHECK(log.missed == 0);
    CHECK(log.skipped == 0);
    SimulatedClock again;
    const LoopLog late = log_of(again, {blocker(again, 3, 1.00001)}, ten_hertz(5));
    CHECK(late.missed == 1);
    CHECK(late.skipped == 1);
}

TEST_CASE("a wake-up that comes too late for its own deadline is a miss though little was done") {
    SimulatedClock clock;
    clock.set_lateness([](std::uint64_t sleep) { return sleep == 3 ? 0.095 : 0.0; });
    SimulatedMember one = member("ten", 0.01);
    const LoopLog log = log_of(clock, {one}, ten_hertz(8));
    CHECK(log.cycles[3].missed); // 95 ms late and 10 ms busy
    CHECK(log.missed == 1);
    CHECK(log.skipped == 1);
}

TEST_CASE("a clock that leaps ahead costs the points it leapt over and no burst follows") {
    SimulatedClock clock;
    clock.set_lateness([](std::uint64_t sleep) { return sleep == 2 ? 10.05 : 0.0; });
    const LoopLog log = log_of(clock, {member("one", 0.001)}, ten_hertz(10));
    CHECK(log.skipped == 100);
    CHECK(log.missed == 1);
    for (std::size_t i = 4; i < log.cycles.size(); ++i) {
        CHECK(log.cycles[i].wake - log.cycles[i - 1].wake == 100ms);
    }
}

TEST_CASE("a module that never answers costs exactly its time-out and is named") {
    struct Silence {
        Stage stage;
        double timeout;
    };

    for (const Silence& silence : {Silence{Stage::collect, 0.03},
                                   Silence{Stage::decide, 0.05},
                                   Silence{Stage::emergency, 0.02}}) {
        SimulatedClock clock;
        const LoopLog log =
            log_of(clock,
                   {member("quick", 0), member("silent", kNeverAnswers, silence.stage)},
                   ten_hertz(10));
        for (const double busy : figures_of(log).busy) {
            CHECK(busy == doctest::Approx(silence.timeout).epsilon(1e-12));
        }
        CHECK(log.members[1].name == "silent");
        CHECK(log.members[1].asked == 10);
        CHECK(log.members[1].unanswered == 10);
        CHECK(log.members[1].responses.empty());
        CHECK(log.members[0].unanswered == 0);
        CHECK(log.missed == 0);
    }
}

TEST_CASE("three silent modules of three stages fill a cycle and miss nothing") {
    SimulatedClock clock;
    const LoopLog log = log_of(clock,
                               {member("a", kNeverAnswers),
                                member("b", kNeverAnswers, Stage::decide),
                                member("c", kNeverAnswers, Stage::emergency)},
                               ten_hertz(10));
    CHECK(log.missed == 0);
    CHECK(log.skipped == 0);
    CHECK(log.emergencies == 0);
}

TEST_CASE("modules of a stage are waited for together and responses are theirs") {
    SimulatedClock clock;
    const LoopLog log =
        log_of(clock, {member("a", 0.01), member("b", 0.02), member("c", 0.005)}, ten_hertz(4));
    CHECK(figures_of(log).busy[0] == doctest::Approx(0.02));
    CHECK(seconds_of_all(log.members[0].responses)[3] == doctest::Approx(0.01));
    CHECK(seconds_of_all(log.members[2].responses)[3] == doctest::Approx(0.005));
}

TEST_CASE("what was collected is seen by who decides, and what was decided in the next cycle") {
    SimulatedClock clock;
    std::vector<double> seen_by_collector, seen_by_decider, seen_by_guard;
    SimulatedMember collector = member("collector", 0);
    collector.value = [&](const Question& question) {
        seen_by_collector.push_back(question.board[1]);
        return static_cast<double>(question.cycle);
    };
    SimulatedMember decider = member("decider", 0, Stage::decide);
    decider.value = [&](const Question& question) {
        seen_by_decider.push_back(question.board[0]);
        return 10 * question.board[0];
    };
    SimulatedMember guard = member("guard", 0, Stage::emergency);
    guard.value = [&](const Question& question) {
        seen_by_guard.push_back(question.board[1]);
        return question.cycle == 2 ? 1.0 : 0.0;
    };
    const LoopLog log = log_of(clock, {collector, decider, guard}, ten_hertz(3));
    CHECK(seen_by_collector == std::vector<double>{0, 10, 20});
    CHECK(seen_by_decider == std::vector<double>{1, 2, 3});
    CHECK(seen_by_guard == std::vector<double>{10, 20, 30});
    CHECK(log.emergencies == 1);
}

TEST_CASE("who does not answer keeps what it said before") {
    SimulatedClock clock;
    std::vector<double> seen;
    SimulatedMember flaky = member("flaky", 0);
    flaky.service = [](std::uint64_t cycle) { return cycle == 2 ? 0.031 : 0.0; };
    flaky.value = [](const Question& question) { return static_cast<double>(question.cycle); };
    SimulatedMember decider = member("decider", 0, Stage::decide);
    decider.value = [&](const Question& question) {
        seen.push_back(question.board[0]);
        return 0.0;
    };
    const LoopLog log = log_of(clock, {flaky, decider}, ten_hertz(3));
    CHECK(seen == std::vector<double>{1, 1, 3});
    CHECK(log.members[0].unanswered == 1);
}

TEST_CASE("a loop ends when it is told to, with the cycles that were whole") {
    SimulatedClock clock;
    SimulatedCrew crew(clock, {member("one", 0)});
    int asked = 0;
    const LoopLog log = run_loop(ten_hertz(100), clock, crew, [&] { return ++asked > 7; });
    CHECK(log.cycles.size() == 7);
}

TEST_CASE("a loop without modules or with settings that make no sense is refused") {
    SimulatedClock clock;
    SimulatedCrew nobody(clock, {});
    CHECK_THROWS_WITH_AS((void)run_loop(ten_hertz(1), clock, nobody, [] { return false; }),
                         "0 modules: expected 1 to 16",
                         std::invalid_argument);
    SimulatedCrew many(clock, std::vector<SimulatedMember>(17, member("one", 0)));
    CHECK_THROWS_AS((void)run_loop(ten_hertz(1), clock, many, [] { return false; }),
                    std::invalid_argument);
    SimulatedCrew one(clock, {member("one", 0)});
    LoopSettings settings = ten_hertz(1);
    settings.period = 0;
    CHECK_THROWS_AS((void)run_loop(settings, clock, one, [] { return false; }),
                    std::invalid_argument);
}

} // namespace loop_test
