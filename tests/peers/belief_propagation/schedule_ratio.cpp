// How the residual schedule stands to the sequential one, to equal tolerance on the same graphs:
// runs of the two alternate, so that what else the machine does meets both.
//
//   schedule_ratio [SEEDS] [MILLISECONDS_PER_GRAPH]
#include "active_inference/belief_propagation/belief_propagation.hpp"
#include "active_inference/belief_propagation/random_factor_graph.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace assay::active_inference;

namespace {

using Clock = std::chrono::steady_clock;

struct Shape {
    std::string name;
    std::function<FactorGraph(std::uint64_t seed)> graph;
};

std::vector<Shape> shapes() {
    const auto draw = [](std::size_t states, double coupling) {
        return GraphDraw{.states_min = states, .states_max = states, .coupling = coupling};
    };
    const auto grid = [&](std::size_t side, std::size_t states, double coupling) {
        return Shape{"grid_" + std::to_string(side) + "x" + std::to_string(side) + "_" +
                         std::to_string(states),
                     [=](std::uint64_t seed) {
                         return random_grid({side, side}, draw(states, coupling), seed);
                     }};
    };
    const GraphDraw mixed{.states_min = 2, .states_max = 5, .coupling = 0.3};
    return {grid(5, 4, 0.3),
            grid(10, 2, 0.3),
            grid(30, 2, 0.3),
            grid(50, 2, 0.3),
            grid(20, 8, 0.2),
            grid(100, 2, 0.2),
            {"ring_100_3", [=](auto seed) { return random_ring(100, draw(3, 0.3), seed); }},
            {"random_10",
             [=](auto seed) {
                 return random_pairs({.variables = 10, .edge_probability = 0.3}, mixed, seed);
             }},
            {"random_20",
             [=](auto seed) {
                 return random_pairs({.variables = 20, .edge_probability = 0.2}, mixed, seed);
             }},
            {"chain_1000_4", [=](auto seed) { return random_chain(1000, draw(4, 1), seed); }},
            {"tree_1000_3",
             [=](auto seed) { return random_tree({.variables = 1000}, draw(3, 1), seed); }}};
}

// One schedule on one graph: a run per call, its time kept.
struct Timed {
    BeliefPropagation solver;
    PropagationOutcome outcome;
    std::vector<double> times_us;

    Timed(const FactorGraph& graph, MessageOrder schedule)
        : solver(graph, {.schedule = schedule, .tolerance = 1e-9}) {}

    void run() {
        const auto before = Clock::now();
        outcome = solver.run();
        times_us.push_back(
            std::chrono::duration<double, std::micro>(Clock::now() - before).count());
    }

    double median_us() {
        const auto middle = times_us.begin() + static_cast<std::ptrdiff_t>(times_us.size() / 2);
        std::nth_element(times_us.begin(), middle, times_us.end());
        return *middle;
    }
};

struct Ratio {
    double time = 1, messages = 1;
};

// Of residual to sequential. Exits where the two disagree: a faster wrong answer is no win.
Ratio compare(const FactorGraph& graph, std::chrono::milliseconds budget) {
    Timed sequential(graph, MessageOrder::sequential);
    Timed residual(graph, MessageOrder::residual);
    const auto start = Clock::now();
    while (residual.times_us.size() < 5 || Clock::now() - start < budget) {
        sequential.run();
        residual.run();
    }
    const double expected = sequential.outcome.log_partition.value_or(0);
    if (std::fabs(residual.outcome.log_partition.value_or(0) - expected) >
        1e-9 * (1 + std::fabs(expected))) {
        std::fprintf(stderr, "schedule_ratio: the schedules disagree about ln Z\n");
        std::exit(3);
    }
    return {residual.median_us() / sequential.median_us(),
            static_cast<double>(residual.outcome.work.messages) /
                static_cast<double>(sequential.outcome.work.messages)};
}

} // namespace

int main(int argc, char** argv) {
    const auto seeds = static_cast<std::uint64_t>(argc > 1 ? std::atoi(argv[1]) : 5);
    const std::chrono::milliseconds budget(argc > 2 ? std::atoi(argv[2]) : 200);
    std::printf("residual / sequential      time [least, most] of %llu seeds    messages\n",
                static_cast<unsigned long long>(seeds));
    for (const Shape& shape : shapes()) {
        std::vector<Ratio> ratios;
        double log_time = 0, log_messages = 0;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Ratio ratio = ratios.emplace_back(compare(shape.graph(seed), budget));
            log_time += std::log(ratio.time) / static_cast<double>(seeds);
            log_messages += std::log(ratio.messages) / static_cast<double>(seeds);
        }
        const auto [least, most] =
            std::ranges::minmax(ratios, {}, [](const Ratio& ratio) { return ratio.time; });
        std::printf("%-24s %6.2f [%.2f, %.2f]   %18.2f\n",
                    shape.name.c_str(),
                    std::exp(log_time),
                    least.time,
                    most.time,
                    std::exp(log_messages));
    }
}
