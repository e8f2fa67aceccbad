#include "active_inference/random_model.hpp"
#include "active_inference/selective/selective_likelihood.hpp"
#include "active_inference/state_inference/joint_likelihood.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace assay::active_inference;

namespace {

// Three modalities over both factors, one over the second alone.
FactoredModel four_modalities(std::uint64_t seed) {
    return random_model({.state_counts = {4, 3},
                         .action_counts = {1, 1},
                         .outcome_counts = {3, 3, 3, 3},
                         .likelihood_factors = {{0, 1}, {1}, {0, 1}, {0, 1}}},
                        seed);
}

using FourOutcomes = std::array<Outcome, 4>;

double largest_error(const SelectiveLikelihood& kept, const JointLikelihood& full) {
    double largest = 0;
    for (std::size_t group = 0; group < full.groups().size(); ++group) {
        for (std::size_t s = 0; s < full.groups()[group].entries; ++s) {
            largest =
                std::max(largest, std::abs(kept.tables()[group][s] - full.tables()[group][s]));
        }
    }
    return largest;
}

} // namespace

TEST_CASE("sums kept over ten thousand observations are within the bound of those from scratch") {
    const std::array<double, 3> soft{0.2, 0.5, 0.3};
    for (const bool cached : {false, true}) {
        CAPTURE(cached);
        const FactoredModel model = four_modalities(1);
        SelectiveLikelihood kept(model, modality_groups(model), {.cached = cached});
        JointLikelihood full(model, modality_groups(model), {.cached = cached});
        assay::RandomSource random(5);
        FourOutcomes observation{};
        for (int step = 0; step < 10'000; ++step) {
            const std::uint32_t modality = random.below(4);
            const bool is_soft = random.below(4) == 0;
            observation[modality] = {.index = random.below(3),
                                     .soft = is_soft ? std::span<const double>(soft)
                                                     : std::span<const double>()};
            (void)kept.observe(observation);
            full.observe(observation);
            REQUIRE(largest_error(kept, full) <=
                    kErrorPerStep * static_cast<double>(kept.steps() + 1));
            REQUIRE(kept.work().adds_up());
        }
        CHECK(kept.rebases() > 10);
    }
}

TEST_CASE("an observation that is the same changes nothing and costs nothing") {
    const FactoredModel model = four_modalities(2);
    SelectiveLikelihood kept(model, modality_groups(model));
    const FourOutcomes observation{{{.index = 1}, {.index = 2}, {.index = 0}, {.index = 1}}};
    CHECK(kept.observe(observation) == 4);
    const UpdateWork before = kept.work();
    CHECK(kept.observe(observation) == 0);
    CHECK((kept.work() - before).done == UpdateCost{});
    CHECK((kept.work() - before).skipped.multiply_adds == 3 * 12 + 3);
    FourOutcomes other = observation;
    other[2].index = 2;
    CHECK(kept.observe(other) == 1);
    CHECK((kept.work() - before).done.logarithms == 12);
    kept.forget();
    CHECK(kept.observe(other) == 4);
}

TEST_CASE("a soft outcome is known again by its entries and not by where they stand") {
    const FactoredModel model = four_modalities(3);
    SelectiveLikelihood kept(model, modality_groups(model));
    std::array<double, 3> soft{0.2, 0.5, 0.3};
    const std::array<double, 3> same = soft;
    FourOutcomes observation{};
    observation[0].soft = soft;
    CHECK(kept.observe(observation) == 4);
    observation[0].soft = same;
    CHECK(kept.observe(observation) == 0);
    soft = {0.3, 0.5, 0.2};
    observation[0].soft = soft;
    CHECK(kept.observe(observation) == 1);
    observation[0].soft = {};
    CHECK(kept.observe(observation) == 1);
}

TEST_CASE("observing allocates nothing") {
    const FactoredModel model = four_modalities(4);
    SelectiveLikelihood kept(model, modality_groups(model));
    assay::RandomSource random(1);
    FourOutcomes observation{};
    const std::uint64_t before = allocation_count();
    for (int step = 0; step < 600; ++step) {
        observation[random.below(4)].index = random.below(3);
        (void)kept.observe(observation);
    }
    CHECK(allocation_count() == before);
}
