// A step of each method beside the transforms that it contains, in turns in one process; the median
// over processes.
//
//   measure_cgl [n ...]        64 128 256 512
//   measure_cgl --launch n     one process: seconds of a pair, of a step of each method
#include "initial_field.hpp"
#include "isa_level/isa_level.hpp"
#include "solver.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace assay::cgl;

constexpr std::size_t kLaunches = 7, kRounds = 15;
constexpr double kRoundSeconds = 0.01;

struct Subject {
    std::string name;
    std::size_t pairs = 1; // of transforms in one step
    std::function<void(std::size_t)> steps;
};

double seconds_of(const std::function<void()>& body) {
    const auto before = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

template <class Real>
Subject solver_of(Method method, const Grid& grid, std::string name) {
    const auto solver = std::make_shared<Solver<Real>>(
        grid, Equation{.c1 = 2, .c2 = -1}, Stepping{.method = method, .dt = 0.05}, PlanOptions{});
    solver->set_field(initial_field(InitialField::noise, grid, 1));
    solver->advance(200); // a field as it is on the way
    return {std::move(name), fft_pairs(method), [solver](std::size_t steps) {
                solver->advance_unchecked(steps);
            }};
}

template <class Real>
Subject pair_of(const Grid& grid, std::string name) {
    const auto fft = std::make_shared<FourierPair<Real>>(grid.n, PlanOptions{});
    const auto field = std::make_shared<FieldBuffer<Real>>(grid.points());
    const auto modes = std::make_shared<FieldBuffer<Real>>(grid.points());
    return {std::move(name), 1, [=](std::size_t pairs) {
                for (std::size_t i = 0; i < pairs; ++i) {
                    fft->forward(field->data(), modes->data());
                    fft->backward(modes->data(), field->data());
                }
            }};
}

int launch(std::size_t n) {
    const Grid grid{.n = n, .length = 100};
    const std::vector<Subject> subjects{pair_of<double>(grid, "pair"),
                                        solver_of<double>(Method::strang, grid, "strang"),
                                        solver_of<double>(Method::etd2rk, grid, "etd2rk"),
                                        solver_of<double>(Method::etdrk4, grid, "etdrk4"),
                                        pair_of<float>(grid, "pair_f32"),
                                        solver_of<float>(Method::strang, grid, "strang_f32"),
                                        solver_of<float>(Method::etdrk4, grid, "etdrk4_f32")};
    std::vector<std::size_t> steps;
    for (const Subject& subject : subjects) {
        const double once = seconds_of([&] { subject.steps(4); }) / 4;
        steps.push_back(static_cast<std::size_t>(std::max(4.0, kRoundSeconds / once)));
    }
    std::vector<std::vector<double>> each(subjects.size());
    for (std::size_t round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            each[i].push_back(seconds_of([&] { subjects[i].steps(steps[i]); }) /
                              static_cast<double>(steps[i]));
        }
    }
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        std::printf("%s %zu %.9g\n", subjects[i].name.c_str(), subjects[i].pairs, median(each[i]));
    }
    return 0;
}

struct Line {
    std::string name;
    std::size_t pairs = 1;
    std::vector<double> seconds = {}, shares = {};
};

void take_launch(const std::string& self, std::size_t n, std::vector<Line>& lines) {
    const std::string command = "'" + self + "' --launch " + std::to_string(n);
    std::FILE* const pipe = popen(command.c_str(), "r"); // NOLINT(cert-env33-c)
    if (pipe == nullptr) {
        throw std::runtime_error("cannot start " + command);
    }
    std::array<char, 64> name{};
    std::size_t pairs = 0;
    double seconds = 0, pair = 0;
    for (std::size_t i = 0; std::fscanf(pipe, "%63s %zu %lf", name.data(), &pairs, &seconds) == 3;
         ++i) {
        if (lines.size() <= i) {
            lines.push_back({.name = name.data(), .pairs = pairs});
        }
        pair = lines[i].name.starts_with("pair") ? seconds : pair;
        lines[i].seconds.push_back(seconds);
        lines[i].shares.push_back(pair * static_cast<double>(pairs) / seconds);
    }
    if (pclose(pipe) != 0) {
        throw std::runtime_error(command + " failed");
    }
}

void measure(const std::string& self, std::size_t n) {
    std::vector<Line> lines;
    for (std::size_t i = 0; i < kLaunches; ++i) {
        take_launch(self, n, lines);
    }
    for (const Line& line : lines) {
        const auto [least, most] = std::ranges::minmax(line.shares);
        std::printf("%5zu  %-11s %10.2f us %11.0f /s   %5.3f (%.3f to %.3f)\n",
                    n,
                    line.name.c_str(),
                    1e6 * median(line.seconds),
                    1 / median(line.seconds),
                    median(line.shares),
                    least,
                    most);
    }
}

} // namespace

int main(int argc, char** argv) {
    try {
        const std::vector<std::string> words(argv + 1, argv + argc);
        if (words.size() == 2 && words[0] == "--launch") {
            return launch(std::stoul(words[1]));
        }
        std::printf(
            "%s, %s, %zu launches\n    n  method            a step    steps            share "
            "of its transforms (range)\n",
            fft_version().c_str(),
            std::string(name_of(assay::isa_level())).c_str(),
            kLaunches);
        for (const std::string& n :
             words.empty() ? std::vector<std::string>{"64", "128", "256", "512"} : words) {
            measure(argv[0], std::stoul(n));
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "measure_cgl: %s\n", error.what());
        return 3;
    }
}
