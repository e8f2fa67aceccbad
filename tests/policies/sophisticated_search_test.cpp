#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/sophisticated_search.hpp"
#include "random_policies.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace assay;
using namespace assay::active_inference;
using namespace assay::test;

namespace {

void check_numbers(const char* what,
                   std::span<const double> found,
                   std::span<const double> expected) {
    REQUIRE_MESSAGE(found.size() == expected.size(), what);
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK_MESSAGE(is_close(found[i], expected[i]),
                      what << "[" << i << "]: " << found[i] << ", expected " << expected[i]);
    }
}

Beliefs beliefs_of(const FactoredModel& model, const json::value& list) {
    Beliefs q(model.state_counts);
    for (std::size_t f = 0; f < q.size(); ++f) {
        std::ranges::copy(tensor_of(list.at(f)).data, q[f].begin());
    }
    return q;
}

std::optional<InductiveGoals> goals_of(const FactoredModel& model, const json::value& in) {
    if (!in.as_object().contains("H")) {
        return std::nullopt;
    }
    std::vector<std::vector<double>> goals;
    for (const Tensor& goal : tensors_of(in.at("H"))) {
        goals.push_back(goal.data);
    }
    return InductiveGoals(model,
                          goals,
                          {.threshold = in.at("ii_threshold").to_number<double>(),
                           .depth = in.at("ii_depth").to_number<std::size_t>()});
}

void check_goals(const FactoredModel& model,
                 const InductiveGoals& goals,
                 const Beliefs& q,
                 const json::value& out) {
    for (std::size_t f = 0; f < q.size(); ++f) {
        check_numbers("I", goals.reach(f).data, tensor_of(out.at("I").at(f)).data);
    }
    ExpectedFreeEnergy one_step(model, nullptr, {.horizon = 1});
    const std::vector<double> expected = numbers_of(out.at("inductive_cost"));
    std::vector<Beliefs> states(1, Beliefs(model.state_counts));
    std::vector<Beliefs> outcomes(1, Beliefs(model.outcome_counts));
    REQUIRE(expected.size() == one_step.policies().size());
    for (std::size_t policy = 0; policy < expected.size(); ++policy) {
        one_step.forecast(q, policy, states, outcomes);
        CHECK(is_close(goals.cost(q, states[0]), expected[policy]));
    }
}

} // namespace

TEST_CASE("sophisticated search and inductive cost equal the reference data") {
    const auto file = reference_data("active-inference/soph.json");
    if (!file) {
        return;
    }
    CHECK(file->at("cases").as_array().size() == 2);
    for (const json::value& one : file->at("cases").as_array()) {
        CAPTURE(one.at("id").as_string().c_str());
        const json::value& in = one.at("in");
        const json::value& out = one.at("out");
        const FactoredModel model = model_of(in);
        const Beliefs q = beliefs_of(model, in.at("qs"));
        const std::optional<InductiveGoals> goals = goals_of(model, in);
        if (goals) {
            check_goals(model, *goals, q, out);
        }
        for (const bool cache : {false, true}) {
            SophisticatedSearch search(
                model,
                {.horizon = in.at("horizon").to_number<std::size_t>(),
                 .gamma = in.at("gamma").to_number<double>(),
                 .policy_threshold = in.at("policy_prune_threshold").to_number<double>(),
                 .outcome_threshold = in.at("state_prune_threshold").to_number<double>(),
                 .prune_penalty = in.at("prune_penalty").to_number<double>(),
                 .sweeps = in.at("num_iter").to_number<std::size_t>(),
                 .goals = goals ? &*goals : nullptr,
                 .cache = cache});
            REQUIRE(search.evaluate(q));
            CHECK(search.nodes() > 1);
            check_numbers("G", search.values(), tensor_of(out.at("neg_efe_G")).data);
            check_numbers("q_pi", search.posterior(), tensor_of(out.at("q_pi")).data);
            const json::value& policies = out.at("policies");
            REQUIRE(policies.as_array().size() == search.policies().size());
            for (std::size_t p = 0; p < search.policies().size(); ++p) {
                CHECK(search.policies().action(p, 0, q.size() - 1) ==
                      policies.at(p).at(0).at(q.size() - 1).to_number<std::size_t>());
            }
        }
    }
}

TEST_CASE("a search of one step values policies as the expected free energy does") {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = random_policies(seed, 1);
        const Beliefs q = random_beliefs(model, seed);
        SophisticatedSearch search(model, {.horizon = 1});
        ExpectedFreeEnergy efe(model, nullptr, {.horizon = 1});
        REQUIRE(search.evaluate(q));
        REQUIRE(efe.evaluate(q));
        CHECK(search.nodes() == 1);
        for (std::size_t policy = 0; policy < efe.policies().size(); ++policy) {
            CHECK(search.values()[policy] == efe.values()[policy]);
        }
    }
}

TEST_CASE("a search is bit for bit the same with the cache on and off, and its work adds up") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = random_policies(seed, 1);
        const Beliefs q = random_beliefs(model, seed);
        SophisticatedSearch off(model, {.horizon = 2, .cache = false});
        SophisticatedSearch on(model, {.horizon = 2, .cache = true});
        REQUIRE(off.evaluate(q));
        REQUIRE(on.evaluate(q));
        CHECK(on.nodes() == off.nodes());
        for (std::size_t policy = 0; policy < on.policies().size(); ++policy) {
            CHECK(on.values()[policy] == off.values()[policy]);
            CHECK(on.posterior()[policy] == off.posterior()[policy]);
            CHECK(std::isfinite(on.values()[policy]));
        }
        CHECK(on.work().adds_up());
        CHECK(off.work().adds_up());
        CHECK(off.work().logarithms.skipped == 0);
        CHECK(on.work().logarithms.total == off.work().logarithms.total);
    }
}

TEST_CASE("an improbable policy is punished instead of followed") {
    FactoredModel model;
    model.state_counts = {2};
    model.action_counts = {2};
    model.outcome_counts = {2};
    model.transition_factors = {{0}};
    model.likelihood_factors = {{0}};
    model.transitions = {{{2, 2, 2}, {1, 0, 1, 0, 0, 1, 0, 1}}};
    model.likelihoods = {{{2, 2}, {1, 0, 0, 1}}};
    model.preferences = {{{2}, {4, 0}}}; // action 0 leads to the preferred outcome, e^4 to 1
    SophisticatedSearch search(model, {.horizon = 2});
    ExpectedFreeEnergy one_step(model, nullptr, {.horizon = 1});
    const Beliefs q(model.state_counts);
    REQUIRE(search.evaluate(q));
    REQUIRE(one_step.evaluate(q));
    CHECK(search.nodes() == 2); // the root, and after action 0 its one outcome
    CHECK(search.values()[1] == one_step.values()[1] - 512);
    CHECK(search.values()[0] > 2 * one_step.values()[0] - 0.2);
}
