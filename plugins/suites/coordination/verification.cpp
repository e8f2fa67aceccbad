#include "verification.hpp"

#include "coordination/loop.hpp"
#include "coordination/loop_figures.hpp"
#include "coordination/simulation.hpp"
#include "coordination/thread_crew.hpp"

#include <assay/suite.hpp>

#include <cmath>
#include <string>

namespace assay::coordination_suite {

namespace co = coordination;

namespace {

constexpr std::uint64_t kSimulatedCycles = 100;
constexpr double kSimulatedLoad = 0.9, kOverrun = 2.5;
constexpr std::uint64_t kOverrunIn = 7, kQuestions = 50;
constexpr double kReferenceBound = 1e-9;
constexpr auto kPatience = std::chrono::seconds(20); // for an answer of microseconds

void hold(bool is_right, const std::string& what) {
    if (!is_right) {
        throw assay::wrong_result(what);
    }
}

// A loop whose cycle takes so many periods, by the cycle.
co::LoopLog simulated(const co::LoopSettings& settings,
                      const std::function<double(std::uint64_t)>& periods) {
    co::SimulatedClock clock;
    co::SimulatedMember load{.name = "load"};
    load.value = [&](const co::Question& question) {
        clock.advance(co::time_of(periods(question.cycle) * settings.period));
        return 0.0;
    };
    co::SimulatedCrew crew(clock, {load});
    return co::run_loop(settings, clock, crew, [] { return false; });
}

void check_silence(const co::LoopSettings& settings) {
    co::SimulatedClock clock;
    co::SimulatedMember silent{.name = "silent"};
    silent.service = [](std::uint64_t) { return co::kNeverAnswers; };
    co::SimulatedCrew crew(clock, {silent});
    const co::LoopLog log = co::run_loop(settings, clock, crew, [] { return false; });
    hold(log.members[0].unanswered == settings.cycles,
         "a module that never answers was taken to answer");
    for (const co::CycleRecord& cycle : log.cycles) {
        hold(cycle.done - cycle.wake == co::time_of(settings.module_timeout),
             "a module that never answers does not cost exactly its time-out");
    }
}

using Modules = std::vector<std::unique_ptr<co::Module>>;

// Asked one by one on this thread.
void ask_all(Modules& modules, co::Stage stage, const co::Question& question, co::Board& answers) {
    for (std::size_t i = 0; i < modules.size(); ++i) {
        if (modules[i]->stage() == stage) {
            answers[i] = modules[i]->answer(question, {});
        }
    }
}

// Asked as the loop does, with more patience.
void ask_crew(co::ThreadCrew& crew,
              co::Stage stage,
              const co::Question& question,
              co::Board& answers) {
    co::MonotonicClock clock;
    crew.ask(stage, question);
    crew.wait(stage, clock.now() + kPatience);
    for (std::size_t i = 0; i < crew.size(); ++i) {
        if (crew.stage(i) == stage) {
            const auto answer = crew.answer(i);
            hold(answer.has_value(),
                 std::string(crew.name(i)) + " did not answer within 20 s " + crew.failure());
            answers[i] = answer->value;
        }
    }
}

struct Expectation {
    Modules modules;
    const char* as_what;
    double bound;
};

// Cycle after cycle, stage after stage, each asked once. Returns how many answers were compared.
template <class Ask>
std::uint64_t compare(Expectation expected, double period, const Ask& ask) {
    std::uint64_t compared = 0;
    co::Question question{.period = period};
    for (question.cycle = 1; question.cycle <= kQuestions; ++question.cycle) {
        for (const co::Stage stage :
             {co::Stage::collect, co::Stage::decide, co::Stage::emergency}) {
            co::Board right = question.board, found = question.board;
            ask_all(expected.modules, stage, question, right);
            ask(stage, question, found);
            for (std::size_t i = 0; i < expected.modules.size(); ++i) {
                hold(std::abs(found[i] - right[i]) <= expected.bound,
                     std::string(expected.modules[i]->name()) + " answered " +
                         std::to_string(found[i]) + " in cycle " + std::to_string(question.cycle) +
                         ", expected " + std::to_string(right[i]) + " as " + expected.as_what +
                         " does");
                compared += expected.modules[i]->stage() == stage ? 1 : 0;
            }
            question.board = right;
        }
    }
    return compared;
}

} // namespace

void check_deadlines(const co::LoopSettings& given) {
    co::LoopSettings settings = given;
    settings.cycles = kSimulatedCycles;
    settings.pacing = co::Pacing::absolute;
    const co::LoopLog loaded = simulated(settings, [](std::uint64_t) { return kSimulatedLoad; });
    hold(co::figures_of(loaded).drift == 0 && loaded.missed == 0 && loaded.skipped == 0,
         "a loop that is busy for 0.9 of its period drifts, or misses a deadline");
    const co::LoopLog overrun = simulated(
        settings, [](std::uint64_t cycle) { return cycle == kOverrunIn ? kOverrun : 0.0; });
    hold(overrun.missed == 1 && overrun.skipped == 2,
         "an overrun of 2.5 periods counts " + std::to_string(overrun.missed) + " misses and " +
             std::to_string(overrun.skipped) + " skipped points, expected 1 and 2");
    hold(co::figures_of(overrun).drift == 0, "an overrun moves the grid of deadlines");
    check_silence(settings);
}

std::uint64_t check_modules(const ModuleSetup& setup) {
    co::ThreadCrew crew(make_modules(setup));
    std::uint64_t compared =
        compare({make_modules(setup), "the same module on one thread", 0},
                setup.period,
                [&](co::Stage stage, const co::Question& question, co::Board& answers) {
                    ask_crew(crew, stage, question, answers);
                });
    ModuleSetup slow = setup;
    slow.is_reference = true;
    Modules fast = make_modules(setup);
    compared += compare({make_modules(slow), "its slow reference", kReferenceBound},
                        setup.period,
                        [&](co::Stage stage, const co::Question& question, co::Board& answers) {
                            ask_all(fast, stage, question, answers);
                        });
    return compared;
}

} // namespace assay::coordination_suite
