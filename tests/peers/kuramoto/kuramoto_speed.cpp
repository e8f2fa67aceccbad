// Steps of a mean field of order 4, this library's and Boost.Odeint's in turns, and the sines and
// cosines alone that both need: nanoseconds of an oscillator and stage. Steps of dense coupling,
// and reading their matrix alone: bytes of it a second. A person reads it; README.md says how.
#include "bound_loops.hpp"
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

const kuramoto_speed::BoundLoops& kuramoto_speed::bound_loops() noexcept {
#if defined(__x86_64__)
    return assay::for_level<const BoundLoops&() noexcept>(
        {v1::bound_loops, v3::bound_loops, v4::bound_loops})();
#else
    return v1::bound_loops();
#endif
}

namespace {

using namespace assay::kuramoto_suite;
using namespace kuramoto_speed;
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

// Of `steps` steps after one that warms.
double time_of(Solver& solver, const Inputs& inputs, std::size_t steps) {
    solver.restart(inputs.start);
    solver.step();
    return nanoseconds([&] {
        for (std::size_t step = 0; step < steps; ++step) {
            solver.step();
        }
    });
}

void compare_field(std::size_t n) {
    const Inputs inputs = drawn_inputs("mean_field", n, 1);
    const auto ours = make_solver(inputs.problem, inputs.start, {.impl = Implementation::assay});
    const auto peer = make_solver(inputs.problem, inputs.start, {.impl = Implementation::odeint});
    kuramoto::AlignedValues theta{std::span<const double>(inputs.start)}, sin(n, 1), cos(n, 2);
    const std::size_t room = kuramoto::padded(n);
    const std::size_t steps = std::max<std::size_t>(1, 2'000'000 / n);
    const auto repeated = [&](auto&& work) {
        return nanoseconds([&] {
                   for (std::size_t step = 0; step < steps; ++step) {
                       work();
                   }
               }) /
               static_cast<double>(n * steps);
    };
    const double work = kStages * static_cast<double>(n * steps);
    std::vector<double> our_times, peer_times, ratios, own_sines, library_sines, shares;
    for (std::size_t round = 0; round < kRounds; ++round) {
        const bool first = round % 2 == 0;
        const double a = time_of(first ? *ours : *peer, inputs, steps) / work;
        const double b = time_of(first ? *peer : *ours, inputs, steps) / work;
        our_times.push_back(first ? a : b);
        peer_times.push_back(first ? b : a);
        ratios.push_back(peer_times.back() / our_times.back());
        own_sines.push_back(repeated(
            [&] { kuramoto::phase_loops().sincos(theta.data(), sin.data(), cos.data(), n); }));
        library_sines.push_back(
            repeated([&] { bound_loops().sines(theta.data(), sin.data(), cos.data(), room); }));
        shares.push_back(std::min(own_sines.back(), library_sines.back()) / our_times.back());
    }
    std::printf("mean field, N = %zu\n", n);
    print("assay, ns/osc/stage", our_times);
    print("Boost.Odeint, ns/osc/stage", peer_times);
    print("odeint / assay, in pairs", ratios);
    print("its sines alone, ns/osc", own_sines);
    print("libmvec's sines, ns/osc", library_sines);
    print("the faster's share of a stage", shares);
}

void compare_dense(std::size_t n) {
    const Inputs inputs = drawn_inputs("dense", n, 1);
    const auto ours = make_solver(inputs.problem, inputs.start, {.impl = Implementation::assay});
    const kuramoto::AlignedValues matrix(n * kuramoto::padded(n));
    const std::size_t steps = std::max<std::size_t>(1, 20'000'000 / (n * n));
    const double bytes = static_cast<double>(n * n * sizeof(double)) * kStages;
    std::vector<double> stepped, read, shares;
    volatile double kept = 0;
    for (std::size_t round = 0; round < kRounds; ++round) {
        stepped.push_back(bytes * static_cast<double>(steps) / time_of(*ours, inputs, steps));
        read.push_back(bytes * static_cast<double>(steps) / nanoseconds([&] {
                           for (std::size_t reading = 0; reading < 4 * steps; ++reading) {
                               kept = kept + bound_loops().read(matrix.data(), matrix.size());
                           }
                       }));
        shares.push_back(stepped.back() / read.back());
    }
    std::printf("dense coupling, N = %zu\n", n);
    print("assay, GB/s of its matrix", stepped);
    print("reading it alone, GB/s", read);
    print("assay / reading alone", shares);
}

} // namespace

int main() {
    std::printf("median [quartiles] of %zu rounds in turns, %s, Boost %s\n",
                kRounds,
                std::string(assay::name_of(assay::isa_level())).c_str(),
                odeint_version());
    for (const std::size_t n : {100, 500, 1000, 10'000, 100'000, 1'000'000}) {
        compare_field(n);
    }
    for (const std::size_t n : {100, 300, 500, 1000}) {
        compare_dense(n);
    }
    return 0;
}
