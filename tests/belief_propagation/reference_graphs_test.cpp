// Ten graphs with exact answers by enumeration and the fixed points of libDAI 0.3.0.
#include "enumeration.hpp"
#include "support/json.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>

using namespace assay;
using namespace assay::active_inference;
using namespace assay::test;

namespace {

using Marginals = std::vector<std::vector<double>>;

// The cases of the reference file, or nothing where the folder is absent.
std::optional<json::array> reference_cases() {
    const auto path =
        std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared/data/active-inference/bp.json";
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: no reference data at " << path.string());
        return std::nullopt;
    }
    const auto document = read_json_file(path.string());
    REQUIRE(document);
    return document->at("cases").as_array();
}

std::vector<std::size_t> sizes(const json::value& list) {
    std::vector<std::size_t> values;
    for (const json::value& value : list.as_array()) {
        values.push_back(value.to_number<std::size_t>());
    }
    return values;
}

std::vector<double> numbers(const json::value& list) {
    std::vector<double> values;
    for (const json::value& value : list.as_array()) {
        values.push_back(value.to_number<double>());
    }
    return values;
}

Marginals marginals(const json::value& lists) {
    Marginals values;
    for (const json::value& list : lists.as_array()) {
        values.push_back(numbers(list));
    }
    return values;
}

FactorGraph graph_of(const json::value& one_case) {
    FactorGraph graph{sizes(one_case.at("in").at("dims")), {}};
    for (const json::value& factor : one_case.at("in").at("factors").as_array()) {
        graph.factors.push_back({sizes(factor.at("vars")), numbers(factor.at("table").at("data"))});
    }
    return graph;
}

bool near(double x, double y, double tolerance) {
    return std::abs(x - y) <= tolerance + tolerance * std::abs(y);
}

void check_marginals(const BeliefPropagation& solver, const Marginals& expected, double tolerance) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        REQUIRE(solver.marginal(i).size() == expected[i].size());
        for (std::size_t state = 0; state < expected[i].size(); ++state) {
            CAPTURE(i);
            CAPTURE(state);
            CHECK(near(solver.marginal(i)[state], expected[i][state], tolerance));
        }
    }
}

const std::map<std::string, MessageOrder> kPeerSchedules{{"PARALL", MessageOrder::flooding},
                                                         {"SEQFIX", MessageOrder::sequential},
                                                         {"SEQMAX", MessageOrder::residual}};

} // namespace

TEST_CASE("the fixed points of the reference graphs are libDAI's, in both domains") {
    const auto cases = reference_cases();
    for (const json::value& one_case : cases.value_or(json::array{})) {
        const FactorGraph graph = graph_of(one_case);
        for (const auto& [key, schedule] : kPeerSchedules) {
            for (const Domain domain : {Domain::linear, Domain::logarithmic}) {
                CAPTURE(one_case.at("id").as_string().c_str());
                CAPTURE(key);
                const json::value& peer = one_case.at("out").at("bp").at(key);
                BeliefPropagation solver(
                    graph, {.schedule = schedule, .domain = domain, .tolerance = 1e-12});
                const PropagationOutcome outcome = solver.run();
                REQUIRE(outcome.ending == Ending::converged);
                CHECK(near(*outcome.log_partition, peer.at("logZ").to_number<double>(), 1e-9));
                CHECK(near(bethe_of_beliefs(graph, solver), *outcome.log_partition, 1e-10));
                check_marginals(solver, marginals(peer.at("marginals")), 1e-9);
            }
        }
    }
}

TEST_CASE("the reference graphs that are trees are exact") {
    std::size_t trees = 0;
    const auto cases = reference_cases();
    for (const json::value& one_case : cases.value_or(json::array{})) {
        const FactorGraph graph = graph_of(one_case);
        const json::value& out = one_case.at("out");
        const PropagationOptions options{.schedule = MessageOrder::forward_backward};
        CAPTURE(one_case.at("id").as_string().c_str());
        if (!out.at("tree").as_bool()) {
            CHECK_THROWS_AS(BeliefPropagation(graph, options), std::invalid_argument);
            continue;
        }
        ++trees;
        BeliefPropagation solver(graph, options);
        CHECK(near(*solver.run().log_partition, out.at("exact_log_z").to_number<double>(), 1e-12));
        check_marginals(solver, marginals(out.at("exact_marginals")), 1e-12);
    }
    CHECK((!cases || trees == 5));
}

TEST_CASE("the reference graphs that are small are enumerated to the reference's sums") {
    const auto cases = reference_cases();
    for (const json::value& one_case : cases.value_or(json::array{})) {
        const FactorGraph graph = graph_of(one_case);
        const json::value& out = one_case.at("out");
        double joint = 1;
        for (const std::size_t extent : graph.extents) {
            joint *= static_cast<double>(extent);
        }
        if (joint > 20'000) {
            continue;
        }
        CAPTURE(one_case.at("id").as_string().c_str());
        const Enumeration exact = enumerate(graph);
        CHECK(near(exact.log_partition, out.at("exact_log_z").to_number<double>(), 1e-12));
        const Marginals expected = marginals(out.at("exact_marginals"));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            for (std::size_t state = 0; state < expected[i].size(); ++state) {
                CHECK(near(exact.marginals[i][state], expected[i][state], 1e-12));
            }
        }
    }
}
