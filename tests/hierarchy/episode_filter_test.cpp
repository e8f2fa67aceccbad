#include "active_inference/hierarchy/episode_filter.hpp"

#include <doctest/doctest.h>

using namespace assay::active_inference;

namespace {

// P(s' | s): from 0 to 1 with 0.25, from 1 to 0 with 0.5.
const Tensor kTransition{{2, 2}, {0.75, 0.5, 0.25, 0.5}};

void check(std::span<const double> found, double first, double second) {
    REQUIRE(found.size() == 2);
    CHECK(found[0] == doctest::Approx(first).epsilon(1e-14));
    CHECK(found[1] == doctest::Approx(second).epsilon(1e-14));
}

} // namespace

TEST_CASE("a filter weighs its prediction and says how likely the evidence was") {
    EpisodeFilter filter(kTransition, 2);
    filter.begin(std::vector{0.5, 0.5});
    CHECK(filter.weigh(std::vector{0.8, 0.4}) == doctest::Approx(0.6));
    check(filter.belief(), 2.0 / 3, 1.0 / 3);
}

TEST_CASE("weighing again replaces what was weighed at this step") {
    EpisodeFilter filter(kTransition, 2);
    filter.begin(std::vector{0.5, 0.5});
    (void)filter.weigh(std::vector{0.1, 0.9});
    (void)filter.weigh(std::vector{0.8, 0.4});
    check(filter.belief(), 2.0 / 3, 1.0 / 3);
    filter.infer_first_state();
    check(filter.first_state_likelihood(), 2.0 / 3, 1.0 / 3);
}

TEST_CASE("the likelihood of the first state counts later evidence through the transitions") {
    EpisodeFilter filter(kTransition, 2);
    filter.begin(std::vector{0.5, 0.5});
    (void)filter.weigh(std::vector{0.8, 0.4});
    filter.advance(std::vector{2.0 / 3, 1.0 / 3});
    (void)filter.weigh(std::vector{1.0, 0.2});
    filter.infer_first_state();
    // lambda = (0.8, 0.4) * B^T (1, 0.2) = (0.8 * 0.8, 0.4 * 0.6)
    check(filter.first_state_likelihood(), 0.64 / 0.88, 0.24 / 0.88);
    CHECK(filter.position() == 1);
    filter.begin(std::vector{1.0, 0.0});
    CHECK(filter.position() == 0);
    filter.infer_first_state();
    check(filter.first_state_likelihood(), 0.5, 0.5); // nothing observed yet
}

TEST_CASE("evidence that is impossible says nothing") {
    EpisodeFilter filter(kTransition, 1);
    filter.begin(std::vector{1.0, 0.0});
    CHECK(filter.weigh(std::vector{0.0, 1.0}) == 0);
    check(filter.belief(), 1, 0);
    filter.infer_first_state();
    check(filter.first_state_likelihood(), 0.5, 0.5);
}
