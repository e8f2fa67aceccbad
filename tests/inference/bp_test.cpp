#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <set>

namespace bp_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

std::unique_ptr<OpenCase> opened(const char* graph, const char* schedule) {
    auto made = session().open("bp", {{"graph", graph}, {"schedule", schedule}});
    CAPTURE(made->text());
    REQUIRE(made->status() == ASSAY_OK);
    return made;
}

double last(const Metrics& metrics, const char* key) {
    return metrics.at(key).back();
}

} // namespace

TEST_CASE("without loops every schedule is exact and forward-backward passes 2 |E| messages") {
    for (const char* graph : {"chain30_3", "tree30_3", "hmm30_3", "grid1x30_3"}) {
        for (const char* schedule : {"sequential", "flooding", "residual", "forward_backward"}) {
            CAPTURE(graph);
            CAPTURE(schedule);
            auto bp = opened(graph, schedule);
            REQUIRE(bp->verify() == ASSAY_OK);
            CHECK(last(bp->metrics(), "converged") == 1);
            CHECK(last(bp->metrics(), "error") < 1e-9);
            CHECK(last(bp->metrics(), "log_partition_error") < 1e-7);
            const BatchResult result = bp->batch({.iterations = 3});
            CHECK(result.items == 3 * last(result.metrics, "messages"));
            if (std::string(schedule) == "forward_backward") {
                CHECK(last(result.metrics, "messages") == 2 * 29 * 2); // two per edge, 58 edges
            }
        }
    }
}

TEST_CASE("with loops all schedules that converge share the fixed point") {
    std::set<std::int64_t> rounded;
    for (const char* schedule : {"sequential", "flooding", "residual"}) {
        auto bp = opened("grid4x4_3", schedule);
        REQUIRE(bp->verify() == ASSAY_OK);
        CHECK(last(bp->metrics(), "converged") == 1);
        CHECK(last(bp->metrics(), "values_verified") > 16 * 3);
        CHECK_FALSE(bp->metrics().contains("error")); // 3^16 joint states
        rounded.insert(static_cast<std::int64_t>(last(bp->metrics(), "log_partition") * 1e6 + 0.5));
    }
    CHECK(rounded.size() == 1);
}

TEST_CASE("small graphs with loops tell their error and are not refused for it") {
    auto bp = opened("ring6_3", "sequential");
    REQUIRE(bp->verify() == ASSAY_OK);
    CHECK(last(bp->metrics(), "error") > 1e-12);
    CHECK(last(bp->metrics(), "error") < 0.1);
}

TEST_CASE("forward-backward on a graph with loops is skipped with the reason") {
    auto bp = session().open("bp", {{"graph", "grid5x5_4"}, {"schedule", "forward_backward"}});
    CHECK(bp->status() == ASSAY_SKIP);
    CHECK(bp->text().find("needs a graph without loops, graph=grid5x5_4 has some") !=
          std::string::npos);
}

TEST_CASE("logarithms of messages give the marginals that messages give") {
    auto linear = session().open("bp", {{"graph", "grid4x4_3"}});
    auto logs = session().open("bp", {{"graph", "grid4x4_3"}, {"domain", "logarithmic"}});
    REQUIRE(linear->verify() == ASSAY_OK);
    REQUIRE(logs->verify() == ASSAY_OK);
    CHECK(last(linear->metrics(), "log_partition") ==
          doctest::Approx(last(logs->metrics(), "log_partition")).epsilon(1e-9));
}

TEST_CASE("a run that did not converge has no time to tolerance") {
    // So much damping that a message moves by a millionth of its way in a sweep.
    auto bp = session().open("bp", {{"graph", "grid4x4_3"}, {"damping", 0.999999}});
    REQUIRE(bp->status() == ASSAY_OK);
    REQUIRE(bp->verify() == ASSAY_OK);
    CHECK(last(bp->metrics(), "converged") == 0);
    CHECK(last(bp->metrics(), "sweeps") == 1000);
    const BatchResult result = bp->batch({.iterations = 1});
    CHECK_FALSE(result.metrics.contains("time_to_tolerance"));
    CHECK(opened("grid4x4_3", "sequential")
              ->batch({.iterations = 1})
              .metrics.contains("time_to_tolerance"));
}

TEST_CASE("belief propagation has one checksum per seed and allocates nothing") {
    std::set<std::uint64_t> checksums;
    for (int repeat = 0; repeat < 2; ++repeat) {
        for (const char* schedule : {"sequential", "flooding", "residual"}) {
            auto bp = opened("random10", schedule);
            (void)bp->batch({.iterations = 1, .warmup = true});
            const BatchResult result = bp->batch({.iterations = 3});
            CHECK(result.allocations == 0);
            checksums.insert(result.checksum);
        }
    }
    CHECK(checksums.size() == 3); // schedules stop at different last digits
    CHECK_FALSE(checksums.contains(0));
}

TEST_CASE("a cancelled run of belief propagation counts nothing") {
    const BatchResult result =
        opened("grid5x5_4", "sequential")->batch({.iterations = 5, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(result.metrics.empty());
}

TEST_CASE("values of bp that are not of an axis' form are refused with the form") {
    const auto refusal = [](const Parameters& parameters) {
        auto bp = session().open("bp", parameters);
        CHECK(bp->status() == ASSAY_E_CONFIG);
        return bp->text();
    };
    CHECK(refusal({{"graph", "star5_2"}}).starts_with("graph=star5_2: expected grid<rows>x"));
    CHECK(refusal({{"schedule", "greedy"}}).starts_with("schedule=greedy: expected sequential, "));
    CHECK(refusal({{"domain", "log"}}) == "domain=log: expected linear or logarithmic");
    CHECK(refusal({{"damping", 1.0}}).starts_with("damping=1: expected 0 to below 1"));
    CHECK(refusal({{"tolerance", 0.0}}).starts_with("tolerance=0: expected 1e-15 to below 1"));
}

TEST_CASE("a graph larger than a launch should hold is skipped with its bytes") {
    auto bp = session().open("bp", {{"graph", "grid1000x1000_8"}});
    CHECK(bp->status() == ASSAY_SKIP);
    CHECK(bp->text() ==
          "graph=grid1000x1000_8 needs 1024000000 bytes of tables, more than 536870912");
}

} // namespace bp_test
