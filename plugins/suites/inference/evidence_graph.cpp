#include "evidence_graph.hpp"

#include "active_inference/plain_expectation.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace assay::inference {

namespace ai = active_inference;

namespace {

void multiply(std::span<double> into, std::span<const double> by) {
    for (std::size_t i = 0; i < into.size(); ++i) {
        into[i] *= by[i];
    }
}

// Sets of nodes that hang together.
class Components {
public:
    explicit Components(std::size_t nodes)
        : parent_(nodes) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }

    // False: they were one already.
    bool join(std::size_t a, std::size_t b) {
        a = root_of(a);
        b = root_of(b);
        parent_[a] = b;
        return a != b;
    }

private:
    std::size_t root_of(std::size_t node) {
        while (parent_[node] != node) {
            parent_[node] = parent_[parent_[node]];
            node = parent_[node];
        }
        return node;
    }

    std::vector<std::size_t> parent_;
};

} // namespace

ai::FactorGraph evidence_graph(const ai::FactoredModel& model,
                               const ai::Beliefs& prior,
                               ai::Observation observation) {
    ai::FactorGraph graph{.extents = model.state_counts, .factors = {}};
    for (std::size_t f = 0; f < prior.size(); ++f) {
        graph.factors.push_back({{f}, {prior[f].begin(), prior[f].end()}});
    }
    for (std::size_t m = 0; m < observation.size(); ++m) {
        const ai::FactorList& seen = model.likelihood_factors[m];
        std::vector<double> table = ai::plain_likelihood(model.likelihoods[m], observation[m]);
        if (seen.empty()) { // a number: of Z alone
            for (double& entry : graph.factors.front().table) {
                entry *= table.front();
            }
            continue;
        }
        const auto same = std::ranges::find(graph.factors, seen, &ai::GraphFactor::variables);
        if (same == graph.factors.end()) {
            graph.factors.push_back({seen, std::move(table)});
        } else {
            multiply(same->table, table);
        }
    }
    return graph;
}

bool has_loops(const ai::FactorGraph& graph) {
    const std::size_t variables = graph.extents.size();
    Components components(variables + graph.factors.size());
    for (std::size_t factor = 0; factor < graph.factors.size(); ++factor) {
        for (const std::size_t variable : graph.factors[factor].variables) {
            if (!components.join(variable, variables + factor)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace assay::inference
