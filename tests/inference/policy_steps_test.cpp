#include "active_inference/random_model.hpp"
#include "policy_steps.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace policy_steps_test {

using namespace assay::inference;
namespace ai = assay::active_inference;

namespace {

// `actions` of a factor; policies of one step are their product.
ai::FactoredModel model_of(const std::vector<std::size_t>& actions) {
    return ai::random_model({.state_counts = std::vector<std::size_t>(actions.size(), 2),
                             .action_counts = actions,
                             .outcome_counts = {3}},
                            1);
}

ai::FactoredModel with_prior(const std::vector<std::size_t>& actions, std::size_t policies) {
    ai::FactoredModel model = model_of(actions);
    model.policy_prior.assign(policies, 1.0 / static_cast<double>(policies));
    return model;
}

ai::FactoredModel with_columns(const std::vector<std::size_t>& actions, std::size_t columns) {
    ai::FactoredModel model = model_of(actions);
    model.preferences = {{{3, columns}, std::vector<double>(3 * columns, 0.0)}};
    return model;
}

} // namespace

TEST_CASE("a model that says nothing of it has policies of one step") {
    CHECK(policy_steps(model_of({3, 2})) == 1);
    ai::FactoredModel preferring = model_of({3});
    preferring.preferences = {{{3}, {0, 0, 1}}};
    CHECK(policy_steps(preferring) == 1);
}

TEST_CASE("a prior has an entry for each policy, and so says how long they are") {
    CHECK(policy_steps(with_prior({3, 2}, 6)) == 1);
    CHECK(policy_steps(with_prior({3, 2}, 36)) == 2);
    CHECK(policy_steps(with_prior({2}, 1024)) == 10);
    CHECK(policy_steps(with_prior({3, 2}, 12)) == 1); // of no length: to be refused
    CHECK(policy_steps(with_prior({2}, 1)) == 1);
}

TEST_CASE("preferences that depend on time say how long policies are, as long as they are few") {
    CHECK(policy_steps(with_columns({3, 2}, 3)) == 3);
    CHECK(policy_steps(with_columns({4}, 12)) == 6);     // 4096 policies
    CHECK(policy_steps(with_columns({64, 64}, 3)) == 1); // 4096 of one step
    CHECK(policy_steps(with_columns({1}, 500)) == kPolicyStepsMax);
    ai::FactoredModel two = model_of({2});
    two.outcome_counts = {3, 2};
    two.preferences = {{{3, 4}, std::vector<double>(12, 0.0)},
                       {{2, 2}, std::vector<double>(4, 0.0)}};
    CHECK(policy_steps(two) == 2);
}

TEST_CASE("a prior counts for more than preferences, but not where there is one policy alone") {
    ai::FactoredModel both = with_prior({2}, 4);
    both.preferences = {{{3, 3}, std::vector<double>(9, 0.0)}};
    CHECK(policy_steps(both) == 2);
    ai::FactoredModel passive = with_columns({1}, 3);
    passive.policy_prior = {1};
    CHECK(policy_steps(passive) == 3);
}

} // namespace policy_steps_test
