#include "agent_setting.hpp"
#include "allocation_count.hpp"

#include <doctest/doctest.h>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

AgentOptions options_with(AgentCaches caches, LearningRates learning = {}) {
    return {.horizon = 2, .learning = learning, .caches = caches};
}

// Off, each alone, all, and all with a cache that evicts or holds nothing.
std::vector<AgentCaches> all_caches() {
    return {
        {},
        {.likelihoods = true},
        {.transitions = true},
        {.intermediates = true},
        {.likelihoods = true, .transitions = true, .intermediates = true},
        {.likelihoods = true, .likelihood_cache = {.limit_bytes = 2048}},
        {.likelihoods = true, .likelihood_cache = {.eviction = Eviction::lfu, .limit_bytes = 2048}},
        {.likelihoods = true, .likelihood_cache = {.limit_bytes = 0}}};
}

AgentTrace learning_trace(const FactoredModel& model,
                          const AgentCaches& caches,
                          std::span<const Outcome> stream) {
    const LearningRates rates{.likelihoods = 1, .transitions = 1};
    AgentLoop loop(model, options_with(caches, rates));
    AgentState agent(model, AgentTensors(counts_of(model, 10), model));
    return trace_of(loop, agent, stream);
}

} // namespace

TEST_CASE("no cache changes a bit of a thousand steps") {
    const FactoredModel model = grid_model(1);
    const std::vector<Outcome> stream = outcome_stream(model, 1000, 2);
    AgentTrace first;
    for (const AgentCaches& caches : all_caches()) {
        AgentLoop loop(model, options_with(caches));
        AgentState agent(model);
        const AgentTrace trace = trace_of(loop, agent, stream);
        REQUIRE(trace.actions.size() == 2000);
        if (first.actions.empty()) {
            first = trace;
        }
        CHECK(same_bits(trace, first));
    }
}

TEST_CASE("learning makes every cache forget") {
    const FactoredModel model = grid_model(3);
    const std::vector<Outcome> stream = outcome_stream(model, 300, 4);
    const AgentTrace off = learning_trace(model, {}, stream);
    for (const AgentCaches& caches : all_caches()) {
        CHECK(same_bits(learning_trace(model, caches, stream), off));
    }
}

TEST_CASE("an observation that comes again takes no logarithm, a first one does") {
    const FactoredModel model = grid_model(5);
    KeptLikelihoods likelihoods(model, ByteCacheOptions{});
    const std::vector<Outcome> one{{.index = 1}, {.index = 2}};
    const std::vector<Outcome> other{{.index = 2}, {.index = 1}};
    (void)likelihoods.observe(one);
    (void)likelihoods.observe(other);
    const std::uint64_t taken = likelihoods.logarithms();
    CHECK(taken > 0);
    (void)likelihoods.observe(one);
    CHECK(likelihoods.logarithms() == taken);
    CHECK(likelihoods.cache()->counts().hits == 1);
    CHECK(likelihoods.cache()->counts().misses == 2);
}

TEST_CASE("the same observation under another model or version is computed again") {
    FactoredModel model = grid_model(5);
    const FactoredModel another = grid_model(6);
    KeptLikelihoods likelihoods(model, ByteCacheOptions{});
    KeptLikelihoods fresh(another, {});
    const std::vector<Outcome> observation{{.index = 1}, {.index = 2}};
    (void)likelihoods.observe(observation);
    ++model.version;
    (void)likelihoods.observe(observation);
    CHECK(likelihoods.cache()->counts().hits == 0);
    likelihoods.use_model(another, 1);
    const double found = likelihoods.observe(observation)[0][0];
    CHECK(likelihoods.cache()->counts().hits == 0);
    CHECK(found == fresh.observe(observation)[0][0]);
}

TEST_CASE("a soft outcome is not remembered") {
    const FactoredModel model = grid_model(7);
    KeptLikelihoods likelihoods(model, ByteCacheOptions{});
    const std::vector<double> soft(5, 0.2);
    const std::vector<Outcome> observation{{.soft = soft}, {.index = 2}};
    (void)likelihoods.observe(observation);
    (void)likelihoods.observe(observation);
    CHECK(likelihoods.cache()->counts().lookups() == 0);
}

TEST_CASE("the caches of transitions and of intermediates spare work of different kinds") {
    const FactoredModel model = grid_model(8);
    const std::vector<Outcome> stream = outcome_stream(model, 5, 9);
    const auto work_with = [&](AgentCaches caches) {
        AgentLoop loop(model, options_with(caches));
        AgentState agent(model);
        trace_of(loop, agent, stream);
        CHECK(loop.policy_work().adds_up());
        return loop.policy_work();
    };
    const PolicyWork off = work_with({});
    const PolicyWork transitions = work_with({.transitions = true});
    const PolicyWork intermediates = work_with({.intermediates = true});
    CHECK(off.contractions.skipped == 0);
    CHECK(off.logarithms.skipped == 0);
    CHECK(transitions.contractions.skipped > 0);
    CHECK(intermediates.contractions.skipped == 0);
    CHECK(intermediates.logarithms.done < transitions.logarithms.done);
}

TEST_CASE("a step allocates nothing once every observation was seen") {
    const FactoredModel model = grid_model(10);
    const std::vector<Outcome> stream = outcome_stream(model, 400, 11);
    for (const AgentCaches& caches : all_caches()) {
        AgentLoop loop(model, options_with(caches));
        AgentState agent(model);
        trace_of(loop, agent, stream);
        const std::uint64_t before = allocation_count();
        for (std::size_t at = 0; at < stream.size(); at += 2) {
            step_once(loop, agent, std::span(stream).subspan(at, 2));
        }
        CHECK(allocation_count() == before);
    }
}
