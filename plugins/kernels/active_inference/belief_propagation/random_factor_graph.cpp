#include "active_inference/belief_propagation/random_factor_graph.hpp"

#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::active_inference {

namespace {

constexpr std::uint64_t kExtentStream = 0xE0000000ull;
constexpr std::uint64_t kLocalStream = 0xF0000000ull;
constexpr std::uint64_t kCouplingStream = 0xC0000000ull;
constexpr std::uint64_t kTopologyStream = 0x70000000ull;

// Marsaglia's polar method; the second number of every pair is kept.
class NormalSource {
public:
    explicit NormalSource(std::uint64_t seed)
        : random_(seed) {}

    double next() {
        if (has_spare_) {
            has_spare_ = false;
            return spare_;
        }
        for (;;) {
            const double u = 2 * random_.unit() - 1;
            const double v = 2 * random_.unit() - 1;
            const double square = u * u + v * v;
            if (square > 0 && square < 1) {
                const double stretch = std::sqrt(-2 * std::log(square) / square);
                spare_ = v * stretch;
                has_spare_ = true;
                return u * stretch;
            }
        }
    }

private:
    RandomSource random_;
    double spare_ = 0;
    bool has_spare_ = false;
};

// Variables and their local factors first, then one coupling after the other.
class GraphMaker {
public:
    GraphMaker(std::size_t variables, GraphDraw draw, std::uint64_t seed)
        : coupling_(draw.coupling)
        , normal_(derived_seed(seed, kCouplingStream)) {
        RandomSource extents(derived_seed(seed, kExtentStream));
        RandomSource entries(derived_seed(seed, kLocalStream));
        const std::size_t spread = std::max(draw.states_max, draw.states_min) - draw.states_min + 1;
        for (std::size_t i = 0; i < variables; ++i) {
            const std::size_t states =
                draw.states_min + extents.below(static_cast<std::uint32_t>(spread));
            graph_.extents.push_back(states);
            GraphFactor local{{i}, {}};
            for (std::size_t state = 0; state < states; ++state) {
                local.table.push_back(0.1 + entries.unit());
            }
            graph_.factors.push_back(std::move(local));
        }
    }

    void couple(std::vector<std::size_t> variables) {
        std::size_t entries = 1;
        for (const std::size_t variable : variables) {
            entries *= graph_.extents[variable];
        }
        GraphFactor factor{std::move(variables), {}};
        for (std::size_t entry = 0; entry < entries; ++entry) {
            factor.table.push_back(std::exp(coupling_ * normal_.next()));
        }
        graph_.factors.push_back(std::move(factor));
    }

    FactorGraph take() { return std::move(graph_); }

private:
    double coupling_;
    NormalSource normal_;
    FactorGraph graph_;
};

} // namespace

FactorGraph random_chain(std::size_t variables, GraphDraw draw, std::uint64_t seed) {
    GraphMaker maker(variables, draw, seed);
    for (std::size_t i = 0; i + 1 < variables; ++i) {
        maker.couple({i, i + 1});
    }
    return maker.take();
}

FactorGraph random_ring(std::size_t variables, GraphDraw draw, std::uint64_t seed) {
    GraphMaker maker(variables, draw, seed);
    for (std::size_t i = 0; i < variables; ++i) {
        maker.couple({i, (i + 1) % variables});
    }
    return maker.take();
}

FactorGraph random_grid(GridSize size, GraphDraw draw, std::uint64_t seed) {
    GraphMaker maker(size.rows * size.columns, draw, seed);
    for (std::size_t row = 0; row < size.rows; ++row) {
        for (std::size_t column = 0; column < size.columns; ++column) {
            const std::size_t here = row * size.columns + column;
            if (column + 1 < size.columns) {
                maker.couple({here, here + 1});
            }
            if (row + 1 < size.rows) {
                maker.couple({here, here + size.columns});
            }
        }
    }
    return maker.take();
}

FactorGraph random_tree(TreeSize size, GraphDraw draw, std::uint64_t seed) {
    GraphMaker maker(size.variables, draw, seed);
    RandomSource topology(derived_seed(seed, kTopologyStream));
    for (std::size_t next = 1; next < size.variables;) {
        const std::size_t old = topology.below(static_cast<std::uint32_t>(next));
        const bool wide = topology.unit() < size.wide_share && next + 1 < size.variables;
        if (wide) {
            maker.couple({next, old, next + 1});
        } else {
            maker.couple({old, next});
        }
        next += wide ? 2 : 1;
    }
    return maker.take();
}

FactorGraph random_pairs(RandomSize size, GraphDraw draw, std::uint64_t seed) {
    GraphMaker maker(size.variables, draw, seed);
    RandomSource topology(derived_seed(seed, kTopologyStream));
    for (std::size_t i = 0; i < size.variables; ++i) {
        for (std::size_t j = i + 1; j < size.variables; ++j) {
            if (topology.unit() < size.edge_probability) {
                maker.couple({i, j});
            }
        }
    }
    return maker.take();
}

FactorGraph random_hidden_markov(std::size_t steps, GraphDraw draw, std::uint64_t seed) {
    draw.states_max = draw.states_min;
    const std::size_t states = draw.states_min;
    GraphMaker maker(steps, draw, seed);
    if (steps > 1) {
        maker.couple({0, 1});
    }
    FactorGraph graph = maker.take();
    if (steps < 2) {
        return graph;
    }
    std::vector<double>& transition = graph.factors.back().table;
    for (std::size_t from = 0; from < states; ++from) {
        double total = 0;
        for (std::size_t to = 0; to < states; ++to) {
            total += transition[from * states + to];
        }
        for (std::size_t to = 0; to < states; ++to) {
            transition[from * states + to] /= total;
        }
    }
    const GraphFactor first = graph.factors.back();
    for (std::size_t step = 1; step + 1 < steps; ++step) {
        graph.factors.push_back({{step, step + 1}, first.table});
    }
    return graph;
}

} // namespace assay::active_inference
