#include "enumeration.hpp"

#include <algorithm>
#include <cmath>

namespace assay::test {

using namespace active_inference;

namespace {

std::size_t table_index(const FactorGraph& graph,
                        const GraphFactor& factor,
                        const std::vector<std::size_t>& state) {
    std::size_t index = 0;
    for (const std::size_t variable : factor.variables) {
        index = index * graph.extents[variable] + state[variable];
    }
    return index;
}

// The next joint state; false after the last.
bool advance(const FactorGraph& graph, std::vector<std::size_t>& state) {
    for (std::size_t i = state.size(); i-- > 0;) {
        if (++state[i] < graph.extents[i]) {
            return true;
        }
        state[i] = 0;
    }
    return false;
}

void scale(std::vector<std::vector<double>>& tables, double by) {
    for (std::vector<double>& table : tables) {
        for (double& value : table) {
            value *= by;
        }
    }
}

double largest(std::span<const double> a, std::span<const double> b) {
    double difference = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        // NaN counts as different.
        const double here = std::abs(a[k] - b[k]);
        difference = here <= difference ? difference : here;
    }
    return difference;
}

double entropy_sum(std::span<const double> belief, std::span<const double> table) {
    double sum = 0;
    for (std::size_t k = 0; k < belief.size(); ++k) {
        sum += belief[k] > 0 ? belief[k] * std::log(belief[k] / (table.empty() ? 1 : table[k])) : 0;
    }
    return sum;
}

} // namespace

Enumeration enumerate(const FactorGraph& graph) {
    Enumeration exact;
    for (const std::size_t extent : graph.extents) {
        exact.marginals.emplace_back(extent, 0.0);
    }
    for (const GraphFactor& factor : graph.factors) {
        exact.factor_marginals.emplace_back(factor.table.size(), 0.0);
    }
    std::vector<std::size_t> state(graph.extents.size(), 0);
    double total = 0;
    do {
        double weight = 1;
        for (const GraphFactor& factor : graph.factors) {
            weight *= factor.table[table_index(graph, factor, state)];
        }
        total += weight;
        for (std::size_t i = 0; i < state.size(); ++i) {
            exact.marginals[i][state[i]] += weight;
        }
        for (std::size_t a = 0; a < graph.factors.size(); ++a) {
            exact.factor_marginals[a][table_index(graph, graph.factors[a], state)] += weight;
        }
    } while (advance(graph, state));
    scale(exact.marginals, 1 / total);
    scale(exact.factor_marginals, 1 / total);
    exact.log_partition = std::log(total);
    return exact;
}

double bethe_of_beliefs(const FactorGraph& graph, const BeliefPropagation& solver) {
    std::vector<double> degrees(graph.extents.size(), 0);
    double energy = 0;
    for (std::size_t a = 0; a < graph.factors.size(); ++a) {
        std::vector<double> belief(graph.factors[a].table.size());
        if (!solver.factor_marginal(a, belief)) {
            return std::nan("");
        }
        energy += entropy_sum(belief, graph.factors[a].table);
        for (const std::size_t variable : graph.factors[a].variables) {
            ++degrees[variable];
        }
    }
    for (std::size_t i = 0; i < graph.extents.size(); ++i) {
        energy -= (degrees[i] - 1) * entropy_sum(solver.marginal(i), {});
    }
    return -energy;
}

Difference difference(const FactorGraph& graph,
                      const BeliefPropagation& solver,
                      const PropagationOutcome& outcome,
                      const Enumeration& exact) {
    Difference found;
    found.log_partition =
        std::abs(outcome.log_partition.value_or(std::nan("")) - exact.log_partition) /
        std::max(1.0, std::abs(exact.log_partition));
    for (std::size_t i = 0; i < graph.extents.size(); ++i) {
        found.marginals =
            std::max(found.marginals, largest(solver.marginal(i), exact.marginals[i]));
    }
    for (std::size_t a = 0; a < graph.factors.size(); ++a) {
        std::vector<double> belief(graph.factors[a].table.size());
        if (!solver.factor_marginal(a, belief)) {
            found.factor_marginals = 1;
        }
        found.factor_marginals =
            std::max(found.factor_marginals, largest(belief, exact.factor_marginals[a]));
    }
    return found;
}

double
largest_difference(const BeliefPropagation& a, const BeliefPropagation& b, std::size_t variables) {
    double difference = 0;
    for (std::size_t i = 0; i < variables; ++i) {
        difference = std::max(difference, largest(a.marginal(i), b.marginal(i)));
    }
    return difference;
}

std::string name(MessageOrder schedule) {
    switch (schedule) {
    case MessageOrder::flooding:
        return "flooding";
    case MessageOrder::sequential:
        return "sequential";
    case MessageOrder::forward_backward:
        return "forward_backward";
    case MessageOrder::residual:
        return "residual";
    }
    return "";
}

} // namespace assay::test
