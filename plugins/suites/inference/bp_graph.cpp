#include "bp_graph.hpp"

#include "active_inference/belief_propagation/random_factor_graph.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kRandomStatesMin = 2, kRandomStatesMax = 5;

struct Word {
    std::string_view name;
    Topology topology;
};

constexpr std::array<Word, 6> kWords{{{"grid", Topology::grid},
                                      {"chain", Topology::chain},
                                      {"ring", Topology::ring},
                                      {"tree", Topology::tree},
                                      {"hmm", Topology::hidden_markov},
                                      {"random", Topology::random}}};

// Takes a number off the front of `rest`; 0 when there is none between 1 and `most`.
std::size_t take_count(std::string_view& rest, std::size_t most) {
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (error != std::errc() || count > most) {
        return 0;
    }
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return count;
}

bool take(std::string_view& rest, char expected) {
    if (rest.empty() || rest.front() != expected) {
        return false;
    }
    rest.remove_prefix(1);
    return true;
}

double coupling(const GraphShape& shape) {
    if (!shape.has_loops()) {
        return 1;
    }
    const bool hard = shape.rows * shape.columns >= 10'000 || shape.states >= 8;
    return shape.topology == Topology::grid && hard ? 0.2 : 0.3;
}

} // namespace

std::optional<GraphShape> graph_shape_from(std::string_view name) {
    for (const Word& word : kWords) {
        if (!name.starts_with(word.name)) {
            continue;
        }
        std::string_view rest = name.substr(word.name.size());
        GraphShape shape{.topology = word.topology};
        shape.rows = take_count(rest, kGraphVariablesMax);
        if (word.topology == Topology::grid) {
            shape.columns = take(rest, 'x') ? take_count(rest, kGraphVariablesMax) : 0;
        }
        if (word.topology != Topology::random) {
            shape.states = take(rest, '_') ? take_count(rest, kGraphStatesMax) : 0;
        }
        const std::size_t fewest = word.topology == Topology::ring ? 3 : 1;
        if (rest.empty() && shape.rows >= fewest && shape.columns > 0 && shape.states > 0 &&
            shape.rows * shape.columns <= kGraphVariablesMax) {
            return shape;
        }
        return std::nullopt;
    }
    return std::nullopt;
}

std::string graph_shape_form() {
    return "grid<rows>x<columns>_<states>, <chain|ring|tree|hmm><variables>_<states> or "
           "random<variables>, with at most " +
           std::to_string(kGraphVariablesMax) + " variables of at most " +
           std::to_string(kGraphStatesMax) + " states";
}

std::size_t graph_bytes(const GraphShape& shape) noexcept {
    const std::size_t variables = shape.rows * shape.columns;
    if (shape.topology == Topology::random) {
        return variables * variables / 2 * kRandomStatesMax * kRandomStatesMax * sizeof(double);
    }
    const std::size_t pairs = shape.topology == Topology::grid ? 2 * variables : variables;
    return pairs * shape.states * shape.states * sizeof(double);
}

ai::FactorGraph timing_graph(const GraphShape& shape, std::uint64_t seed) {
    const ai::GraphDraw draw{
        .states_min = shape.states, .states_max = shape.states, .coupling = coupling(shape)};
    switch (shape.topology) {
    case Topology::grid:
        return ai::random_grid({.rows = shape.rows, .columns = shape.columns}, draw, seed);
    case Topology::chain:
        return ai::random_chain(shape.rows, draw, seed);
    case Topology::ring:
        return ai::random_ring(shape.rows, draw, seed);
    case Topology::tree:
        return ai::random_tree({.variables = shape.rows}, draw, seed);
    case Topology::hidden_markov:
        return ai::random_hidden_markov(shape.rows, draw, seed);
    case Topology::random:
        break;
    }
    return ai::random_pairs(
        {.variables = shape.rows, .edge_probability = shape.rows < 20 ? 0.3 : 0.2},
        {.states_min = kRandomStatesMin,
         .states_max = kRandomStatesMax,
         .coupling = coupling(shape)},
        seed);
}

} // namespace assay::inference
