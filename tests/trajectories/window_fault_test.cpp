#include "active_inference/trajectories/window_fault.hpp"
#include "random_window.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

RandomWindow sound() {
    return {{.state_counts = {3, 2}, .action_counts = {2, 2}, .outcome_counts = {4, 3}}, {3, 2}, 1};
}

std::string message_of(const RandomWindow& input) {
    const auto fault =
        window_fault(input.model, input.lengths, {input.window, input.prior, input.actions()});
    return fault ? fault->message : "";
}

} // namespace

TEST_CASE("inputs that fit have no fault, a shorter window and policy among them") {
    RandomWindow input = sound();
    CHECK(message_of(input) == "");
    input.lengths = {9, 9};
    CHECK(message_of(input) == "");
    input.policy.clear();
    CHECK(message_of(input) == "");
}

TEST_CASE("an outcome out of range is named by step and modality") {
    RandomWindow input = sound();
    input.window[2 * 2 + 1].index = 3;
    CHECK(message_of(input) == "observations[2][1] is 3, expected a number below 3");
    const auto fault =
        window_fault(input.model, input.lengths, {input.window, input.prior, input.actions()});
    CHECK(fault->tensor == "observations");
    CHECK(fault->index == std::vector<std::size_t>{2, 1});
}

TEST_CASE("a soft outcome is a distribution over the outcomes of its modality") {
    RandomWindow input = sound();
    const double few[] = {0.5, 0.5};
    input.window[0] = {.soft = few};
    CHECK(message_of(input) == "observations[0][0] has 2 entries, expected 4");
    const double much[] = {0.5, 0.5, 0.5, 0};
    input.window[0] = {.soft = much};
    CHECK(message_of(input) == "observations[0][0] sums to 1.5, expected 1 within 1e-9");
    const double negative[] = {0.5, 0.75, -0.25, 0};
    input.window[0] = {.soft = negative};
    CHECK(message_of(input) == "observations[0][0][2] is -0.25, expected a probability");
}

TEST_CASE("lengths that do not fit each other are named with what was expected") {
    RandomWindow input = sound();
    input.window.pop_back();
    CHECK(message_of(input) == "observations has 5 entries, expected 1 to 3 steps of 2");
    input.window.clear();
    CHECK(message_of(input) == "observations has 0 entries, expected 1 to 3 steps of 2");
    input = sound();
    input.lengths.observed = 2;
    CHECK(message_of(input) == "observations has 6 entries, expected 1 to 2 steps of 2");
    input = sound();
    input.previous.pop_back();
    CHECK(message_of(input) == "previous_actions has 3 entries, expected 4: one row of 2 between "
                               "every two observed steps");
    input = sound();
    input.policy.push_back(0);
    CHECK(message_of(input) == "policy has 5 entries, expected at most 2 rows of 2");
    input.policy.push_back(0);
    CHECK(message_of(input) == "policy has 6 entries, expected at most 2 rows of 2");
    input = sound();
    input.prior = Beliefs(std::vector<std::size_t>{3});
    CHECK(message_of(input) == "prior is of 1 factors, expected 2");
    input.prior = Beliefs(std::vector<std::size_t>{3, 5});
    CHECK(message_of(input) == "prior[1] has 5 entries, expected 2");
}

TEST_CASE("actions and priors that do not exist are named by their entry") {
    RandomWindow input = sound();
    input.previous[3] = 2;
    CHECK(message_of(input) == "previous_actions[1][1] is 2, expected a number below 2");
    input = sound();
    input.policy[0] = 7;
    CHECK(message_of(input) == "policy[0][0] is 7, expected a number below 2");
    input = sound();
    input.prior[1][0] = std::numeric_limits<double>::quiet_NaN();
    CHECK(message_of(input) == "prior[1][0] is NaN, expected a probability");
    input = sound();
    input.prior[0][0] += 1;
    CHECK(message_of(input).starts_with("prior[0] sums to "));
}
