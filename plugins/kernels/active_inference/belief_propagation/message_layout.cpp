#include "active_inference/belief_propagation/message_layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::active_inference {

namespace {

std::uint32_t narrow(std::size_t value) noexcept {
    return static_cast<std::uint32_t>(value); // fits: kGraphEntriesMax
}

// The power of two that brings the largest entry into [1/2, 1); 0 for a table of zeros.
int scale_exponent(const std::vector<double>& table) {
    const double largest = *std::max_element(table.begin(), table.end());
    int exponent = 0;
    std::frexp(largest, &exponent);
    return largest > 0 ? exponent : 0;
}

} // namespace

MessageLayout::MessageLayout(const FactorGraph& graph, Domain the_domain)
    : domain(the_domain) {
    for (const std::size_t states : graph.extents) {
        first_local.push_back(narrow(local.size()));
        extent.push_back(narrow(states));
        local.resize(local.size() + states);
        extent_max = std::max(extent_max, narrow(states));
    }
    place_edges(graph);
    place_wide(graph);
    place_pairs(graph);
    fold_local(graph);
    choose_paths();
}

void MessageLayout::place_edges(const FactorGraph& graph) {
    std::vector<std::uint32_t> degrees(graph.extents.size() + 1, 0);
    for (const GraphFactor& factor : graph.factors) {
        if (factor.variables.size() > 1) {
            for (const std::size_t variable : factor.variables) {
                ++degrees[variable];
            }
        }
    }
    std::size_t edge_count = 0;
    std::size_t message_entries = 0;
    for (std::size_t i = 0; i <= graph.extents.size(); ++i) {
        first_edge.push_back(narrow(edge_count));
        first_message.push_back(narrow(message_entries));
        edge_count += degrees[i];
        message_entries += i < extent.size() ? std::size_t{degrees[i]} * extent[i] : 0;
        degree_max = std::max(degree_max, degrees[i]);
    }
    edges.resize(edge_count);
    edge_factor.resize(edge_count);
    edge_axis_.resize(edge_count);
    std::vector<std::uint32_t> next(first_edge);
    for (std::size_t a = 0; a < graph.factors.size(); ++a) {
        const std::vector<std::size_t>& variables = graph.factors[a].variables;
        FactorPlace place{narrow(variables.size()),
                          narrow(graph.factors[a].table.size()),
                          narrow(variables.back()),
                          0};
        for (std::size_t k = 0; variables.size() > 1 && k < variables.size(); ++k) {
            place.last_edge = next[variables[k]]++;
            edge_factor[place.last_edge] = narrow(a);
            edge_axis_[place.last_edge] = narrow(k);
            if (variables.size() > 2) {
                edges[place.last_edge] = {narrow(wide.size()), 0, 0, narrow(k)};
                axes.push_back({narrow(variables[k]),
                                extent[variables[k]],
                                narrow(message(variables[k], place.last_edge))});
            } else { // completed by place_pairs; so far the edge of the other end
                edges[place.last_edge].neighbour = narrow(variables[1 - k]);
            }
        }
        if (variables.size() > 2) {
            wide.push_back({narrow(axes.size() - variables.size()),
                            narrow(variables.size()),
                            0,
                            place.entries});
            wide_entries_max = std::max(wide_entries_max, place.entries);
        }
        factors.push_back(place);
    }
}

std::vector<double> MessageLayout::stored(const std::vector<double>& table) {
    const int scale = scale_exponent(table);
    exponent += scale;
    std::vector<double> entries(table);
    for (double& entry : entries) {
        entry = std::ldexp(entry, -scale);
        if (domain == Domain::logarithmic) {
            entry = std::log(entry); // of zero: minus infinity, an impossible state
        }
    }
    return entries;
}

void MessageLayout::place_wide(const FactorGraph& graph) {
    std::size_t next = 0;
    for (const GraphFactor& factor : graph.factors) {
        if (factor.variables.size() > 2) {
            const std::vector<double> entries = stored(factor.table);
            wide[next++].table = narrow(tables.size());
            tables.insert(tables.end(), entries.begin(), entries.end());
        }
    }
}

void MessageLayout::place_pairs(const FactorGraph& graph) {
    std::vector<std::uint32_t> other_edge(edges.size()); // the same factor's other edge
    std::vector<std::uint32_t> seen(graph.factors.size(), ~std::uint32_t{0});
    std::vector<std::vector<double>> entries(graph.factors.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const std::uint32_t a = edge_factor[e];
        if (factors[a].arity != 2) {
            continue;
        }
        if (seen[a] == ~std::uint32_t{0}) {
            seen[a] = narrow(e);
            entries[a] = stored(graph.factors[a].table);
        } else {
            other_edge[e] = seen[a];
            other_edge[seen[a]] = narrow(e);
        }
    }
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const std::uint32_t a = edge_factor[e];
        if (factors[a].arity != 2) {
            continue;
        }
        Edge& edge = edges[e];
        const std::size_t own = extent[graph.factors[a].variables[edge_axis_[e]]];
        edge.source_extent = extent[edge.neighbour];
        edge.source = narrow(message(edge.neighbour, other_edge[e]));
        edge.table = narrow(tables.size());
        const bool row_major = edge_axis_[e] == 1; // the source is the first variable
        for (std::size_t source = 0; source < edge.source_extent; ++source) {
            for (std::size_t state = 0; state < own; ++state) {
                tables.push_back(entries[a][row_major ? source * own + state
                                                      : state * edge.source_extent + source]);
            }
        }
    }
}

// A product over many factors of one variable must not run out of the range of double: it is
// rescaled after each.
void MessageLayout::fold_local(const FactorGraph& graph) {
    const bool linear = domain == Domain::linear;
    std::fill(local.begin(), local.end(), linear ? 1.0 : 0.0);
    for (const GraphFactor& factor : graph.factors) {
        if (factor.variables.size() != 1) {
            continue;
        }
        const std::size_t variable = factor.variables.front();
        const std::vector<double> entries = stored(factor.table);
        const auto begin = local.begin() + first_local[variable];
        for (std::size_t state = 0; state < entries.size(); ++state) {
            double& product = begin[static_cast<std::ptrdiff_t>(state)];
            product = linear ? product * entries[state] : product + entries[state];
        }
        if (linear) {
            const std::vector<double> scaled =
                stored({begin, begin + static_cast<std::ptrdiff_t>(entries.size())});
            std::copy(scaled.begin(), scaled.end(), begin);
        }
    }
}

void MessageLayout::choose_paths() {
    for (std::size_t i = 0; i < extent.size(); ++i) {
        const std::uint64_t states = extent[i];
        const bool compiled = states == 2 || states == 3 || states == 4 || states == 8;
        std::uint32_t path = compiled ? extent[i] : 0;
        std::uint64_t work = 0;
        std::uint64_t logarithms = 0;
        for (std::size_t e = first_edge[i]; e < first_edge[i + 1]; ++e) {
            const Edge& edge = edges[e];
            path = edge.source_extent == extent[i] ? path : 0;
            if (edge.source_extent != 0) {
                work += states * edge.source_extent;
                logarithms += states;
            } else { // the axes before and after the own one are summed out one by one
                const WideFactor& factor = wide[edge.source];
                std::uint64_t entries = factor.entries;
                for (std::uint32_t k = 0; k < factor.axis_count; ++k) {
                    if (k != edge.neighbour) {
                        work += entries;
                        entries /= axes[factor.first_axis + k].extent;
                        logarithms += entries;
                    }
                }
            }
            work += 3 * states; // products before, after, and of the two
            ++logarithms;       // normaliser
        }
        compiled_extent.push_back(path);
        visit_multiply_adds.push_back(work);
        visit_logarithms.push_back(domain == Domain::logarithmic ? logarithms : 0);
    }
}

} // namespace assay::active_inference
