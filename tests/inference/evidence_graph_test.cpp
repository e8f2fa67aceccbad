#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/exact_posterior.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "bp_exact.hpp"
#include "evidence_graph.hpp"
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace evidence_graph_test {

using namespace assay::inference;
using namespace suite_test;
namespace ai = assay::active_inference;

namespace {

ai::FactoredModel model_seen_by(const std::vector<ai::FactorList>& modalities, std::uint64_t seed) {
    return ai::random_model({.state_counts = {3, 2, 4},
                             .action_counts = {1, 1, 1},
                             .outcome_counts = std::vector<std::size_t>(modalities.size(), 3),
                             .likelihood_factors = modalities},
                            seed);
}

std::vector<ai::Outcome> outcomes(std::size_t count) {
    std::vector<ai::Outcome> all;
    for (std::size_t m = 0; m < count; ++m) {
        all.push_back({.index = m % 3});
    }
    return all;
}

ai::FactorGraph graph_of(const std::vector<ai::FactorList>& modalities) {
    const ai::FactoredModel model = model_seen_by(modalities, 1);
    const auto seen = outcomes(modalities.size());
    return evidence_graph(model, ai::prior_beliefs(model), seen);
}

const std::string kModel = R"("states":[2,2],"A":[[[0.9,0.2],[0.1,0.8]],[[[1,0.5],[0.5,0.1]],)"
                           R"([[0,0.5],[0.5,0.9]]]],"A_factors":[[0],[0,1]])";

std::string settings(const std::string& more) {
    return R"({"model":{)" + kModel + "}" + more + "}";
}

} // namespace

TEST_CASE(
    "the marginals of the graph are the posterior, and Z is how probable the observation is") {
    const std::vector<std::vector<ai::FactorList>> shapes = {
        {{0, 1, 2}, {0, 1, 2}}, {{0, 1}, {1, 2}}, {{0, 1}, {2, 0}, {1, 2}}, {{2}, {}, {0}}};
    for (const auto& modalities : shapes) {
        for (const std::uint64_t seed : {1, 2, 3}) {
            const ai::FactoredModel model = model_seen_by(modalities, seed);
            auto seen = outcomes(modalities.size());
            const std::vector<double> soft = {0.5, 0.25, 0.25};
            seen.back() = {.soft = soft};
            ai::Beliefs prior = ai::prior_beliefs(model);
            prior[1][0] = 0.875;
            prior[1][1] = 0.125;
            const auto exact = exact_marginals(evidence_graph(model, prior, seen));
            ai::LogLikelihood tables(model);
            tables.observe(seen);
            const auto wanted = ai::exact_posterior(model, tables, prior);
            REQUIRE(exact);
            REQUIRE(wanted);
            CHECK(exact->log_partition == doctest::Approx(wanted->log_evidence).epsilon(1e-12));
            for (std::size_t f = 0; f < prior.size(); ++f) {
                for (std::size_t s = 0; s < prior[f].size(); ++s) {
                    CHECK(exact->marginals[f][s] ==
                          doctest::Approx(std::as_const(wanted->marginals)[f][s]).epsilon(1e-9));
                }
            }
        }
    }
}

TEST_CASE("modalities that see the same factors make one table, and loops are found") {
    CHECK(graph_of({{0, 1, 2}, {0, 1, 2}}).factors.size() == 3 + 1);
    CHECK_FALSE(has_loops(graph_of({{0, 1, 2}, {0, 1, 2}})));
    CHECK_FALSE(has_loops(graph_of({{0, 1}, {1, 2}})));
    CHECK_FALSE(has_loops(graph_of({{}, {2}})));
    CHECK(has_loops(graph_of({{0, 1}, {1, 2}, {2, 0}})));
    CHECK(has_loops(graph_of({{0, 1}, {1, 0}}))); // another order is another table
}

TEST_CASE("belief propagation runs on the user's model, exactly where there is no loop") {
    PluginSession session(settings(R"(,"observations":[[0,1]])"));
    REQUIRE_MESSAGE(session.status() == ASSAY_OK, session.text());
    const assay_axis& graphs = *session.family("bp").axes[0];
    REQUIRE(graphs.n_values == 1);
    CHECK(text_of(graphs.values[0].u.str).starts_with("given_"));
    for (const char* schedule : {"sequential", "flooding", "residual", "forward_backward"}) {
        CAPTURE(schedule);
        auto bp = session.open("bp", {{"schedule", schedule}});
        REQUIRE_MESSAGE(bp->status() == ASSAY_OK, bp->text());
        const assay_status verified = bp->verify();
        CHECK_MESSAGE(verified == ASSAY_OK, bp->text());
        CHECK(bp->metrics().at("converged").back() == 1);
        CHECK(bp->metrics().at("error").back() < 1e-9);
    }
    PluginSession both(settings(R"(,"graphs":["grid2x2_3"])"));
    CHECK(both.family("bp").axes[0]->n_values == 2);
}

TEST_CASE("an observation that cannot be is a contradiction, and no number is made of it") {
    // The modalities leave no state: the first one is right only in state 0, the second in state 1.
    PluginSession session(
        R"({"model":{"states":[2],"A":[[[1,0],[0,1]],[[1,0],[0,1]]]},"observations":[[0,1]]})");
    REQUIRE_MESSAGE(session.status() == ASSAY_OK, session.text());
    auto bp = session.open("bp", {});
    const assay_status verified = bp->verify();
    CHECK_MESSAGE(verified == ASSAY_OK, bp->text());
    CHECK(bp->metrics().at("converged").back() == 0);
    CHECK_FALSE(bp->metrics().contains("error"));
    CHECK_FALSE(bp->metrics().contains("log_partition"));
    const BatchResult first = bp->batch({.iterations = 3}), second = bp->batch({.iterations = 3});
    CHECK(first.done == 3);
    CHECK_FALSE(first.metrics.contains("time_to_tolerance"));
    CHECK(first.checksum == second.checksum);
}

} // namespace evidence_graph_test
