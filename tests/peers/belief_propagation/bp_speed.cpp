// Times every schedule of belief propagation on the graphs of the suite, and writes those graphs
// for libdai_speed into the folder that is its argument.
#include "active_inference/belief_propagation/belief_propagation.hpp"
#include "active_inference/belief_propagation/random_factor_graph.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace assay::active_inference;

namespace {

struct NamedGraph {
    std::string name;
    FactorGraph graph;
};

std::vector<NamedGraph> graphs() {
    const GraphDraw mixed{.states_min = 2, .states_max = 5, .coupling = 0.3};
    const auto states = [](std::size_t count, double coupling) {
        return GraphDraw{.states_min = count, .states_max = count, .coupling = coupling};
    };
    return {{"grid_5x5_4", random_grid({5, 5}, states(4, 0.3), 1)},
            {"grid_10x10_2", random_grid({10, 10}, states(2, 0.3), 1)},
            {"grid_30x30_2", random_grid({30, 30}, states(2, 0.3), 1)},
            {"grid_50x50_2", random_grid({50, 50}, states(2, 0.3), 1)},
            {"grid_20x20_8", random_grid({20, 20}, states(8, 0.2), 1)},
            {"grid_100x100_2", random_grid({100, 100}, states(2, 0.2), 1)},
            {"chain_1000_4", random_chain(1000, states(4, 1), 1)},
            {"chain_200_20", random_chain(200, states(20, 1), 1)},
            {"ring_100_3", random_ring(100, states(3, 0.3), 1)},
            {"random_10", random_pairs({.variables = 10, .edge_probability = 0.3}, mixed, 1)},
            {"random_20", random_pairs({.variables = 20, .edge_probability = 0.2}, mixed, 1)}};
}

// libDAI's files list tables with the first of a factor's variables fastest.
std::size_t row_major(const FactorGraph& graph, const GraphFactor& factor, std::size_t entry) {
    std::vector<std::size_t> state;
    for (const std::size_t variable : factor.variables) {
        state.push_back(entry % graph.extents[variable]);
        entry /= graph.extents[variable];
    }
    std::size_t index = 0;
    for (std::size_t k = 0; k < state.size(); ++k) {
        index = index * graph.extents[factor.variables[k]] + state[k];
    }
    return index;
}

void write(const FactorGraph& graph, const std::string& path) {
    std::ofstream file(path);
    file.precision(17);
    file << graph.factors.size() << "\n\n";
    for (const GraphFactor& factor : graph.factors) {
        file << factor.variables.size() << '\n';
        for (const std::size_t variable : factor.variables) {
            file << variable << ' ';
        }
        file << '\n';
        for (const std::size_t variable : factor.variables) {
            file << graph.extents[variable] << ' ';
        }
        file << '\n' << factor.table.size() << '\n';
        for (std::size_t entry = 0; entry < factor.table.size(); ++entry) {
            file << entry << ' ' << factor.table[row_major(graph, factor, entry)] << '\n';
        }
        file << '\n';
    }
}

void time(const NamedGraph& named, const char* name, MessageOrder schedule) {
    using Clock = std::chrono::steady_clock;
    BeliefPropagation solver(named.graph, {.schedule = schedule, .tolerance = 1e-9});
    PropagationOutcome outcome;
    std::vector<double> times_us;
    const auto start = Clock::now();
    while (times_us.size() < 5 || Clock::now() - start < std::chrono::milliseconds(300)) {
        const auto before = Clock::now();
        outcome = solver.run();
        times_us.push_back(
            std::chrono::duration<double, std::micro>(Clock::now() - before).count());
    }
    std::sort(times_us.begin(), times_us.end());
    std::printf("%-15s %-16s %10.1f us  fastest %10.1f  sweeps %3llu  messages %8llu  ln Z %.10g\n",
                named.name.c_str(),
                name,
                times_us[times_us.size() / 2],
                times_us.front(),
                static_cast<unsigned long long>(outcome.sweeps),
                static_cast<unsigned long long>(outcome.work.messages),
                outcome.log_partition.value_or(0));
}

} // namespace

int main(int argc, char** argv) {
    for (const NamedGraph& named : graphs()) {
        if (argc > 1) {
            write(named.graph, std::string(argv[1]) + "/" + named.name + ".fg");
        }
        time(named, "flooding", MessageOrder::flooding);
        time(named, "sequential", MessageOrder::sequential);
        time(named, "residual", MessageOrder::residual);
        try {
            time(named, "forward_backward", MessageOrder::forward_backward);
        } catch (const std::invalid_argument&) { // a graph with loops
        }
    }
}
