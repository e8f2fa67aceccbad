// What the selective path saves, what that costs in accuracy, and that nothing is allocated.
#include "active_inference/hierarchy/hierarchy.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace assay::active_inference;

namespace {

struct Run {
    HierarchyWork work;
    double error_max = 0; // over levels and steps, against the full path
};

Run run(const HierarchicalModel& model, HierarchyOptions options, std::uint64_t seed) {
    Hierarchy full(model);
    Hierarchy other(model, options);
    assay::RandomSource random(seed);
    Run result;
    const auto outcomes = static_cast<std::uint32_t>(model.levels[0].likelihood.shape[0]);
    for (std::size_t t = 0; t < 2000; ++t) {
        const std::size_t outcome = random.below(outcomes);
        full.observe(outcome);
        other.observe(outcome);
        for (std::size_t level = 0; level < full.size(); ++level) {
            result.error_max = std::max(result.error_max, belief_error(full, other, level));
        }
        full.advance();
        other.advance();
    }
    CHECK(other.work().total == full.work().total);
    result.work = other.work();
    return result;
}

HierarchicalModel five_levels(std::uint64_t seed) {
    return random_hierarchy(
        {.states = {16, 12, 8, 6, 4}, .outcomes = 10, .sharpness = seed % 2 == 0 ? 4 : 1}, seed);
}

} // namespace

TEST_CASE("an unchanged observation costs no contraction on the selective path") {
    Hierarchy hierarchy(five_levels(1), {.path = HierarchyPath::selective});
    assay::RandomSource random(2);
    for (std::size_t t = 0; t < 300; ++t) {
        const std::size_t outcome = random.below(10);
        CHECK(hierarchy.observe(outcome) >= 1);
        const HierarchyWork before = hierarchy.work();
        CHECK(hierarchy.observe(outcome) == 0);
        CHECK(hierarchy.work().done == before.done);
        CHECK(hierarchy.work().skipped + before.total == before.skipped + hierarchy.work().total);
        CHECK(hierarchy.work().levels_computed == before.levels_computed);
        hierarchy.advance();
    }
}

TEST_CASE("what is done and what is skipped add up to the total, and the full path skips nothing") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const HierarchicalModel model = five_levels(seed);
        const HierarchyWork full = run(model, {}, seed).work;
        CHECK(full.skipped == UpdateCost{});
        CHECK(full.done == full.total);
        CHECK(full.levels_computed == full.levels_total);
        CHECK(full.levels_total == 2000 * 5);
        for (const double threshold : {0.0, 1e-6, 1e-3, 1e-1}) {
            const HierarchyWork work = run(model, {HierarchyPath::selective, threshold}, seed).work;
            CHECK(work.done + work.skipped == work.total);
            CHECK(work.levels_computed >= 2000); // level 0 at every observation
        }
    }
}

TEST_CASE("the error grows with the threshold and the work shrinks") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        const HierarchicalModel model = five_levels(seed);
        Run last = run(model, {HierarchyPath::selective, 0}, seed);
        CHECK(last.error_max <= 1e-12);
        for (const double threshold : {1e-6, 1e-3, 1e-1}) {
            CAPTURE(threshold);
            const Run next = run(model, {HierarchyPath::selective, threshold}, seed);
            CHECK(next.error_max >= 0.9 * last.error_max);
            CHECK(next.work.done.contractions <= last.work.done.contractions);
            CHECK(next.work.levels_computed <= last.work.levels_computed);
            last = next;
        }
        CHECK(last.error_max > 1e-4); // the threshold is one that matters
        CHECK(last.work.levels_computed < last.work.levels_total / 2);
    }
}

TEST_CASE("asking whether to send is work and with threshold zero more than nothing is saved") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const HierarchyWork work = run(five_levels(seed), {HierarchyPath::selective, 0}, seed).work;
        CHECK(work.done.logarithms > 0);
        CHECK(work.total.logarithms == 0);
        CHECK(work.skipped.ops() < 0);
        // Nothing is asked where there is nobody to send to.
        const HierarchicalModel alone = random_hierarchy({.states = {16}, .outcomes = 10}, seed);
        CHECK(run(alone, {HierarchyPath::selective, 0}, seed).work.done.logarithms == 0);
    }
}

TEST_CASE("no level holds back more than the threshold and above zero some of it") {
    for (const double threshold : {0.0, 1e-6, 1e-3, 1e-1}) {
        CAPTURE(threshold);
        Hierarchy hierarchy(five_levels(2), {HierarchyPath::selective, threshold});
        assay::RandomSource random(3);
        double largest = 0;
        for (std::size_t t = 0; t < 2000; ++t) {
            hierarchy.observe(random.below(10));
            for (std::size_t level = 0; level < hierarchy.size(); ++level) {
                largest = std::max(largest, hierarchy.withheld(level));
            }
            hierarchy.advance();
        }
        CHECK(largest <= threshold);
        CHECK((largest > 0) == (threshold > 0));
    }
}

TEST_CASE("levels that hear nothing and do not move are not sent down again") {
    HierarchicalModel model = random_hierarchy({.states = {3, 2}, .outcomes = 2}, 3);
    model.levels[1].transition.data = {1, 0, 0, 1};
    Hierarchy hierarchy(model, {.path = HierarchyPath::selective, .threshold = 1e9});
    for (std::size_t t = 0; t < 40; ++t) {
        hierarchy.observe(t % 2);
        const UpdateCost before = hierarchy.work().done;
        hierarchy.advance();
        const bool ended = t % 4 == 3;
        // Within an episode level 0 advances by one product. At its end level 1 stays: its first
        // advance is computed, after that neither it nor what it sends down.
        const std::int64_t expected = ended ? (t == 3 ? 1 : 0) : 1;
        CHECK(hierarchy.work().done.contractions - before.contractions == expected);
    }
}

TEST_CASE("neither path allocates once it is made") {
    for (const HierarchyPath path : {HierarchyPath::full, HierarchyPath::selective}) {
        Hierarchy hierarchy(five_levels(3), {.path = path, .threshold = 1e-6});
        const std::uint64_t before = allocation_count();
        for (std::size_t t = 0; t < 600; ++t) {
            (void)hierarchy.observe(t * 7 % 10);
            hierarchy.advance();
        }
        hierarchy.restart();
        CHECK(allocation_count() == before);
    }
}
