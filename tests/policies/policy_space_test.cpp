#include "active_inference/policies/policy_space.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

using namespace assay::active_inference;

TEST_CASE("policies count like a number whose slowest digits are the first step and factor") {
    const std::vector<std::size_t> actions{2, 3};
    const PolicySpace policies(actions, 2);
    REQUIRE(policies.size() == 36);
    std::size_t policy = 0;
    for (std::size_t a = 0; a < 2; ++a) {
        for (std::size_t b = 0; b < 3; ++b) {
            for (std::size_t c = 0; c < 2; ++c) {
                for (std::size_t d = 0; d < 3; ++d, ++policy) {
                    CHECK(policies.action(policy, 0, 0) == a);
                    CHECK(policies.action(policy, 0, 1) == b);
                    CHECK(policies.action(policy, 1, 0) == c);
                    CHECK(policies.action(policy, 1, 1) == d);
                }
            }
        }
    }
}

TEST_CASE("the first new step is where a policy differs from the one before it") {
    const std::vector<std::vector<std::size_t>> spaces{{2}, {3, 1}, {1}, {1, 1, 2}, {4, 2}};
    for (const std::vector<std::size_t>& actions : spaces) {
        const PolicySpace policies(actions, 3);
        CHECK(policies.first_new_step(0) == 0);
        for (std::size_t policy = 1; policy < policies.size(); ++policy) {
            std::size_t differs = 3;
            for (std::size_t step = 3; step-- > 0;) {
                for (std::size_t factor = 0; factor < actions.size(); ++factor) {
                    if (policies.action(policy, step, factor) !=
                        policies.action(policy - 1, step, factor)) {
                        differs = step;
                    }
                }
            }
            CHECK(policies.first_new_step(policy) == differs);
        }
    }
}

TEST_CASE("up to 2^20 policies are accepted, more are refused with their number") {
    const std::vector<std::size_t> two{2};
    CHECK(PolicySpace(two, 20).size() == kMaxPolicies);
    CHECK_THROWS_WITH_AS(
        PolicySpace(two, 21), doctest::Contains("2097152 policies"), std::length_error);
    CHECK(policy_space_fault(two, 20) == std::nullopt);
    const std::vector<std::size_t> many(40, 1000);
    CHECK(policy_space_fault(many, 9)->find("policies of 9 steps") != std::string::npos);
    const std::vector<std::size_t> one{1};
    CHECK(policy_space_fault(one, kMaxPolicies + 1));
}

TEST_CASE("no step and no action are refused") {
    const std::vector<std::size_t> two{2};
    CHECK(policy_space_fault(two, 0)->find("horizon 0") != std::string::npos);
    const std::vector<std::size_t> none{2, 0};
    CHECK(policy_space_fault(none, 1)->find("0 actions") != std::string::npos);
}

TEST_CASE("a model without choice has one policy of any length") {
    const std::vector<std::size_t> one{1, 1};
    const PolicySpace policies(one, 5);
    CHECK(policies.size() == 1);
    CHECK(policies.action(0, 4, 1) == 0);
}
