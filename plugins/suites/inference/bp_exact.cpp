#include "bp_exact.hpp"

#include "active_inference/tensor.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

using Numbers = std::vector<long double>;

double weight_of(const ai::FactorGraph& graph, const std::vector<std::size_t>& state) {
    double weight = 1;
    for (const ai::GraphFactor& factor : graph.factors) {
        std::size_t at = 0;
        for (const std::size_t variable : factor.variables) {
            at = at * graph.extents[variable] + state[variable];
        }
        weight *= factor.table[at];
    }
    return weight;
}

bool advance(const ai::FactorGraph& graph, std::vector<std::size_t>& state) {
    for (std::size_t i = state.size(); i-- > 0;) {
        if (++state[i] < graph.extents[i]) {
            return true;
        }
        state[i] = 0;
    }
    return false;
}

// Divides by the sum and returns its logarithm.
long double normalise(Numbers& numbers) {
    long double sum = 0;
    for (const long double number : numbers) {
        sum += number;
    }
    for (long double& number : numbers) {
        number /= sum;
    }
    return std::log(sum);
}

void multiply(Numbers& into, const Numbers& by) {
    for (std::size_t s = 0; s < into.size(); ++s) {
        into[s] *= by[s];
    }
}

// A pairwise graph without loops, every component hung from its first variable.
class Forest {
public:
    explicit Forest(const ai::FactorGraph& graph)
        : graph_(graph)
        , local_(graph.extents.size())
        , links_(graph.extents.size())
        , parent_(graph.extents.size(), kNone)
        , parent_link_(graph.extents.size()) {
        for (std::size_t v = 0; v < local_.size(); ++v) {
            local_[v].assign(graph.extents[v], 1.0L);
        }
        for (const ai::GraphFactor& factor : graph.factors) {
            add(factor);
        }
        hang();
    }

    [[nodiscard]] bool valid() const { return valid_; }

    ExactMarginals solve() {
        ExactMarginals exact;
        long double log_partition = 0;
        up_.resize(order_.size());
        for (auto v = order_.rbegin(); v != order_.rend(); ++v) {
            Numbers below = local_[*v];
            multiply_children(*v, kNone, below);
            if (parent_[*v] == kNone) {
                log_partition += normalise(below);
            } else {
                up_[*v] = through(parent_link_[*v], *v, parent_[*v], below);
                log_partition += normalise(up_[*v]);
            }
        }
        std::vector<Numbers> above(order_.size());
        exact.marginals.resize(order_.size());
        for (const std::size_t v : order_) {
            above[v] = local_[v];
            if (const std::size_t parent = parent_[v]; parent != kNone) {
                Numbers rest = above[parent];
                multiply_children(parent, v, rest);
                Numbers down = through(parent_link_[v], parent, v, rest);
                normalise(down);
                multiply(above[v], down);
            }
            Numbers belief = above[v];
            multiply_children(v, kNone, belief);
            normalise(belief);
            exact.marginals[v].assign(belief.begin(), belief.end());
        }
        exact.log_partition = static_cast<double>(log_partition);
        return exact;
    }

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    struct Link {
        std::size_t other = 0;
        const ai::GraphFactor* factor = nullptr;
    };

    void add(const ai::GraphFactor& factor) {
        if (factor.variables.size() == 1) {
            Numbers& local = local_[factor.variables[0]];
            for (std::size_t s = 0; s < local.size(); ++s) {
                local[s] *= factor.table[s];
            }
        } else if (factor.variables.size() == 2) {
            links_[factor.variables[0]].push_back({factor.variables[1], &factor});
            links_[factor.variables[1]].push_back({factor.variables[0], &factor});
        } else {
            valid_ = false;
        }
    }

    // Breadth first; a variable that is met twice closes a loop.
    void hang() {
        std::vector<bool> seen(links_.size(), false);
        for (std::size_t root = 0; valid_ && root < links_.size(); ++root) {
            if (seen[root]) {
                continue;
            }
            seen[root] = true;
            order_.push_back(root);
            for (std::size_t next = order_.size() - 1; next < order_.size(); ++next) {
                const std::size_t v = order_[next];
                for (const Link& link : links_[v]) {
                    if (link.factor == parent_link_[v]) {
                        continue;
                    }
                    if (seen[link.other]) {
                        valid_ = false;
                        return;
                    }
                    seen[link.other] = true;
                    parent_[link.other] = v;
                    parent_link_[link.other] = link.factor;
                    order_.push_back(link.other);
                }
            }
        }
    }

    void multiply_children(std::size_t v, std::size_t except, Numbers& into) const {
        for (const Link& link : links_[v]) {
            if (link.factor != parent_link_[v] && link.other != except) {
                multiply(into, up_[link.other]);
            }
        }
    }

    [[nodiscard]] Numbers through(const ai::GraphFactor* factor,
                                  std::size_t from,
                                  std::size_t to,
                                  const Numbers& weights) const {
        Numbers out(graph_.extents[to], 0.0L);
        const bool rows = factor->variables[0] == from;
        const std::size_t columns = graph_.extents[factor->variables[1]];
        for (std::size_t a = 0; a < weights.size(); ++a) {
            for (std::size_t b = 0; b < out.size(); ++b) {
                out[b] += weights[a] * factor->table[rows ? a * columns + b : b * columns + a];
            }
        }
        return out;
    }

    const ai::FactorGraph& graph_;
    std::vector<Numbers> local_;
    std::vector<std::vector<Link>> links_;
    std::vector<std::size_t> parent_;
    std::vector<const ai::GraphFactor*> parent_link_;
    std::vector<std::size_t> order_;
    std::vector<Numbers> up_; // to the parent
    bool valid_ = true;
};

} // namespace

std::optional<ExactMarginals> exact_by_enumeration(const ai::FactorGraph& graph) {
    const auto count = ai::element_count(graph.extents);
    if (!count || *count > kJointStatesMax) {
        return std::nullopt;
    }
    ExactMarginals exact;
    for (const std::size_t extent : graph.extents) {
        exact.marginals.emplace_back(extent, 0.0);
    }
    double sum = 0;
    std::vector<std::size_t> state(graph.extents.size(), 0);
    do {
        const double weight = weight_of(graph, state);
        sum += weight;
        for (std::size_t v = 0; v < state.size(); ++v) {
            exact.marginals[v][state[v]] += weight;
        }
    } while (advance(graph, state));
    for (std::vector<double>& marginal : exact.marginals) {
        for (double& share : marginal) {
            share /= sum;
        }
    }
    exact.log_partition = std::log(sum);
    return exact;
}

std::optional<ExactMarginals> exact_on_forest(const ai::FactorGraph& graph) {
    Forest forest(graph);
    return forest.valid() ? std::optional(forest.solve()) : std::nullopt;
}

std::optional<ExactMarginals> exact_marginals(const ai::FactorGraph& graph) {
    auto exact = exact_by_enumeration(graph);
    return exact ? exact : exact_on_forest(graph);
}

} // namespace assay::inference
