#include "bp_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace graph_test {

using namespace assay::inference;
namespace ai = assay::active_inference;

TEST_CASE("names of graphs say topology, variables and states") {
    const auto grid = graph_shape_from("grid5x7_4");
    REQUIRE(grid);
    CHECK(grid->topology == Topology::grid);
    CHECK(grid->rows == 5);
    CHECK(grid->columns == 7);
    CHECK(grid->states == 4);
    CHECK(grid->has_loops());
    CHECK_FALSE(graph_shape_from("grid1x7_4")->has_loops());
    CHECK_FALSE(graph_shape_from("chain9_4")->has_loops());
    CHECK_FALSE(graph_shape_from("tree9_4")->has_loops());
    CHECK_FALSE(graph_shape_from("hmm9_4")->has_loops());
    CHECK(graph_shape_from("ring9_4")->has_loops());
    CHECK(graph_shape_from("random9")->rows == 9);
}

TEST_CASE("other names are no graph") {
    for (const char* name : {"",
                             "grid",
                             "grid5_4",
                             "grid5x_4",
                             "grid5x5",
                             "grid5x5_",
                             "grid5x5_0",
                             "grid5x5_4 ",
                             "grid1001x1000_2",
                             "chain_4",
                             "chain0_4",
                             "chain10_257",
                             "ring2_4",
                             "random",
                             "random0",
                             "random9_4",
                             "star5_2"}) {
        CAPTURE(name);
        CHECK_FALSE(graph_shape_from(name));
    }
}

TEST_CASE("the graphs have the variables and tables that they are named after") {
    for (const char* name :
         {"grid3x4_3", "chain12_3", "ring12_3", "tree12_3", "hmm12_3", "random12"}) {
        CAPTURE(name);
        const auto shape = graph_shape_from(name);
        REQUIRE(shape);
        const ai::FactorGraph graph = timing_graph(*shape, 5);
        CHECK(graph.extents.size() == 12);
        CHECK_FALSE(ai::first_fault(graph));
        std::size_t bytes = 0;
        for (const ai::GraphFactor& factor : graph.factors) {
            bytes += factor.variables.size() > 1 ? factor.table.size() * sizeof(double) : 0;
        }
        CHECK(bytes <= graph_bytes(*shape));
        CHECK(timing_graph(*shape, 5).factors.back().table == graph.factors.back().table);
    }
}

} // namespace graph_test
