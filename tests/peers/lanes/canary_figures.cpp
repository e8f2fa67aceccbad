// What a neighbour does to the canary of the admission test on this machine, with ordinary priority
// and with SCHED_IDLE, as a lane that only prepares could run. Run by hand:
//
//   canary_figures [SECONDS]
#include "lanes/canary.hpp"
#include "lanes/processor_supply.hpp"

#include <cstdio>
#include <cstdlib>

using namespace assay;

namespace {

void print(const char* neighbour, const lanes::CanaryFindings& found) {
    for (const measure::KernelKind kernel :
         {measure::KernelKind::alu, measure::KernelKind::memory}) {
        const auto slowdown = found.test.slowdown(kernel);
        if (slowdown) {
            std::printf("%-28s %-7s %6zu pairs  %s (%s)\n",
                        neighbour,
                        std::string(measure::name_of(kernel)).c_str(),
                        slowdown->pairs,
                        lanes::text_of(*slowdown).c_str(),
                        slowdown->of_wall_time ? "wall time" : "CPU time");
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 3;
    const lanes::ProcessorSupply supply = lanes::processor_supply();
    if (!(seconds > 0) || supply.cpus.empty()) {
        std::fprintf(stderr, "canary_figures: SECONDS must be a positive number\n");
        return 2;
    }
    const int cpu = supply.cpus.front();
    const auto run = [seconds](std::vector<int> cpus, bool fixed, lanes::NeighbourKind kind) {
        return lanes::run_canary({.cpus = std::move(cpus),
                                  .fixed = fixed,
                                  .seconds = seconds,
                                  .neighbour = kind,
                                  .whole_time = true});
    };
    using enum lanes::NeighbourKind;
    print("nobody", run(supply.cpus, false, none));
    print("on another CPU", run(supply.cpus, false, usual));
    print("on another CPU, SCHED_IDLE", run(supply.cpus, false, idle_priority));
    print("on the same CPU", run({cpu, cpu}, true, usual));
    print("on the same CPU, SCHED_IDLE", run({cpu, cpu}, true, idle_priority));
    const lanes::CanaryFindings decided = lanes::run_canary({.cpus = supply.cpus});
    std::printf("decided after %.2f s: %s\n",
                decided.seconds,
                decided.test.ruling() == lanes::Ruling::admitted  ? "a second lane may measure"
                : decided.test.ruling() == lanes::Ruling::refused ? "one lane measures at a time"
                                                                  : "open, so one lane");
    return 0;
}
