#include "active_inference/model_fault.hpp"
#include "active_inference/random_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

using namespace assay::active_inference;

namespace {

RandomModelOptions small() {
    return {.state_counts = {4, 3}, .action_counts = {2, 3}, .outcome_counts = {5}};
}

} // namespace

TEST_CASE("equal seeds make equal models and different seeds different ones") {
    const FactoredModel a = random_model(small(), 5);
    const FactoredModel b = random_model(small(), 5);
    const FactoredModel c = random_model(small(), 6);
    CHECK(a.transitions[1].data == b.transitions[1].data);
    CHECK(a.likelihoods[0].data == b.likelihoods[0].data);
    CHECK(a.transitions[1].data != c.transitions[1].data);
}

TEST_CASE("another modality leaves the transitions as they are") {
    RandomModelOptions more = small();
    more.outcome_counts.push_back(7);
    CHECK(random_model(small(), 5).transitions[1].data ==
          random_model(more, 5).transitions[1].data);
}

TEST_CASE("without lists every factor depends on itself and every modality on all factors") {
    const FactoredModel model = random_model(small(), 1);
    CHECK(model.transition_factors == std::vector<FactorList>{{0}, {1}});
    CHECK(model.likelihood_factors == std::vector<FactorList>{{0, 1}});
    CHECK(model.likelihoods[0].shape == std::vector<std::size_t>{5, 4, 3});
}

TEST_CASE("sharp models are valid and have larger peaks than flat ones") {
    RandomModelOptions sharp = small();
    sharp.sharpness = 12;
    const FactoredModel model = random_model(sharp, 1);
    CHECK_FALSE(first_fault(model).has_value());
    const auto peak = [](const FactoredModel& m) {
        return std::ranges::max(m.likelihoods[0].data);
    };
    CHECK(peak(model) > peak(random_model(small(), 1)));
}

TEST_CASE("a model too large to count is refused with its shape") {
    const std::size_t large = std::numeric_limits<std::size_t>::max() / 2;
    CHECK_THROWS_AS((void)random_model({.state_counts = {large}, .action_counts = {1}}, 1),
                    std::length_error);
}
