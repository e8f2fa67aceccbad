// Whole agents against what pymdp computed.
#include "active_inference/agent/agent.hpp"
#include "active_inference/agent/window_agent.hpp"
#include "reference_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace assay::active_inference;
using namespace assay::test;
namespace json = assay::json;

namespace {

void check_close(const char* what,
                 std::span<const double> found,
                 std::span<const double> expected) {
    REQUIRE_MESSAGE(found.size() == expected.size(), what);
    for (std::size_t at = 0; at < found.size(); ++at) {
        CHECK_MESSAGE(is_close(found[at], expected[at]),
                      what << "[" << at << "]: " << found[at] << ", expected " << expected[at]);
    }
}

void check_tensors(const char* what,
                   const std::vector<Tensor>& found,
                   const json::value& expected) {
    const std::vector<Tensor> tensors = tensors_of(expected);
    REQUIRE_MESSAGE(found.size() == tensors.size(), what);
    for (std::size_t at = 0; at < found.size(); ++at) {
        check_close(what, found[at].data, tensors[at].data);
    }
}

void check_beliefs(const char* what, const Beliefs& found, const json::value& expected) {
    for (std::size_t f = 0; f < found.size(); ++f) {
        check_close(what, found[f], tensor_of(expected.at(f)).data);
    }
}

std::vector<Outcome> observation_of(const json::value& step) {
    std::vector<Outcome> observation;
    for (const std::size_t index : sizes_of(step.at("obs"))) {
        observation.push_back({.index = index});
    }
    return observation;
}

DirichletCounts counts_of(const json::value& in) {
    DirichletCounts counts;
    counts.likelihoods = tensors_of(in.at("pA"));
    counts.transitions = tensors_of(in.at("pB"));
    for (const Tensor& prior : tensors_of(in.at("pD"))) {
        counts.priors.push_back(prior.data);
    }
    return counts;
}

// Learnt values the file has of this step; D is learnt when the file has it, at the end.
std::size_t check_learnt(Agent& agent, const json::value& step) {
    std::size_t compared = 0;
    const auto& fields = step.as_object();
    if (fields.contains("qA")) {
        check_tensors("qA", agent.state().own->counts.likelihoods, step.at("qA"));
        ++compared;
    }
    if (fields.contains("qB")) {
        check_tensors("qB", agent.state().own->counts.transitions, step.at("qB"));
        ++compared;
    }
    if (fields.contains("qD")) {
        agent.learn_prior();
        const std::vector<Tensor> expected = tensors_of(step.at("qD"));
        for (std::size_t f = 0; f < expected.size(); ++f) {
            check_close("qD", agent.state().own->counts.priors[f], expected[f].data);
        }
        ++compared;
    }
    return compared;
}

std::size_t
check_filtering(const json::value& in, const json::value& out, const AgentCaches& caches) {
    const bool learns = in.at("learning").to_number<int>() != 0;
    AgentOptions options{.horizon = in.at("policy_len").to_number<std::size_t>(),
                         .gamma = in.at("gamma").to_number<double>(),
                         .caches = caches};
    if (learns) {
        const json::value& rates = in.at("lr");
        options.learning = {.likelihoods = rates.at("pA").to_number<double>(),
                            .transitions = rates.at("pB").to_number<double>(),
                            .priors = rates.at("pD").to_number<double>()};
    }
    Agent agent(model_of(in), options, learns ? counts_of(in) : DirichletCounts{});
    CHECK(agent.loop().policies().size() == out.at("num_policies").to_number<std::size_t>());
    std::size_t learnt = 0;
    for (const json::value& step : out.at("steps").as_array()) {
        agent.infer_states(observation_of(step));
        REQUIRE(agent.evaluate_policies());
        agent.learn();
        agent.choose_action();
        check_beliefs("qs", agent.state().q, step.at("qs"));
        check_close("G", agent.loop().values(), tensor_of(step.at("neg_efe_G")).data);
        check_close("q_pi", agent.loop().posterior(), tensor_of(step.at("q_pi")).data);
        CHECK(agent.state().chosen == sizes_of(step.at("action")));
        learnt += check_learnt(agent, step);
    }
    return learnt;
}

void check_smoothing(const json::value& in, const json::value& out) {
    const FactoredModel model = model_of(in);
    WindowAgent agent(model,
                      {.window = in.at("inference_horizon").to_number<std::size_t>(),
                       .horizon = in.at("policy_len").to_number<std::size_t>(),
                       .gamma = in.at("gamma").to_number<double>()});
    CHECK(agent.policies().size() == out.at("num_policies").to_number<std::size_t>());
    for (const json::value& step : out.at("steps").as_array()) {
        REQUIRE(agent.infer_states(observation_of(step)));
        agent.evaluate_policies();
        agent.choose_action();
        const std::vector<double> free_energies = tensor_of(step.at("F")).data;
        for (std::size_t policy = 0; policy < agent.policies().size(); ++policy) {
            CAPTURE(policy);
            CHECK(is_close(agent.free_energy(policy), free_energies[policy]));
            check_beliefs(
                "first belief", agent.trajectory(policy).front(), step.at("qs_pi_t0").at(policy));
            check_beliefs(
                "last belief", agent.trajectory(policy).back(), step.at("qs_pi_last").at(policy));
        }
        check_close("G", agent.values(), tensor_of(step.at("neg_efe_G")).data);
        check_close("q_pi", agent.posterior(), tensor_of(step.at("q_pi")).data);
        CHECK(std::ranges::equal(agent.chosen(), sizes_of(step.at("action"))));
    }
}

} // namespace

TEST_CASE("agents believe, value, learn and act step by step as the reference data says") {
    const auto file = reference_data("active-inference/agent.json");
    if (!file) {
        return;
    }
    std::size_t filtering = 0;
    std::size_t smoothing = 0;
    for (const json::value& each : file->at("cases").as_array()) {
        CAPTURE(std::string(each.at("id").as_string()));
        const json::value& in = each.at("in");
        const json::value& out = each.at("out");
        if (in.at("algo").as_string() == "VANILLA") {
            const std::size_t learnt = check_filtering(in, out, {});
            CHECK(check_filtering(in, out, {true, true, true, {}}) == learnt);
            CHECK(learnt == (in.at("learning").to_number<int>() != 0 ? 6 + 5 + 1 : 0));
            ++filtering;
        } else {
            check_smoothing(in, out);
            ++smoothing;
        }
    }
    CHECK(filtering == 3);
    CHECK(smoothing == 1);
}
