#include "active_inference/model_fault.hpp"

#include "active_inference/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace assay::active_inference {

namespace {

using MaybeFault = std::optional<ModelFault>;

// "[3, 0, 1]", or "[:, 0, 1]" for a column.
std::string index_text(std::span<const std::size_t> index, bool column) {
    std::string text = shape_text(index);
    return column ? text.insert(1, index.empty() ? ":" : ":, ") : text;
}

MaybeFault list_fault(std::string name, std::string what) {
    std::string message = name + ": " + std::move(what);
    return ModelFault{std::move(name), {}, std::move(message)};
}

MaybeFault count_fault(const char* name, std::span<const std::size_t> counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) {
            return list_fault(name, "number " + std::to_string(i) + " is 0, expected at least 1");
        }
    }
    return std::nullopt;
}

MaybeFault length_fault(const char* name, std::size_t length, std::size_t expected) {
    if (length == expected) {
        return std::nullopt;
    }
    return list_fault(
        name, "has " + std::to_string(length) + " entries, expected " + std::to_string(expected));
}

MaybeFault
factor_list_fault(const char* name, std::span<const FactorList> lists, std::size_t n_factors) {
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const std::string where = std::string(name) + "[" + std::to_string(i) + "]";
        for (std::size_t k = 0; k < lists[i].size(); ++k) {
            const std::size_t factor = lists[i][k];
            if (factor >= n_factors) {
                return list_fault(where,
                                  "names factor " + std::to_string(factor) +
                                      ", expected a number below " + std::to_string(n_factors));
            }
            const auto before = lists[i].begin() + static_cast<std::ptrdiff_t>(k);
            if (std::find(lists[i].begin(), before, factor) != before) {
                return list_fault(
                    where, "names factor " + std::to_string(factor) + " twice, expected once");
            }
        }
    }
    return std::nullopt;
}

MaybeFault shape_fault(const std::string& name,
                       const Tensor& tensor,
                       const std::vector<std::size_t>& expected) {
    if (tensor.shape != expected) {
        return list_fault(
            name, "has shape " + shape_text(tensor.shape) + ", expected " + shape_text(expected));
    }
    const std::optional<std::size_t> count = element_count(tensor.shape);
    if (!count || *count != tensor.data.size()) {
        return list_fault(name,
                          "holds " + std::to_string(tensor.data.size()) +
                              " numbers, expected as many as its shape " +
                              shape_text(tensor.shape) + " says");
    }
    return std::nullopt;
}

MaybeFault entry_fault(const std::string& name, const Tensor& tensor) {
    for (std::size_t flat = 0; flat < tensor.data.size(); ++flat) {
        const double value = tensor.data[flat];
        if (std::isfinite(value) && value >= 0) {
            continue;
        }
        std::vector<std::size_t> index = unravel(tensor.shape, flat);
        std::string message = name + index_text(index, false) + " is " + number_text(value) +
                              ", expected a probability";
        return ModelFault{name, std::move(index), std::move(message)};
    }
    return std::nullopt;
}

MaybeFault column_fault(const std::string& name, const Tensor& tensor) {
    const std::size_t rows = tensor.shape.front();
    const std::size_t columns = tensor.data.size() / rows;
    for (std::size_t column = 0; column < columns; ++column) {
        double sum = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            sum += tensor.data[row * columns + column];
        }
        if (std::abs(sum - 1) <= kColumnSumTolerance) {
            continue;
        }
        std::vector<std::size_t> index =
            unravel(std::span<const std::size_t>(tensor.shape).subspan(1), column);
        std::string message = name + index_text(index, true) + " sums to " + number_text(sum) +
                              ", expected 1 within 1e-9";
        return ModelFault{name, std::move(index), std::move(message)};
    }
    return std::nullopt;
}

MaybeFault tensor_fault(const std::string& name,
                        const Tensor& tensor,
                        const std::vector<std::size_t>& expected) {
    if (auto fault = shape_fault(name, tensor, expected)) {
        return fault;
    }
    if (auto fault = entry_fault(name, tensor)) {
        return fault;
    }
    return column_fault(name, tensor);
}

MaybeFault distribution_fault(const std::string& name, const std::vector<double>& distribution) {
    const Tensor tensor{{distribution.size()}, distribution};
    if (auto fault = entry_fault(name, tensor)) {
        return fault;
    }
    return column_fault(name, tensor);
}

MaybeFault preference_fault(const FactoredModel& model) {
    if (model.preferences.empty()) {
        return std::nullopt;
    }
    if (auto fault = length_fault("C", model.preferences.size(), model.outcome_counts.size())) {
        return fault;
    }
    for (std::size_t m = 0; m < model.preferences.size(); ++m) {
        const std::string name = "C[" + std::to_string(m) + "]";
        const Tensor& preference = model.preferences[m];
        std::vector<std::size_t> expected{model.outcome_counts[m]};
        if (preference.shape.size() == 2 && preference.shape[1] > 0) {
            expected.push_back(preference.shape[1]); // any number of time steps
        }
        if (auto fault = shape_fault(name, preference, expected)) {
            return fault;
        }
        for (std::size_t flat = 0; flat < preference.data.size(); ++flat) {
            if (!std::isfinite(preference.data[flat])) {
                std::vector<std::size_t> index = unravel(preference.shape, flat);
                std::string message = name + index_text(index, false) + " is " +
                                      number_text(preference.data[flat]) +
                                      ", expected a finite log preference";
                return ModelFault{name, std::move(index), std::move(message)};
            }
        }
    }
    return std::nullopt;
}

MaybeFault prior_fault(const FactoredModel& model) {
    if (!model.priors.empty()) {
        if (auto fault = length_fault("D", model.priors.size(), model.state_counts.size())) {
            return fault;
        }
    }
    for (std::size_t f = 0; f < model.priors.size(); ++f) {
        const std::string name = "D[" + std::to_string(f) + "]";
        if (auto fault =
                length_fault(name.c_str(), model.priors[f].size(), model.state_counts[f])) {
            return fault;
        }
        if (auto fault = distribution_fault(name, model.priors[f])) {
            return fault;
        }
    }
    return model.policy_prior.empty() ? std::nullopt : distribution_fault("E", model.policy_prior);
}

MaybeFault lists_fault(const FactoredModel& model) {
    const std::size_t factors = model.state_counts.size();
    const std::size_t modalities = model.outcome_counts.size();
    if (factors == 0) {
        return list_fault("state_counts", "is empty, expected at least one factor");
    }
    const MaybeFault checks[] = {
        count_fault("state_counts", model.state_counts),
        length_fault("action_counts", model.action_counts.size(), factors),
        count_fault("action_counts", model.action_counts),
        count_fault("outcome_counts", model.outcome_counts),
        length_fault("transition_factors", model.transition_factors.size(), factors),
        length_fault("transitions", model.transitions.size(), factors),
        length_fault("likelihood_factors", model.likelihood_factors.size(), modalities),
        length_fault("likelihoods", model.likelihoods.size(), modalities),
        factor_list_fault("transition_factors", model.transition_factors, factors),
        factor_list_fault("likelihood_factors", model.likelihood_factors, factors),
    };
    for (const MaybeFault& fault : checks) {
        if (fault) {
            return fault;
        }
    }
    for (std::size_t f = 0; f < factors; ++f) {
        if (model.transition_factors[f].empty()) {
            return list_fault("transition_factors[" + std::to_string(f) + "]",
                              "is empty, expected at least one parent");
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<ModelFault> first_fault(const FactoredModel& model) {
    if (auto fault = lists_fault(model)) {
        return fault;
    }
    for (std::size_t f = 0; f < model.transitions.size(); ++f) {
        std::vector<std::size_t> expected{model.state_counts[f]};
        for (const std::size_t parent : model.transition_factors[f]) {
            expected.push_back(model.state_counts[parent]);
        }
        expected.push_back(model.action_counts[f]);
        if (auto fault =
                tensor_fault("B[" + std::to_string(f) + "]", model.transitions[f], expected)) {
            return fault;
        }
    }
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        std::vector<std::size_t> expected{model.outcome_counts[m]};
        for (const std::size_t factor : model.likelihood_factors[m]) {
            expected.push_back(model.state_counts[factor]);
        }
        if (auto fault =
                tensor_fault("A[" + std::to_string(m) + "]", model.likelihoods[m], expected)) {
            return fault;
        }
    }
    if (auto fault = preference_fault(model)) {
        return fault;
    }
    return prior_fault(model);
}

} // namespace assay::active_inference
