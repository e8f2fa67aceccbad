// Exactness against enumeration of all state sequences, and the selective path against the full.
#include "active_inference/hierarchy/hierarchy.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace assay::active_inference;

namespace {

using Outcomes = std::vector<std::size_t>;

Outcomes random_outcomes(std::size_t steps, std::uint32_t outcomes, std::uint64_t seed) {
    assay::RandomSource random(seed);
    Outcomes drawn(steps);
    std::ranges::generate(drawn, [&] { return random.below(outcomes); });
    return drawn;
}

double entry(const Tensor& matrix, std::size_t row, std::size_t column) {
    return matrix.data[row * matrix.shape[1] + column];
}

// Sums p(states, observations) over all sequences of states of all levels, kept apart by the last
// state of each level. Written from the definition of the model alone.
struct Enumeration {
    const HierarchicalModel& model;
    const Outcomes& outcomes;
    std::vector<std::vector<double>> last; // [level][state]

    Enumeration(const HierarchicalModel& m, const Outcomes& o)
        : model(m)
        , outcomes(o) {
        for (const HierarchyLevel& level : model.levels) {
            last.emplace_back(level.states(), 0.0);
        }
        step(0, std::vector<std::size_t>(model.levels.size()), 1);
    }

    double total() const { return std::accumulate(last[0].begin(), last[0].end(), 0.0); }

    // Chooses the states of step t, from the top level down, then goes on to the next step.
    void step(std::size_t t, const std::vector<std::size_t>& before, double weight) {
        if (t == outcomes.size()) {
            for (std::size_t l = 0; l < before.size(); ++l) {
                last[l][before[l]] += weight;
            }
            return;
        }
        choose(t, before.size(), before, before, weight);
    }

    void choose(std::size_t t,
                std::size_t above,
                std::vector<std::size_t> states,
                const std::vector<std::size_t>& before,
                double weight) {
        if (above == 0) {
            step(t + 1, states, weight * entry(model.levels[0].likelihood, outcomes[t], states[0]));
            return;
        }
        const std::size_t level = above - 1;
        for (std::size_t s = 0; s < model.levels[level].states(); ++s) {
            const double p = transition(t, level, s, states, before);
            if (p > 0) {
                states[level] = s;
                choose(t, level, states, before, weight * p);
                states[level] = before[level];
            }
        }
    }

    // A level moves at multiples of k^level, and begins anew at multiples of k^(level + 1).
    double transition(std::size_t t,
                      std::size_t level,
                      std::size_t s,
                      const std::vector<std::size_t>& states,
                      const std::vector<std::size_t>& before) const {
        std::size_t period = 1;
        for (std::size_t l = 0; l < level; ++l) {
            period *= model.episode_length;
        }
        const bool top = level + 1 == model.levels.size();
        if (t % period != 0) {
            return s == before[level] ? 1 : 0;
        }
        if (top ? t == 0 : t % (period * model.episode_length) == 0) {
            return top ? model.prior[s]
                       : entry(model.levels[level + 1].likelihood, s, states[level + 1]);
        }
        return entry(model.levels[level].transition, s, before[level]);
    }
};

void check_against_enumeration(const HierarchicalModel& model, const Outcomes& outcomes) {
    Hierarchy hierarchy(model);
    for (std::size_t t = 0; t < outcomes.size(); ++t) {
        CAPTURE(t);
        if (t > 0) {
            hierarchy.advance();
        }
        hierarchy.observe(outcomes[t]);
        const Outcomes so_far(outcomes.begin(),
                              outcomes.begin() + static_cast<std::ptrdiff_t>(t) + 1);
        const Enumeration exact(model, so_far);
        CHECK(hierarchy.log_evidence() == doctest::Approx(std::log(exact.total())).epsilon(1e-12));
        for (std::size_t level = 0; level < model.levels.size(); ++level) {
            CAPTURE(level);
            for (std::size_t s = 0; s < model.levels[level].states(); ++s) {
                CHECK(std::abs(hierarchy.belief(level)[s] - exact.last[level][s] / exact.total()) <
                      1e-12);
            }
        }
    }
}

} // namespace

TEST_CASE("two levels of three states equal the enumeration at each of four steps and beyond") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        const HierarchicalModel model = random_hierarchy(
            {.states = {3, 3}, .outcomes = 4, .sharpness = seed % 2 == 0 ? 4 : 1}, seed);
        check_against_enumeration(model, random_outcomes(4, 4, seed));
    }
    check_against_enumeration(random_hierarchy({.states = {3, 3}, .outcomes = 4}, 6),
                              random_outcomes(9, 4, 6));
}

TEST_CASE("three levels with short episodes equal the enumeration, and so does one level alone") {
    check_against_enumeration(
        random_hierarchy({.states = {2, 2, 2}, .outcomes = 3, .episode_length = 2}, 3),
        random_outcomes(9, 3, 3));
    check_against_enumeration(
        random_hierarchy({.states = {2, 3, 2}, .outcomes = 2, .episode_length = 1}, 4),
        random_outcomes(4, 2, 4));
    check_against_enumeration(random_hierarchy({.states = {3}, .outcomes = 3}, 5),
                              random_outcomes(6, 3, 5));
}

TEST_CASE("levels of one state and columns with zeros leave beliefs finite and exact") {
    HierarchicalModel model = random_hierarchy({.states = {3, 1, 2}, .outcomes = 3}, 9);
    model.levels[0].transition.data = {0, 0, 1, 1, 0, 0, 0, 1, 0}; // a cycle
    model.levels[2].likelihood.data = {1, 1};
    check_against_enumeration(model, random_outcomes(6, 3, 2));
}

TEST_CASE("an impossible observation leaves the prediction and its evidence is minus infinity") {
    HierarchicalModel model = random_hierarchy({.states = {2, 2}, .outcomes = 2}, 1);
    model.levels[0].likelihood.data = {1, 1, 0, 0};
    Hierarchy hierarchy(model);
    const std::vector<double> prediction(hierarchy.belief(0).begin(), hierarchy.belief(0).end());
    hierarchy.observe(1);
    CHECK(std::ranges::equal(hierarchy.belief(0), prediction));
    CHECK(std::ranges::equal(hierarchy.belief(1), model.prior));
    CHECK(hierarchy.log_evidence() == -std::numeric_limits<double>::infinity());
    hierarchy.observe(0); // corrected
    CHECK(hierarchy.log_evidence() == doctest::Approx(0));
}

TEST_CASE("a corrected observation gives what observing it at once gives") {
    const HierarchicalModel model = random_hierarchy({.states = {4, 3, 2}, .outcomes = 5}, 2);
    for (const HierarchyPath path : {HierarchyPath::full, HierarchyPath::selective}) {
        Hierarchy once(model, {.path = path});
        Hierarchy corrected(model, {.path = path});
        assay::RandomSource random(4);
        for (std::size_t t = 0; t < 50; ++t) {
            const std::size_t outcome = random.below(5);
            once.observe(outcome);
            corrected.observe((outcome + 1) % 5);
            corrected.observe(outcome);
            for (std::size_t level = 0; level < 3; ++level) {
                CHECK(belief_error(once, corrected, level) == 0);
            }
            once.advance();
            corrected.advance();
        }
    }
}

TEST_CASE("the selective path with threshold zero equals the full path at every level") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        const HierarchicalModel model = random_hierarchy({.states = {16, 12, 8, 6, 4},
                                                          .outcomes = 10,
                                                          .episode_length = 2 + seed % 3,
                                                          .sharpness = seed % 2 == 0 ? 12 : 1},
                                                         seed);
        Hierarchy full(model);
        Hierarchy selective(model, {.path = HierarchyPath::selective});
        for (const std::size_t outcome : random_outcomes(1100, 10, seed)) {
            full.observe(outcome);
            selective.observe(outcome);
            for (std::size_t level = 0; level < model.levels.size(); ++level) {
                CAPTURE(level);
                REQUIRE(belief_error(full, selective, level) <= 1e-12);
                const auto q = selective.belief(level);
                REQUIRE(std::abs(std::accumulate(q.begin(), q.end(), 0.0) - 1) < 1e-12);
            }
            full.advance();
            selective.advance();
        }
        CHECK(selective.log_evidence() == doctest::Approx(full.log_evidence()).epsilon(1e-12));
    }
}

TEST_CASE("a restarted hierarchy repeats itself bit for bit") {
    Hierarchy hierarchy(random_hierarchy({.states = {5, 4, 3}, .outcomes = 4}, 8),
                        {.path = HierarchyPath::selective, .threshold = 1e-4});
    const Outcomes outcomes = random_outcomes(100, 4, 1);
    std::vector<double> values[2];
    HierarchyWork work[2];
    for (std::size_t turn = 0; turn < 2; ++turn) {
        hierarchy.restart();
        for (const std::size_t outcome : outcomes) {
            hierarchy.observe(outcome);
            for (std::size_t level = 0; level < hierarchy.size(); ++level) {
                const auto q = hierarchy.belief(level);
                values[turn].insert(values[turn].end(), q.begin(), q.end());
            }
            hierarchy.advance();
        }
        work[turn] = hierarchy.work();
    }
    CHECK(values[0] == values[1]);
    CHECK(work[0].done == work[1].done);
}
