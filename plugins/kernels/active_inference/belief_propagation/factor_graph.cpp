#include "active_inference/belief_propagation/factor_graph.hpp"

#include "active_inference/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::active_inference {

namespace {

using MaybeFault = std::optional<GraphFault>;

MaybeFault fault_at(std::string path, const std::string& what) {
    std::string message = path + ": " + what;
    return GraphFault{std::move(path), std::move(message)};
}

std::string at(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

MaybeFault variables_fault(const FactorGraph& graph, const GraphFactor& factor, std::string path) {
    path += ".variables";
    if (factor.variables.empty()) {
        return fault_at(path, "is empty, expected at least one variable");
    }
    for (std::size_t k = 0; k < factor.variables.size(); ++k) {
        const std::size_t variable = factor.variables[k];
        if (variable >= graph.extents.size()) {
            return fault_at(at(path, k),
                            "names variable " + std::to_string(variable) +
                                ", expected a number below " +
                                std::to_string(graph.extents.size()));
        }
        const auto here = factor.variables.begin() + static_cast<std::ptrdiff_t>(k);
        if (std::find(factor.variables.begin(), here, variable) != here) {
            return fault_at(at(path, k),
                            "names variable " + std::to_string(variable) +
                                " a second time, expected every variable once");
        }
    }
    return std::nullopt;
}

MaybeFault table_fault(const FactorGraph& graph, const GraphFactor& factor, std::string path) {
    path += ".table";
    std::size_t expected = 1;
    for (const std::size_t variable : factor.variables) {
        if (expected > kGraphEntriesMax / graph.extents[variable]) {
            return fault_at(path,
                            "the extents of its variables multiply to more than " +
                                std::to_string(kGraphEntriesMax) +
                                " entries; split the factor into smaller ones");
        }
        expected *= graph.extents[variable];
    }
    if (factor.table.size() != expected) {
        return fault_at(path,
                        "has " + std::to_string(factor.table.size()) + " entries, expected " +
                            std::to_string(expected) + ", the product of its variables' extents");
    }
    for (std::size_t k = 0; k < expected; ++k) {
        if (!std::isfinite(factor.table[k]) || factor.table[k] < 0) {
            return fault_at(at(path, k),
                            "is " + number_text(factor.table[k]) +
                                ", expected a finite number that is not negative");
        }
    }
    return std::nullopt;
}

// What the tables and messages take together: both directions of a pair are stored.
MaybeFault total_fault(const FactorGraph& graph) {
    std::size_t entries = 0;
    for (const std::size_t extent : graph.extents) {
        entries += extent;
    }
    for (const GraphFactor& factor : graph.factors) {
        entries += 2 * factor.table.size();
        for (const std::size_t variable : factor.variables) {
            entries += graph.extents[variable];
        }
    }
    if (entries <= kGraphEntriesMax) {
        return std::nullopt;
    }
    return fault_at("factors",
                    "tables and messages take " + std::to_string(entries) +
                        " entries, expected at most " + std::to_string(kGraphEntriesMax));
}

} // namespace

std::optional<GraphFault> first_fault(const FactorGraph& graph) {
    for (std::size_t i = 0; i < graph.extents.size(); ++i) {
        if (graph.extents[i] == 0 || graph.extents[i] > kGraphEntriesMax) {
            return fault_at(at("extents", i),
                            "is " + std::to_string(graph.extents[i]) + ", expected 1 to " +
                                std::to_string(kGraphEntriesMax));
        }
    }
    for (std::size_t a = 0; a < graph.factors.size(); ++a) {
        const std::string path = at("factors", a);
        if (auto fault = variables_fault(graph, graph.factors[a], path)) {
            return fault;
        }
        if (auto fault = table_fault(graph, graph.factors[a], path)) {
            return fault;
        }
    }
    return total_fault(graph);
}

} // namespace assay::active_inference
