// Seconds of a step, and the field before and after some: the side of Assay of compare_with_numpy.
//
//   cgl_steps strang 128 100 before.bin after.bin     # complex double, row by row
#include "initial_field.hpp"
#include "solver.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace assay::cgl;

constexpr std::size_t kRounds = 15;

void write_field(const std::string& path, const ComplexField& field) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(field.data()), // NOLINT: bytes are what is written
               static_cast<std::streamsize>(field.size() * sizeof(field[0])));
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

double seconds_of_a_step(Solver<double>& solver, std::size_t steps) {
    std::vector<double> rounds;
    for (std::size_t round = 0; round < kRounds; ++round) {
        const auto before = std::chrono::steady_clock::now();
        solver.advance_unchecked(steps);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
        rounds.push_back(took.count() / static_cast<double>(steps));
    }
    solver.check_finite();
    std::ranges::sort(rounds);
    return rounds[kRounds / 2];
}

void run(const std::vector<std::string>& words) {
    const Grid grid{.n = std::stoul(words.at(1)), .length = 100};
    const std::size_t steps = std::stoul(words.at(2));
    Solver<double> solver(grid,
                          Equation{.c1 = 2, .c2 = -1},
                          Stepping{.method = method_from(words.at(0)), .dt = 0.05},
                          PlanOptions{});
    ComplexField field = initial_field(InitialField::noise, grid, 1);
    write_field(words.at(3), field);
    solver.set_field(field);
    solver.advance(steps);
    solver.read_field(field);
    write_field(words.at(4), field);
    std::printf("%.9g\n", seconds_of_a_step(solver, steps));
}

} // namespace

int main(int argc, char** argv) {
    try {
        run(std::vector<std::string>(argv + 1, argv + argc));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "cgl_steps: %s\n", error.what());
        return 3;
    }
}
