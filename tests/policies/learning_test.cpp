#include "active_inference/learning/dirichlet.hpp"
#include "active_inference/learning/dirichlet_learning.hpp"
#include "active_inference/model_fault.hpp"
#include "random_policies.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

double total(std::span<const double> numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

void close_to(double found, double expected) {
    CHECK(std::abs(found - expected) <= 1e-12 * std::max(1.0, std::abs(expected)));
}

struct Agent {
    FactoredModel model;
    DirichletCounts counts;
    Beliefs q, before;
    std::vector<Outcome> observation;
    std::vector<std::size_t> actions;

    // `possible`: a model without zeros, whose counts grow by all that is learnt.
    Agent(std::uint64_t seed, bool possible)
        : model(random_policies(seed, 1)) {
        assay::RandomSource random(assay::derived_seed(seed, 3));
        if (possible) {
            for (std::vector<Tensor>* tensors : {&model.likelihoods, &model.transitions}) {
                for (Tensor& tensor : *tensors) {
                    for (double& entry : tensor.data) {
                        entry += 0.01;
                    }
                }
            }
        }
        counts = random_counts(model, seed);
        expect_from_counts(counts, model);
        q = random_beliefs(model, seed);
        before = random_beliefs(model, seed + 1'000'000);
        for (const std::size_t outcomes : model.outcome_counts) {
            observation.push_back({random.below(static_cast<std::uint32_t>(outcomes))});
        }
        for (const std::size_t count : model.action_counts) {
            actions.push_back(random.below(static_cast<std::uint32_t>(count)));
        }
    }
};

// Zeros of the counts, in order.
std::vector<bool> zeros_of(std::span<const Tensor> tensors) {
    std::vector<bool> zeros;
    for (const Tensor& tensor : tensors) {
        for (const double count : tensor.data) {
            zeros.push_back(count == 0);
        }
    }
    return zeros;
}

} // namespace

TEST_CASE("what is possible everywhere learns exactly the rate in every modality and factor") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        Agent agent(seed, true);
        const DirichletCounts old = agent.counts;
        DirichletLearner learner(agent.model);
        learner.learn_likelihoods(agent.observation, agent.q, 0.7, agent.counts, agent.model);
        learner.learn_transitions(
            agent.actions, agent.before, agent.q, 0.3, agent.counts, agent.model);
        for (std::size_t m = 0; m < old.likelihoods.size(); ++m) {
            close_to(total(agent.counts.likelihoods[m].data), total(old.likelihoods[m].data) + 0.7);
        }
        for (std::size_t f = 0; f < old.transitions.size(); ++f) {
            close_to(total(agent.counts.transitions[f].data), total(old.transitions[f].data) + 0.3);
        }
        CHECK(!first_fault(agent.model));
    }
}

TEST_CASE("a count of zero stays zero, and learning moves a Dirichlet away from its prior") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        Agent agent(seed, false);
        const DirichletCounts old = agent.counts;
        DirichletLearner learner(agent.model);
        for (int step = 0; step < 3; ++step) {
            learner.learn_likelihoods(agent.observation, agent.q, 1, agent.counts, agent.model);
            learner.learn_transitions(
                agent.actions, agent.before, agent.q, 1, agent.counts, agent.model);
            learner.learn_priors(agent.q, 1, agent.counts, agent.model);
        }
        CHECK(zeros_of(agent.counts.likelihoods) == zeros_of(old.likelihoods));
        CHECK(zeros_of(agent.counts.transitions) == zeros_of(old.transitions));
        for (std::size_t f = 0; f < old.priors.size(); ++f) {
            for (std::size_t state = 0; state < old.priors[f].size(); ++state) {
                const bool was = old.priors[f][state] > 0;
                CHECK((agent.counts.priors[f][state] > 0) == was);
                close_to(agent.counts.priors[f][state],
                         old.priors[f][state] + (was ? 3 * agent.q[f][state] : 0));
            }
            close_to(total(agent.model.priors[f]), 1);
            CHECK(dirichlet_divergence(agent.counts.priors[f], old.priors[f]) >= -1e-12);
        }
        CHECK(!first_fault(agent.model));
    }
}

TEST_CASE("what is learnt goes to the outcome and action that were seen, weighted with beliefs") {
    FactoredModel model;
    model.state_counts = {2};
    model.action_counts = {2};
    model.outcome_counts = {2};
    model.transition_factors = {{0}};
    model.likelihood_factors = {{0}};
    model.likelihoods = {{{2, 2}, {0.5, 1, 0.5, 0}}};
    model.transitions = {{{2, 2, 2}, std::vector<double>(8, 0.5)}};
    DirichletCounts counts{
        {{{2, 2}, {1, 1, 1, 0}}}, {{{2, 2, 2}, std::vector<double>(8, 1.0)}}, {}};
    DirichletLearner learner(model);
    Beliefs q(model.state_counts);
    Beliefs before(model.state_counts);
    q[0][0] = 0.25;
    q[0][1] = 0.75;
    const std::vector<Outcome> seen{{1}};
    learner.learn_likelihoods(seen, q, 2, counts, model);
    CHECK(counts.likelihoods[0].data == std::vector<double>{1, 1, 1.5, 0});
    CHECK(model.likelihoods[0].data[0] == doctest::Approx(0.4));
    CHECK(model.likelihoods[0].data[2] == doctest::Approx(0.6));
    CHECK(model.likelihoods[0].data[3] == 0);
    const std::vector<std::size_t> action{1};
    learner.learn_transitions(action, before, q, 1, counts, model);
    CHECK(counts.transitions[0].data ==
          std::vector<double>{1, 1.125, 1, 1.125, 1, 1.375, 1, 1.375});
    const std::vector<double> soft{0.5, 0.5};
    const std::vector<Outcome> unsure{{.soft = soft}};
    learner.learn_likelihoods(unsure, q, 2, counts, model);
    CHECK(counts.likelihoods[0].data == std::vector<double>{1.25, 1.75, 1.75, 0});
}

TEST_CASE("every kind of learning raises the version") {
    Agent agent(4, true);
    DirichletLearner learner(agent.model);
    const std::uint64_t first = agent.model.version;
    learner.learn_likelihoods(agent.observation, agent.q, 1, agent.counts, agent.model);
    CHECK(agent.model.version == first + 1);
    learner.learn_transitions(agent.actions, agent.before, agent.q, 1, agent.counts, agent.model);
    CHECK(agent.model.version == first + 2);
    learner.learn_priors(agent.q, 1, agent.counts, agent.model);
    CHECK(agent.model.version == first + 3);
    expect_from_counts(agent.counts, agent.model);
    CHECK(agent.model.version == first + 4);
}
