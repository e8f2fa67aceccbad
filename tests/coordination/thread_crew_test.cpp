// Modules on threads. What is asserted of time is that something took at least as long as it must.
#include "coordination/loop.hpp"
#include "coordination/loop_figures.hpp"
#include "coordination/synthetic_module.hpp"
#include "coordination/thread_crew.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <semaphore>
#include <stdexcept>
#include <utility>

namespace thread_crew_test {

using namespace assay::coordination;
using namespace std::chrono_literals;

namespace {

using Modules = std::vector<std::unique_ptr<Module>>;

std::unique_ptr<Module> synthetic(SyntheticShape shape) {
    return std::make_unique<SyntheticModule>(std::move(shape));
}

Modules three() {
    Modules modules;
    modules.push_back(synthetic({.name = "net"}));
    modules.push_back(synthetic({.name = "policy", .stage = Stage::decide}));
    modules.push_back(synthetic({.name = "alert", .stage = Stage::emergency}));
    return modules;
}

class Thrower final : public Module {
public:
    std::string_view name() const override { return "thrower"; }

    Stage stage() const override { return Stage::collect; }

    double answer(const Question&, std::stop_token) override {
        throw std::runtime_error("no answer is 42");
    }

    void restart() override {}
};

// Answers once for each time that it is let.
class Gated final : public Module {
public:
    std::string_view name() const override { return "gated"; }

    Stage stage() const override { return Stage::collect; }

    double answer(const Question& question, std::stop_token) override {
        gate.acquire();
        return static_cast<double>(question.cycle);
    }

    void restart() override {}

    std::counting_semaphore<> gate{0};
};

// Long: a machine under load must not make these tests fail.
constexpr auto kPatience = 20s;

LoopSettings fast(std::uint64_t cycles) {
    LoopSettings settings = settings_at(200);
    settings.cycles = cycles;
    return settings;
}

bool never() {
    return false;
}

} // namespace

TEST_CASE("members of the stage that is asked answer, and no others") {
    ThreadCrew crew(three());
    MonotonicClock clock;
    crew.ask(Stage::collect, {.cycle = 7});
    crew.wait(Stage::collect, clock.now() + kPatience);
    REQUIRE(crew.answer(0));
    CHECK(crew.answer(0)->value == 7);
    CHECK(crew.answer(0)->response >= 0ns);
    CHECK_FALSE(crew.answer(1));
    CHECK_FALSE(crew.answer(2));
    CHECK(crew.name(1) == "policy");
    CHECK(crew.stage(2) == Stage::emergency);
}

TEST_CASE("a response takes at least as long as the module works") {
    Modules modules;
    modules.push_back(synthetic({.name = "slow", .service = 0.01}));
    ThreadCrew crew(std::move(modules));
    MonotonicClock clock;
    crew.ask(Stage::collect, {.cycle = 1});
    crew.wait(Stage::collect, clock.now() + kPatience);
    REQUIRE(crew.answer(0));
    CHECK(crew.answer(0)->response >= 10ms);
}

TEST_CASE("who never answers is waited for until the deadline and fills its queue alone") {
    Modules modules = three();
    modules.push_back(synthetic({.name = "silent", .never_answers = true}));
    ThreadCrew crew(std::move(modules));
    MonotonicClock clock;
    for (std::uint64_t cycle = 1; cycle <= 6; ++cycle) {
        const Time deadline = clock.now() + 2ms;
        crew.ask(Stage::collect, {.cycle = cycle});
        crew.wait(Stage::collect, deadline);
        CHECK(clock.now() >= deadline);
        CHECK_FALSE(crew.answer(3));
        // The other of the stage answers, however long a busy machine keeps it from that.
        const Time patience = clock.now() + kPatience;
        while (!crew.answer(0) && clock.now() < patience) {
            crew.wait(Stage::collect, clock.now() + 1ms);
        }
    }
    // One is being answered for ever and two wait, unless the first was not even taken yet.
    CHECK(crew.counts(3).refused >= 3);
    CHECK(crew.counts(3).refused <= 4);
    CHECK(crew.counts(0).refused == 0);
    CHECK(crew.failure() == "");
}

TEST_CASE("an answer to an older question is late and never taken for one to the last") {
    Modules modules;
    auto gated = std::make_unique<Gated>();
    std::counting_semaphore<>& gate = gated->gate;
    modules.push_back(std::move(gated));
    ThreadCrew crew(std::move(modules));
    MonotonicClock clock;
    crew.ask(Stage::collect, {.cycle = 1});
    crew.ask(Stage::collect, {.cycle = 2});
    gate.release(2);
    crew.wait(Stage::collect, clock.now() + kPatience);
    REQUIRE(crew.answer(0));
    CHECK(crew.answer(0)->value == 2);
    CHECK(crew.counts(0).late == 1);
}

TEST_CASE("what a module throws is told by its name") {
    Modules modules;
    modules.push_back(std::make_unique<Thrower>());
    ThreadCrew crew(std::move(modules));
    MonotonicClock clock;
    crew.ask(Stage::collect, {.cycle = 1});
    crew.wait(Stage::collect, clock.now() + kPatience);
    CHECK_FALSE(crew.answer(0));
    CHECK(crew.failure() == "thrower: no answer is 42");
    crew.restart();
    CHECK(crew.failure() == "");
}

TEST_CASE("a loop with real threads asks every module once a cycle") {
    ThreadCrew crew(three());
    MonotonicClock clock;
    const LoopLog log = run_loop(fast(20), clock, crew, never);
    REQUIRE(log.cycles.size() == 20);
    for (const MemberLog& member : log.members) {
        CHECK(member.asked == 20);
        CHECK(member.responses.size() + member.unanswered == 20);
    }
    for (const CycleRecord& cycle : log.cycles) {
        CHECK(cycle.wake >= cycle.due);
        CHECK((cycle.due - log.cycles[0].due) % log.period == 0ns);
    }
    CHECK(log.cycles.back().index >= 20);
    CHECK(log.cycles.back().index == 20 + log.skipped - log.cycles.back().skipped);
}

TEST_CASE("a silent module costs a loop its time-out and not more modules their answers") {
    Modules modules = three();
    modules.push_back(synthetic({.name = "silent", .never_answers = true}));
    ThreadCrew crew(std::move(modules));
    MonotonicClock clock;
    const LoopSettings settings = fast(10);
    const LoopLog log = run_loop(settings, clock, crew, never);
    CHECK(log.members[3].unanswered == 10);
    for (const double busy : figures_of(log).busy) {
        CHECK(busy >= settings.module_timeout - 1e-9);
    }
}

TEST_CASE("after a restart nothing of an earlier run is left") {
    Modules modules = three();
    modules.push_back(synthetic({.name = "silent", .never_answers = true}));
    ThreadCrew crew(std::move(modules));
    MonotonicClock clock;
    for (std::uint64_t cycle = 1; cycle <= 5; ++cycle) {
        crew.ask(Stage::collect, {.cycle = cycle});
    }
    crew.restart();
    CHECK(crew.counts(3).refused == 0);
    CHECK(crew.counts(3).late == 0);
    CHECK_FALSE(crew.answer(0));
    crew.ask(Stage::decide, {.cycle = 9});
    crew.wait(Stage::decide, clock.now() + kPatience);
    REQUIRE(crew.answer(1));
    CHECK(crew.answer(1)->value == 9);
}

} // namespace thread_crew_test
