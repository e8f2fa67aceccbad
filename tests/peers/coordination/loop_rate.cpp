// Loops of this project's kernel by the clock on the wall: how near they come to their rate, how
// late they wake up, whether nine tenths of a period as load make them drift, and what sleeping
// relatively does instead. A person reads it; README.md says how.
//
//   loop_rate [SECONDS]
#include "coordination/loop.hpp"
#include "coordination/loop_figures.hpp"
#include "coordination/scheduling.hpp"
#include "coordination/synthetic_module.hpp"
#include "coordination/thread_crew.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace co = assay::coordination;

struct Trial {
    const char* name;
    double rate; // Hz
    co::Pacing pacing;
    double load; // share of the period that modules compute for
};

constexpr Trial kTrials[] = {
    {"absolute, 2 ms of work", 10, co::Pacing::absolute, 0.02},
    {"absolute, 0.9 of the period", 10, co::Pacing::absolute, 0.9},
    {"relative, 2 ms of work", 10, co::Pacing::relative, 0.02},
    {"absolute, 2 ms of work", 100, co::Pacing::absolute, 0.2},
    {"relative, 2 ms of work", 100, co::Pacing::relative, 0.2},
    {"absolute, 0.1 ms of work", 1000, co::Pacing::absolute, 0.1},
};

// Each stage within its time-out of 0.3, 0.5 and 0.2 of the period.
std::vector<std::unique_ptr<co::Module>> modules_of(const Trial& trial) {
    struct Part {
        const char* name;
        co::Stage stage;
        double share;
    };

    std::vector<std::unique_ptr<co::Module>> modules;
    for (const Part& part : {Part{"collector", co::Stage::collect, 0.3},
                             {"decider", co::Stage::decide, 0.5},
                             {"guard", co::Stage::emergency, 0.2}}) {
        modules.push_back(std::make_unique<co::SyntheticModule>(
            co::SyntheticShape{.name = part.name,
                               .stage = part.stage,
                               .service = part.share * trial.load / trial.rate}));
    }
    return modules;
}

void run(const Trial& trial, double seconds) {
    const co::FineTimers fine;
    co::ThreadCrew crew(modules_of(trial));
    co::MonotonicClock clock;
    co::LoopSettings settings = co::settings_at(trial.rate);
    settings.pacing = trial.pacing;
    settings.cycles = static_cast<std::uint64_t>(seconds * trial.rate);
    const co::LoopLog log = co::run_loop(settings, clock, crew, [] { return false; });
    const co::LoopFigures figures = co::figures_of(log);
    const co::Distribution late = co::distribution_of(figures.lateness);
    std::uint64_t unanswered = 0;
    for (const co::MemberLog& member : log.members) {
        unanswered += member.unanswered;
    }
    std::printf("| %g Hz %s | %zu | %.5f | %.1e | %.3f | %.0f / %.0f / %.0f / %.0f | %llu | %llu | "
                "%llu |\n",
                trial.rate,
                trial.name,
                late.n,
                figures.frequency,
                std::abs(figures.frequency / trial.rate - 1),
                1e3 * figures.drift,
                1e6 * late.p50,
                1e6 * late.p95,
                1e6 * late.p99,
                1e6 * late.max,
                static_cast<unsigned long long>(log.missed),
                static_cast<unsigned long long>(log.skipped),
                static_cast<unsigned long long>(unanswered));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 30;
    if (!(seconds >= 1 && seconds <= 3600)) {
        std::fprintf(stderr, "usage: loop_rate [SECONDS], 1 to 3600\n");
        return 2;
    }
    std::string load;
    std::getline(std::ifstream("/proc/loadavg"), load);
    const co::Scheduling scheduling = co::scheduling_here();
    std::printf("%g s each, load %s, %s, RLIMIT_RTPRIO %llu, mlockall: %s\n\n",
                seconds,
                load.c_str(),
                scheduling.policy.c_str(),
                static_cast<unsigned long long>(scheduling.realtime_limit),
                scheduling.may_lock_memory.c_str());
    std::printf(
        "| loop | n | Hz | error | drift, ms | lateness p50 / p95 / p99 / max, us | missed | "
        "skipped | unanswered |\n|---|---|---|---|---|---|---|---|---|\n");
    for (const Trial& trial : kTrials) {
        run(trial, seconds);
    }
}
