#include "reference_data.hpp"

#include "support/file.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>

namespace assay::test {

using active_inference::FactoredModel;
using active_inference::FactorList;
using active_inference::Tensor;

std::optional<json::value> reference_data(const std::string& path) {
    const char* const named = std::getenv("ASSAY_REFERENCE_DATA");
    const std::filesystem::path folder =
        named != nullptr ? named : std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared/data";
    if (!std::filesystem::is_directory(folder)) {
        MESSAGE("SKIPPED: no reference data at " << folder.string()
                                                 << " (ASSAY_REFERENCE_DATA names a folder)");
        return std::nullopt;
    }
    const auto text = read_file((folder / path).string());
    REQUIRE_MESSAGE(text.ok(), path << " is missing in " << folder.string());
    auto document = parse_json(*text);
    REQUIRE_MESSAGE(document.ok(), path << " is no JSON");
    return std::move(*document);
}

std::vector<double> numbers_of(const json::value& list) {
    std::vector<double> numbers;
    for (const json::value& one : list.as_array()) {
        numbers.push_back(one.to_number<double>());
    }
    return numbers;
}

std::vector<std::size_t> sizes_of(const json::value& list) {
    std::vector<std::size_t> sizes;
    for (const json::value& one : list.as_array()) {
        sizes.push_back(one.to_number<std::size_t>());
    }
    return sizes;
}

std::vector<FactorList> lists_of(const json::value& list) {
    std::vector<FactorList> lists;
    for (const json::value& one : list.as_array()) {
        lists.push_back(sizes_of(one));
    }
    return lists;
}

Tensor tensor_of(const json::value& value) {
    return {sizes_of(value.at("shape")), numbers_of(value.at("data"))};
}

std::vector<Tensor> tensors_of(const json::value& list) {
    std::vector<Tensor> tensors;
    for (const json::value& one : list.as_array()) {
        tensors.push_back(tensor_of(one));
    }
    return tensors;
}

namespace {

const json::value* member(const json::value& in, std::string_view key) {
    const json::value* const found = in.as_object().if_contains(key);
    return found != nullptr && !found->is_null() ? found : nullptr;
}

// Before what else is read: the factors that each list may name.
void read_lists(const json::value& in, FactoredModel& model) {
    FactorList all(model.state_counts.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (const auto* lists = member(in, "A_factor_list")) {
        model.likelihood_factors = lists_of(*lists);
    } else {
        model.likelihood_factors.assign(model.likelihoods.size(), all);
    }
    if (const auto* lists = member(in, "B_factor_list")) {
        model.transition_factors = lists_of(*lists);
    } else {
        for (const std::size_t factor : all) {
            model.transition_factors.push_back({factor});
        }
    }
}

} // namespace

FactoredModel model_of(const json::value& in) {
    FactoredModel model;
    model.likelihoods = tensors_of(in.at("A"));
    if (const auto* transitions = member(in, "B")) {
        model.transitions = tensors_of(*transitions);
    }
    if (const auto* counts = member(in, "num_states")) {
        model.state_counts = sizes_of(*counts);
    } else {
        for (const Tensor& transition : model.transitions) {
            model.state_counts.push_back(transition.shape.front());
        }
    }
    for (const Tensor& likelihood : model.likelihoods) {
        model.outcome_counts.push_back(likelihood.shape.front());
    }
    for (const Tensor& transition : model.transitions) {
        model.action_counts.push_back(transition.shape.back());
    }
    read_lists(in, model);
    if (const auto* preferences = member(in, "C")) {
        model.preferences = tensors_of(*preferences);
    }
    const auto* priors = member(in, "D") != nullptr ? member(in, "D") : member(in, "prior");
    if (priors != nullptr) {
        for (const Tensor& prior : tensors_of(*priors)) {
            model.priors.push_back(prior.data);
        }
    }
    if (const auto* policy_prior = member(in, "E")) {
        model.policy_prior = tensor_of(*policy_prior).data;
    }
    return model;
}

bool is_close(double found, double expected) noexcept {
    return std::abs(found - expected) <= 1e-9 + 1e-9 * std::abs(expected);
}

} // namespace assay::test
