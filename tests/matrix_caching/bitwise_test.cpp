#include "access_cost.hpp"
#include "bitwise.hpp"
#include "transition_reference.hpp"
#include "transition_requests.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace bitwise_test {

using namespace assay::matrix_caching;
namespace ai = assay::active_inference;

namespace {

const TransitionRequests& requests() {
    static const TransitionRequests made({5, 3, 65536, 3});
    return made;
}

} // namespace

TEST_CASE("results that are a bit, a sign of zero or a size apart are different") {
    const std::vector<double> zero{0.0}, minus{-0.0}, two{0.0, 0.0};
    CHECK(bitwise_difference({zero, zero}, {minus, zero}).has_value());
    CHECK(bitwise_difference({zero, zero}, {zero, two}).has_value());
    CHECK_FALSE(bitwise_difference({zero, minus}, {zero, minus}).has_value());
    const std::vector<double> one{1.0}, next{std::nextafter(1.0, 2.0)};
    CHECK(bitwise_difference({one}, {next}) ==
          "the result differs in value 0: expected 1, found 1.0000000000000002");
}

TEST_CASE("values further apart than the tolerance or not a number are different") {
    const std::vector<double> one{1.0}, near{1.0 + 1e-13}, far{1.0 + 1e-11};
    const std::vector<double> broken{std::nan("")}, two{1.0, 1.0};
    CHECK_FALSE(distance("x", one, near, 1e-12).has_value());
    CHECK(distance("x", one, far, 1e-12).has_value());
    CHECK(distance("x", one, broken, 1e-12).has_value());
    CHECK(distance("x", one, two, 1e-12) == "x has 2 values, expected 1");
}

TEST_CASE("the full path agrees with plain loops and a wrong order of actions does not") {
    ai::FullTransitions full(requests().matrices());
    const std::vector<std::uint8_t> actions{0, 1, 2}, reversed{2, 1, 0};
    CHECK_FALSE(transition_difference(requests().matrices(), 0, actions, full.fetch(0, actions))
                    .has_value());
    CHECK(transition_difference(requests().matrices(), 0, actions, full.fetch(0, reversed))
              .has_value());
}

} // namespace bitwise_test
