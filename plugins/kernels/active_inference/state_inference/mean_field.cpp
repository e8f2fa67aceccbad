#include "active_inference/state_inference/mean_field.hpp"

#include <algorithm>

namespace assay::active_inference {

MeanField::MeanField(const ModalityGroup& group) {
    FactorList sorted = group.factors;
    std::ranges::sort(sorted);
    for (const std::size_t factor : sorted) {
        members_.push_back({.factor = factor, .node = kTable, .evaluates = {}});
    }
    split(0, members_.size(), kTable, group);
    all_.contraction = Contraction(group.shape, {});
    all_.source_factors = group.factors;
    all_.vectors.resize(group.factors.size());
    all_.result.resize(1);
    std::size_t largest = all_.contraction.workspace();
    for (const Node& node : nodes_) {
        largest = std::max(largest, node.contraction.workspace());
    }
    workspace_.resize(largest);
}

// `source` has the axes of members [begin, end) and no others; `over` says in which order.
void MeanField::split(std::size_t begin,
                      std::size_t end,
                      std::size_t source,
                      const ModalityGroup& over) {
    if (end - begin <= 1) {
        if (end > begin) {
            members_[begin].node = source;
        }
        return;
    }
    const std::size_t middle = begin + (end - begin) / 2;
    for (const auto& [from, to] : {std::pair{begin, middle}, std::pair{middle, end}}) {
        const std::size_t node = add_node(from, to, source, over);
        ModalityGroup kept;
        for (std::size_t axis = 0; axis < over.factors.size(); ++axis) {
            const std::size_t factor = over.factors[axis];
            if (factor >= members_[from].factor && factor <= members_[to - 1].factor) {
                kept.factors.push_back(factor);
                kept.shape.push_back(over.shape[axis]);
            }
        }
        split(from, to, node, kept);
    }
}

std::size_t MeanField::add_node(std::size_t begin,
                                std::size_t end,
                                std::size_t source,
                                const ModalityGroup& over) {
    std::vector<std::size_t> kept;
    for (std::size_t axis = 0; axis < over.factors.size(); ++axis) {
        const std::size_t factor = over.factors[axis];
        if (factor >= members_[begin].factor && factor <= members_[end - 1].factor) {
            kept.push_back(axis);
        }
    }
    Node node;
    node.source = source;
    node.contraction = Contraction(over.shape, std::span<const std::size_t>(kept));
    node.source_factors = over.factors;
    node.vectors.resize(over.factors.size());
    node.result.resize(node.contraction.outputs());
    nodes_.push_back(std::move(node));
    members_[begin].evaluates.push_back(nodes_.size() - 1);
    return nodes_.size() - 1;
}

void MeanField::evaluate(Node& node,
                         const double* table,
                         const Beliefs& q,
                         InferenceWork& work) noexcept {
    for (std::size_t axis = 0; axis < node.vectors.size(); ++axis) {
        node.vectors[axis] = q[node.source_factors[axis]].data();
    }
    const double* const from = node.source == kTable ? table : nodes_[node.source].result.data();
    node.contraction(from, node.vectors.data(), node.result.data(), workspace_.data());
    ++work.contractions;
    work.multiply_adds += node.contraction.ops();
}

const double* MeanField::operator()(std::size_t member,
                                    const double* table,
                                    const Beliefs& q,
                                    InferenceWork& work) noexcept {
    for (const std::size_t node : members_[member].evaluates) {
        evaluate(nodes_[node], table, q, work);
    }
    const std::size_t node = members_[member].node;
    return node == kTable ? table : nodes_[node].result.data();
}

double MeanField::expectation(const double* table, const Beliefs& q, InferenceWork& work) noexcept {
    if (members_.empty()) {
        return table[0];
    }
    evaluate(all_, table, q, work);
    return all_.result[0];
}

} // namespace assay::active_inference
