#include "active_inference/model_fault.hpp"
#include "model_shape.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace model_shape_test {

using namespace assay::inference;
namespace ai = assay::active_inference;

TEST_CASE("a product of sizes is factors and as many modalities that see all of them") {
    const auto shape = model_shape_from("10x10x5");
    REQUIRE(shape);
    CHECK(shape->states == std::vector<std::size_t>{10, 10, 5});
    CHECK(shape->likelihood_factors == std::vector<ai::FactorList>(3, {0, 1, 2}));
    const auto single = model_shape_from("7");
    REQUIRE(single);
    CHECK(single->states == std::vector<std::size_t>{7});
}

TEST_CASE("in a ring every modality sees its factor and the next") {
    const auto shape = model_shape_from("ring6x8");
    REQUIRE(shape);
    CHECK(shape->states == std::vector<std::size_t>(6, 8));
    CHECK(shape->likelihood_factors.front() == ai::FactorList{0, 1});
    CHECK(shape->likelihood_factors.back() == ai::FactorList{5, 0});
}

TEST_CASE("other names are no shape") {
    for (const char* name : {"",
                             "x",
                             "5x",
                             "x5",
                             "5x5x",
                             "0x5",
                             "-5x5",
                             "5 x5",
                             "5X5",
                             "4097",
                             "1x1x1x1x1x1x1x1x1x1x1x1x1",
                             "ring",
                             "ring2x8",
                             "ring6",
                             "ring6x0",
                             "ring13x2",
                             "99999999999999999999"}) {
        CAPTURE(name);
        CHECK_FALSE(model_shape_from(name));
    }
}

TEST_CASE("bytes are those of A and B and unknown where they cannot be counted") {
    // A: 3 * 3 * 2 + 2 * 3 * 2, B: 3 * 3 * 4 + 2 * 2 * 4.
    CHECK(model_bytes(*model_shape_from("3x2"), 4) == (30 + 52) * sizeof(double));
    CHECK(model_bytes(*model_shape_from("30x30x30"), 4) == (3 * 810000 + 3 * 3600) * 8);
    CHECK_FALSE(model_bytes(*model_shape_from("4096x4096x4096x4096x4096x4096"), 4));
    CHECK_FALSE(model_bytes(*model_shape_from("2"), std::numeric_limits<std::size_t>::max()));
}

TEST_CASE("a timing model is without fault and a function of its seed") {
    for (const char* name : {"1", "3x2", "4x3x2", "ring3x2", "ring6x8"}) {
        CAPTURE(name);
        const ai::FactoredModel model = timing_model(*model_shape_from(name), 4, 7);
        CHECK_FALSE(ai::first_fault(model));
        CHECK(timing_model(*model_shape_from(name), 4, 7).likelihoods[0].data ==
              model.likelihoods[0].data);
    }
    CHECK(timing_model(*model_shape_from("3x2"), 4, 7).likelihoods[0].data !=
          timing_model(*model_shape_from("3x2"), 4, 8).likelihoods[0].data);
}

} // namespace model_shape_test
