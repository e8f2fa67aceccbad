#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/policy_fault.hpp"
#include "active_inference/policies/policy_posterior.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace assay;
using namespace assay::active_inference;
using namespace assay::test;

namespace {

struct Case {
    std::string id;
    const json::value& in;
    const json::value& out;
    FactoredModel model;
    DirichletCounts counts;
    Beliefs q;
    std::size_t horizon;

    explicit Case(const json::value& one)
        : id(one.at("id").as_string())
        , in(one.at("in"))
        , out(one.at("out"))
        , model(model_of(in))
        , q(model.state_counts)
        , horizon(in.at("policy_len").to_number<std::size_t>()) {
        for (std::size_t f = 0; f < q.size(); ++f) {
            std::ranges::copy(tensor_of(in.at("qs").at(f)).data, q[f].begin());
        }
        if (in.as_object().contains("pA")) {
            counts.likelihoods = tensors_of(in.at("pA"));
            counts.transitions = tensors_of(in.at("pB"));
        }
    }

    [[nodiscard]] bool learns() const { return !counts.likelihoods.empty(); }

    [[nodiscard]] EfeOptions options(StateGain gain, bool cache) const {
        return {.horizon = horizon,
                .state_gain = gain,
                .likelihood_gain = learns(),
                .transition_gain = learns(),
                .cache = cache};
    }
};

void check_numbers(const std::string& what,
                   std::span<const double> found,
                   std::span<const double> expected) {
    REQUIRE_MESSAGE(found.size() == expected.size(), what);
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK_MESSAGE(is_close(found[i], expected[i]),
                      what << "[" << i << "]: " << found[i] << ", expected " << expected[i]);
    }
}

void check_forecast(const Case& one, ExpectedFreeEnergy& efe) {
    std::vector<Beliefs> states(one.horizon, Beliefs(one.model.state_counts));
    std::vector<Beliefs> outcomes(one.horizon, Beliefs(one.model.outcome_counts));
    std::size_t compared = 0;
    for (std::size_t policy = 0; policy < efe.policies().size(); ++policy) {
        const json::value& expected = one.out.at("per_policy").at(policy);
        if (!expected.as_object().contains("qs_pi")) {
            continue; // of many policies the file has every seventh
        }
        efe.forecast(one.q, policy, states, outcomes);
        for (std::size_t t = 0; t < one.horizon; ++t) {
            for (std::size_t f = 0; f < one.q.size(); ++f) {
                const json::value& qs = expected.at("qs_pi").at(t).at(f);
                check_numbers(one.id + " qs_pi", states[t][f], tensor_of(qs).data);
            }
            for (std::size_t m = 0; m < one.model.outcome_counts.size(); ++m) {
                const json::value& qo = expected.at("qo_pi").at(t).at(m);
                check_numbers(one.id + " qo_pi", outcomes[t][m], tensor_of(qo).data);
            }
        }
        ++compared;
    }
    CHECK(compared >= (efe.policies().size() + 6) / 7);
}

void check_part(const Case& one, std::size_t policy, const char* name, double found) {
    const json::value& parts = one.out.at("per_policy").at(policy);
    const json::value* const expected = parts.as_object().if_contains(name);
    if (expected != nullptr) {
        CHECK_MESSAGE(is_close(found, expected->to_number<double>()),
                      one.id << " policy " << policy << " " << name << ": " << found);
    }
}

void check_values(const Case& one, const ExpectedFreeEnergy& efe) {
    for (std::size_t policy = 0; policy < efe.policies().size(); ++policy) {
        const EfeParts& parts = efe.parts()[policy];
        check_part(one, policy, "utility", parts.utility);
        check_part(one, policy, "state_info_gain", parts.state_gain);
        check_part(one, policy, "pA_info_gain", parts.likelihood_gain);
        check_part(one, policy, "pB_info_gain", parts.transition_gain);
    }
    check_numbers(one.id + " G", efe.values(), tensor_of(one.out.at("neg_efe_G")).data);
}

void check_posterior(const Case& one, const ExpectedFreeEnergy& efe) {
    std::vector<double> q_pi(efe.policies().size());
    policy_posterior(
        efe.values(),
        {.gamma = one.in.at("gamma").to_number<double>(), .prior = one.model.policy_prior},
        q_pi);
    check_numbers(one.id + " q_pi", q_pi, tensor_of(one.out.at("q_pi")).data);
    Beliefs actions(one.model.action_counts);
    action_marginals(efe.policies(), q_pi, actions);
    for (std::size_t f = 0; f < actions.size(); ++f) {
        check_numbers(one.id + " action_marginals",
                      actions[f],
                      tensor_of(one.out.at("action_marginals").at(f)).data);
    }
}

void check_policies(const Case& one, const PolicySpace& policies) {
    const json::value& expected = one.out.at("policies");
    REQUIRE(policies.size() == expected.as_array().size());
    for (std::size_t policy = 0; policy < policies.size(); ++policy) {
        for (std::size_t t = 0; t < one.horizon; ++t) {
            for (std::size_t f = 0; f < one.q.size(); ++f) {
                CHECK(policies.action(policy, t, f) ==
                      expected.at(policy).at(t).at(f).to_number<std::size_t>());
            }
        }
    }
}

void check_joint_gain(const Case& one, bool cache) {
    if (!one.out.at("per_policy").at(0).as_object().contains("state_info_gain_joint")) {
        return;
    }
    ExpectedFreeEnergy joint(one.model, &one.counts, one.options(StateGain::joint, cache));
    REQUIRE(joint.evaluate(one.q));
    for (std::size_t policy = 0; policy < joint.policies().size(); ++policy) {
        check_part(one, policy, "state_info_gain_joint", joint.parts()[policy].state_gain);
    }
}

} // namespace

TEST_CASE("expected free energies, posteriors and action marginals equal the reference data") {
    const auto file = reference_data("active-inference/efe.json");
    if (!file) {
        return;
    }
    CHECK(file->at("cases").as_array().size() == 5);
    for (const json::value& value : file->at("cases").as_array()) {
        const Case one(value);
        CAPTURE(one.id);
        REQUIRE(!policy_fault(one.model, one.horizon));
        REQUIRE(!counts_fault(one.model, one.counts));
        for (const bool cache : {false, true}) {
            CAPTURE(cache);
            ExpectedFreeEnergy efe(
                one.model, &one.counts, one.options(StateGain::factorised, cache));
            check_policies(one, efe.policies());
            REQUIRE(efe.evaluate(one.q));
            check_values(one, efe);
            check_posterior(one, efe);
            check_forecast(one, efe);
            check_joint_gain(one, cache);
        }
    }
}
