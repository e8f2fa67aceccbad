#include "active_inference/model_fault.hpp"
#include "active_inference/random_model.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace assay::active_inference;

namespace {

using Index = std::vector<std::size_t>;

// Two factors (3 and 2 states), the second depends on both; two modalities, one sees one factor.
FactoredModel valid_model() {
    return random_model({.state_counts = {3, 2},
                         .action_counts = {2, 4},
                         .outcome_counts = {5, 2},
                         .transition_factors = {{0}, {1, 0}},
                         .likelihood_factors = {{0, 1}, {1}}},
                        11);
}

} // namespace

TEST_CASE("a generated model has no fault") {
    CHECK_FALSE(first_fault(valid_model()).has_value());
}

TEST_CASE("a factor of one state is legal") {
    const FactoredModel model =
        random_model({.state_counts = {1, 3}, .action_counts = {1, 2}, .outcome_counts = {2}}, 1);
    CHECK_FALSE(first_fault(model).has_value());
}

TEST_CASE("a modality that sees no factor and a factor that no modality sees are legal") {
    FactoredModel model = random_model({.state_counts = {2, 2},
                                        .action_counts = {1, 1},
                                        .outcome_counts = {3},
                                        .likelihood_factors = {{0}}},
                                       1);
    CHECK_FALSE(first_fault(model).has_value());
    model.likelihood_factors[0].clear();
    model.likelihoods[0] = {{3}, {0.25, 0.25, 0.5}};
    CHECK_FALSE(first_fault(model).has_value());
}

TEST_CASE("a column that does not sum to 1 is named by its index without the first axis") {
    FactoredModel model = valid_model();
    // B[1] has shape [2, 2, 3, 4]: s', s_1, s_0, u.
    model.transitions[1].data[(1 * 3 + 2) * 4 + 3] += 0.5;
    const auto fault = first_fault(model);
    REQUIRE(fault.has_value());
    CHECK(fault->tensor == "B[1]");
    CHECK(fault->index == Index{1, 2, 3});
    CHECK(fault->message.starts_with("B[1][:, 1, 2, 3] sums to 1.5"));
    CHECK(fault->message.ends_with("expected 1 within 1e-9"));
}

TEST_CASE("column sums may be off by the tolerance and no more") {
    FactoredModel model = valid_model();
    model.likelihoods[1].data[0] += 0.9e-9;
    CHECK_FALSE(first_fault(model).has_value());
    model.likelihoods[1].data[0] += 0.3e-9;
    CHECK(first_fault(model).has_value());
}

TEST_CASE("the first entry that is no probability is named by its whole index") {
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity(),
                             -0.25}) {
        FactoredModel model = valid_model();
        model.likelihoods[0].data[(2 * 3 + 1) * 2 + 1] = bad; // shape [5, 3, 2]
        model.likelihoods[0].data[(4 * 3 + 0) * 2 + 0] = bad;
        const auto fault = first_fault(model);
        REQUIRE(fault.has_value());
        CHECK(fault->tensor == "A[0]");
        CHECK(fault->index == Index{2, 1, 1});
        CHECK(fault->message.find("A[0][2, 1, 1] is ") == 0);
    }
}

TEST_CASE("a tensor of the wrong shape or with too few numbers is refused") {
    FactoredModel model = valid_model();
    model.transitions[0].shape = {3, 2, 3};
    CHECK(first_fault(model)->message == "B[0]: has shape [3, 2, 3], expected [3, 3, 2]");
    model = valid_model();
    model.transitions[0].data.pop_back();
    CHECK(first_fault(model)->message ==
          "B[0]: holds 17 numbers, expected as many as its shape [3, 3, 2] says");
}

TEST_CASE("factor lists name existing factors once and transitions have a parent") {
    FactoredModel model = valid_model();
    model.likelihood_factors[1] = {2};
    CHECK(first_fault(model)->tensor == "likelihood_factors[1]");
    model = valid_model();
    model.transition_factors[1] = {1, 1};
    CHECK(first_fault(model)->message ==
          "transition_factors[1]: names factor 1 twice, expected once");
    model = valid_model();
    model.transition_factors[0].clear();
    CHECK(first_fault(model)->message ==
          "transition_factors[0]: is empty, expected at least one parent");
}

TEST_CASE("lists of different lengths and counts of zero are refused") {
    FactoredModel model = valid_model();
    model.action_counts.pop_back();
    CHECK(first_fault(model)->message == "action_counts: has 1 entries, expected 2");
    model = valid_model();
    model.state_counts[1] = 0;
    CHECK(first_fault(model)->message == "state_counts: number 1 is 0, expected at least 1");
    model = valid_model();
    model.likelihoods.clear();
    CHECK(first_fault(model)->tensor == "likelihoods");
    CHECK(first_fault(FactoredModel{})->tensor == "state_counts");
}

TEST_CASE("preferences are finite and have the outcomes of their modality, with or without time") {
    FactoredModel model = valid_model(); // 5 and 2 outcomes
    model.preferences = {{{5}, {0, -1, 2, 0, 0}}, {{2, 3}, {0, 1, 2, 3, 4, 5}}};
    CHECK_FALSE(first_fault(model).has_value());
    model.preferences[1].data[4] = std::numeric_limits<double>::infinity();
    CHECK(first_fault(model)->message == "C[1][1, 1] is inf, expected a finite log preference");
    model.preferences[1] = {{3}, {0, 0, 0}};
    CHECK(first_fault(model)->message == "C[1]: has shape [3], expected [2]");
    model.preferences.pop_back();
    CHECK(first_fault(model)->message == "C: has 1 entries, expected 2");
}

TEST_CASE("priors over states and policies are distributions") {
    FactoredModel model = valid_model(); // 3 and 2 states
    model.priors = {{0.5, 0.25, 0.25}, {1, 0}};
    model.policy_prior = {0.5, 0.5};
    CHECK_FALSE(first_fault(model).has_value());
    model.policy_prior[0] = 0.75;
    CHECK(first_fault(model)->message == "E[:] sums to 1.25, expected 1 within 1e-9");
    model.priors[1][1] = -0.5;
    CHECK(first_fault(model)->message == "D[1][1] is -0.5, expected a probability");
    model.priors[1] = {0.5, 0.25, 0.25};
    CHECK(first_fault(model)->message == "D[1]: has 3 entries, expected 2");
    model.priors.pop_back();
    CHECK(first_fault(model)->tensor == "D");
}
