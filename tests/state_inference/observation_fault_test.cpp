#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/observation_fault.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace assay::active_inference;

namespace {

std::string fault_of(const std::vector<Outcome>& observation) {
    const FactoredModel model =
        random_model({.state_counts = {2}, .action_counts = {1}, .outcome_counts = {5, 3}}, 1);
    return first_observation_fault(model, observation).value_or("none");
}

} // namespace

TEST_CASE("an observation names an outcome of every modality, or a distribution over them") {
    const std::vector<double> soft{0.25, 0.5, 0.25};
    CHECK(fault_of({{.index = 4, .soft = {}}, {.index = 2, .soft = {}}}) == "none");
    CHECK(fault_of({{.index = 4, .soft = {}}, {.index = 9, .soft = soft}}) == "none");
    CHECK(fault_of({{.index = 4, .soft = {}}}) ==
          "observation has 1 entries, expected one for each of 2 modalities");
    CHECK(fault_of({{.index = 0, .soft = {}}, {.index = 3, .soft = {}}}) ==
          "observation[1] is 3, expected an outcome below 3");
}

TEST_CASE("a soft outcome is a distribution over the outcomes of its modality") {
    const std::vector<double> longer{0.5, 0.25, 0.25, 0};
    const std::vector<double> heavier{0.5, 0.5, 0.5};
    const std::vector<double> negative{0.5, -0.5, 1};
    const std::vector<double> undefined{0.5, 0.5, std::nan("")};
    const auto second = [](const std::vector<double>& soft) {
        return fault_of({{.index = 0, .soft = {}}, {.index = 0, .soft = soft}});
    };
    CHECK(second(longer) == "observation[1] has 4 entries, expected one for each of 3 outcomes");
    CHECK(second(heavier) == "observation[1] sums to 1.5, expected 1 within 1e-9");
    CHECK(second(negative) == "observation[1][1] is -0.5, expected a probability");
    CHECK(second(undefined) == "observation[1][2] is NaN, expected a probability");
}
