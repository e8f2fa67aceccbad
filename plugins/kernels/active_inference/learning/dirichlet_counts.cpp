#include "active_inference/learning/dirichlet_counts.hpp"

#include "active_inference/number_text.hpp"

#include <cmath>
#include <span>
#include <string>
#include <utility>

namespace assay::active_inference {
namespace {

using MaybeFault = std::optional<ModelFault>;

MaybeFault fault_at(std::string name, std::vector<std::size_t> index, const std::string& what) {
    std::string message = name + (index.empty() ? "" : shape_text(index)) + ": " + what;
    return ModelFault{std::move(name), std::move(index), std::move(message)};
}

MaybeFault entries_fault(const std::string& name,
                         const std::vector<std::size_t>& shape,
                         std::span<const double> counts) {
    for (std::size_t flat = 0; flat < counts.size(); ++flat) {
        if (!std::isfinite(counts[flat]) || counts[flat] < 0) {
            return fault_at(name,
                            unravel(shape, flat),
                            number_text(counts[flat]) + " is no count, expected at least 0");
        }
    }
    const std::size_t columns = counts.size() / shape.front();
    for (std::size_t column = 0; column < columns; ++column) {
        double sum = 0;
        for (std::size_t at = column; at < counts.size(); at += columns) {
            sum += counts[at];
        }
        if (!(sum > 0) || !std::isfinite(sum)) {
            return fault_at(name,
                            unravel(shape, column),
                            "begins a column whose counts sum to " + number_text(sum) +
                                ", expected a positive number");
        }
    }
    return std::nullopt;
}

MaybeFault
tensors_fault(const char* letter, std::span<const Tensor> counts, std::span<const Tensor> learnt) {
    if (!counts.empty() && counts.size() != learnt.size()) {
        return fault_at(letter,
                        {},
                        "has " + std::to_string(counts.size()) + " tensors, expected " +
                            std::to_string(learnt.size()));
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::string name = std::string(letter) + "[" + std::to_string(i) + "]";
        if (counts[i].shape != learnt[i].shape || counts[i].data.size() != learnt[i].data.size()) {
            return fault_at(name,
                            {},
                            "has shape " + shape_text(counts[i].shape) + " and " +
                                std::to_string(counts[i].data.size()) + " numbers, expected " +
                                shape_text(learnt[i].shape));
        }
        if (auto fault = entries_fault(name, counts[i].shape, counts[i].data)) {
            return fault;
        }
    }
    return std::nullopt;
}

MaybeFault priors_fault(const FactoredModel& model, const DirichletCounts& counts) {
    if (!counts.priors.empty() && counts.priors.size() != model.state_counts.size()) {
        return fault_at("pD",
                        {},
                        "has " + std::to_string(counts.priors.size()) + " entries, expected " +
                            std::to_string(model.state_counts.size()));
    }
    for (std::size_t f = 0; f < counts.priors.size(); ++f) {
        const std::string name = "pD[" + std::to_string(f) + "]";
        if (counts.priors[f].size() != model.state_counts[f]) {
            return fault_at(name,
                            {},
                            "has " + std::to_string(counts.priors[f].size()) +
                                " counts, expected " + std::to_string(model.state_counts[f]));
        }
        if (auto fault = entries_fault(name, {model.state_counts[f]}, counts.priors[f])) {
            return fault;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<ModelFault> counts_fault(const FactoredModel& model, const DirichletCounts& counts) {
    if (auto fault = tensors_fault("pA", counts.likelihoods, model.likelihoods)) {
        return fault;
    }
    if (auto fault = tensors_fault("pB", counts.transitions, model.transitions)) {
        return fault;
    }
    return priors_fault(model, counts);
}

} // namespace assay::active_inference
