#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/policies/policy_fault.hpp"
#include "active_inference/random_model.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace assay::active_inference;

namespace {

FactoredModel small_model() {
    FactoredModel model =
        random_model({.state_counts = {2, 1}, .action_counts = {2, 1}, .outcome_counts = {3}}, 5);
    model.preferences = {{{3, 2}, {0, 1, 2, 3, 4, 5}}};
    model.policy_prior = {0.25, 0.25, 0.25, 0.25};
    return model;
}

std::string policy_message(const FactoredModel& model, std::size_t horizon = 2) {
    const auto fault = policy_fault(model, horizon);
    return fault ? fault->message : "";
}

std::string counts_message(const FactoredModel& model, const DirichletCounts& counts) {
    const auto fault = counts_fault(model, counts);
    return fault ? fault->message : "";
}

} // namespace

TEST_CASE("a sound model has no fault for its policies") {
    CHECK(policy_message(small_model()) == "");
    FactoredModel bare = small_model();
    bare.preferences.clear();
    bare.policy_prior.clear();
    CHECK(policy_message(bare) == "");
}

TEST_CASE("a horizon with too many policies is refused with their number") {
    CHECK(policy_message(small_model(), 21).find("policies: 2097152 policies") == 0);
}

TEST_CASE("preferences of a wrong shape are refused by name") {
    FactoredModel model = small_model();
    CHECK(policy_message(model, 3).find("C[0]: has shape [3, 2]") == 0);
    model.preferences[0] = {{4}, {0, 0, 0, 0}};
    CHECK(policy_message(model).find("C[0]: has shape [4]") == 0);
    model.preferences[0] = {{3}, {0, 0}};
    CHECK(policy_message(model).find("C[0]: has shape [3] and 2 numbers") == 0);
    model.preferences.clear();
    model.preferences.resize(2);
    CHECK(policy_message(model).find("preferences: has 2 entries, expected 1") == 0);
}

TEST_CASE("a preference that is no number is refused with its place") {
    FactoredModel model = small_model();
    model.preferences[0].data[3] = std::numeric_limits<double>::quiet_NaN();
    CHECK(policy_message(model).find("C[0][1, 1]: is not finite") == 0);
    CHECK(policy_fault(model, 2)->index == std::vector<std::size_t>{1, 1});
}

TEST_CASE("a policy prior that is none is refused with its place") {
    FactoredModel model = small_model();
    model.policy_prior[2] = -0.25;
    CHECK(policy_message(model) == "E[2]: is no probability");
    model.policy_prior[2] = 0.5;
    CHECK(policy_message(model).find("E: sums to 1.25") == 0);
    model.policy_prior.resize(3);
    CHECK(policy_message(model).find("E: has 3 entries") == 0);
}

TEST_CASE("counts of a wrong shape are refused by name") {
    const FactoredModel model = small_model();
    CHECK(counts_message(model, {model.likelihoods, model.transitions, {{1, 1}, {1}}}) == "");
    CHECK(counts_message(model, {}) == "");
    DirichletCounts counts{model.likelihoods, {}, {}};
    counts.likelihoods[0].shape = {3, 1, 2};
    CHECK(counts_message(model, counts).find("pA[0]: has shape [3, 1, 2]") == 0);
    counts = {{}, model.transitions, {}};
    counts.transitions.pop_back();
    CHECK(counts_message(model, counts).find("pB: has 1 tensors, expected 2") == 0);
    CHECK(counts_message(model, {{}, {}, {{1, 1}}}).find("pD: has 1 entries") == 0);
    CHECK(counts_message(model, {{}, {}, {{1, 1}, {1, 1}}}).find("pD[1]: has 2 counts") == 0);
}

TEST_CASE("a count that is none and a column without counts are refused with their place") {
    const FactoredModel model = small_model();
    DirichletCounts counts{model.likelihoods, model.transitions, {{1, 1}, {1}}};
    counts.transitions[0].data[5] = -1; // [1, 0, 1]
    CHECK(counts_message(model, counts).find("pB[0][1, 0, 1]: ") == 0);
    counts = {model.likelihoods, {}, {}};
    for (std::size_t row = 0; row < 3; ++row) {
        counts.likelihoods[0].data[row * 2 + 1] = 0;
    }
    CHECK(counts_message(model, counts).find("pA[0][0, 1, 0]: begins a column") == 0);
    CHECK(counts_message(model, {{}, {}, {{0, 0}, {1}}}).find("pD[0][0]: begins a column") == 0);
}
