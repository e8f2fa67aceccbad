#include "active_inference/model_fault.hpp"
#include "efe_shape.hpp"

#include <doctest/doctest.h>

namespace efe_shape_test {

using namespace assay::inference;

TEST_CASE("a name says states, actions and steps") {
    const auto shape = efe_shape_from("10x5_u4x1_h3");
    REQUIRE(shape.has_value());
    CHECK(shape->model.states == std::vector<std::size_t>{10, 5});
    CHECK(shape->actions == std::vector<std::size_t>{4, 1});
    CHECK(shape->horizon == 3);
}

TEST_CASE("a name of another form is no shape") {
    for (const char* name : {"",
                             "10x10",
                             "10x10_u4x1",
                             "10x10_h3",
                             "10x10_h3_u4x1",
                             "10x10_u4_h3",
                             "10x10_u4x1x1_h3",
                             "10x10_u4x0_h3",
                             "10x10_u4x1_h0",
                             "10x10_u4x1_h3 ",
                             "10x10_u4x1_h99",
                             "10x10_u4xa_h3"}) {
        CAPTURE(name);
        CHECK(!efe_shape_from(name));
    }
}

TEST_CASE("a model of a shape is without fault and follows the seed") {
    const auto shape = efe_shape_from("4x3_u2x1_h2");
    REQUIRE(shape.has_value());
    const auto model = efe_model(*shape, 1);
    CHECK(!assay::active_inference::first_fault(model));
    CHECK(model.action_counts == shape->actions);
    CHECK(model.likelihoods[0].data == efe_model(*shape, 1).likelihoods[0].data);
    CHECK(model.likelihoods[0].data != efe_model(*shape, 2).likelihoods[0].data);
}

} // namespace efe_shape_test
