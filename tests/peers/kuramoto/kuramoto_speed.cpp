// Steps of a mean field of order 4, this library's and Boost.Odeint's in turns, and the sines and
// cosines alone that both need: nanoseconds of an oscillator and stage. A person reads it;
// README.md says how.
#include "case_inputs.hpp"
#include "isa_level/isa_level.hpp"
#include "kuramoto/aligned_values.hpp"
#include "kuramoto/phase_loops.hpp"
#include "solver.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace assay::kuramoto_suite;
namespace kuramoto = assay::kuramoto;

constexpr std::size_t kRounds = 41;
constexpr double kStages = 4;

template <class Work>
double nanoseconds(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin)
        .count();
}

struct Quartiles {
    double low, median, high;
};

Quartiles quartiles_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return {values[n / 4], values[n / 2], values[n * 3 / 4]};
}

void print(const char* what, const std::vector<double>& values) {
    const Quartiles q = quartiles_of(values);
    std::printf("  %-28s %8.3f  [%.3f, %.3f]\n", what, q.median, q.low, q.high);
}

void compare(std::size_t n) {
    const Inputs inputs = drawn_inputs("mean_field", n, 1);
    const auto ours = make_solver(inputs.problem, inputs.start, {.impl = Implementation::assay});
    const auto peer = make_solver(inputs.problem, inputs.start, {.impl = Implementation::odeint});
    kuramoto::AlignedValues theta{std::span<const double>(inputs.start)}, sin(n), cos(n);
    const std::size_t steps = std::max<std::size_t>(1, 2'000'000 / n);
    const double work = kStages * static_cast<double>(n * steps);
    std::vector<double> our_times, peer_times, ratios, bound;
    for (std::size_t round = 0; round < kRounds; ++round) {
        const auto stepped = [&](Solver& solver) {
            solver.restart(inputs.start);
            solver.step(); // warm
            return nanoseconds([&] {
                       for (std::size_t step = 0; step < steps; ++step) {
                           solver.step();
                       }
                   }) /
                   work;
        };
        const bool first = round % 2 == 0;
        const double a = stepped(first ? *ours : *peer);
        const double b = stepped(first ? *peer : *ours);
        our_times.push_back(first ? a : b);
        peer_times.push_back(first ? b : a);
        ratios.push_back(peer_times.back() / our_times.back());
        bound.push_back(nanoseconds([&] {
                            for (std::size_t step = 0; step < steps; ++step) {
                                kuramoto::phase_loops().sincos(
                                    theta.data(), sin.data(), cos.data(), n);
                            }
                        }) /
                        static_cast<double>(n * steps));
    }
    std::printf("N = %zu\n", n);
    print("assay, ns/osc/stage", our_times);
    print("Boost.Odeint, ns/osc/stage", peer_times);
    print("odeint / assay, in pairs", ratios);
    print("sin and cos alone, ns/osc", bound);
}

} // namespace

int main() {
    std::printf("median [quartiles] of %zu rounds in turns, %s, Boost %s\n",
                kRounds,
                std::string(assay::name_of(assay::isa_level())).c_str(),
                odeint_version());
    for (const std::size_t n : {100, 1000, 10'000, 100'000, 1'000'000}) {
        compare(n);
    }
    return 0;
}
