#include "access_cost.hpp"
#include "path_verification.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace assay::matrix_caching;
namespace ai = assay::active_inference;

namespace {

const TransitionWorkload& work() {
    static const TransitionWorkload made(
        TransitionAxes{5, 3, *stream_configuration_from("uniform_64KiB"), 3});
    return made;
}

std::vector<TransitionRequest> requests() {
    std::vector<TransitionRequest> drawn(40);
    work().draw(1, drawn);
    return drawn;
}

} // namespace

TEST_CASE("a correct cache passes and every value is counted") {
    ai::FullTransitions full(work().matrices());
    ai::CachedTransitions cached(work().matrices(), {});
    const Verification found = verify_requests(
        work(),
        requests(),
        [&](std::size_t f, ai::ActionSequence a) { return cached.fetch(f, a); },
        [&](std::size_t f, ai::ActionSequence a, const ai::StepTransition& result) {
            return bitwise_difference(full.fetch(f, a), result);
        });
    CHECK_FALSE(found.difference.has_value());
    CHECK(found.values_compared == 40 * 2 * 25);
}

TEST_CASE("one changed bit is found and named with its request") {
    ai::FullTransitions full(work().matrices()), other(work().matrices());
    std::vector<double> changed;
    const Verification found = verify_requests(
        work(),
        requests(),
        [&](std::size_t f, ai::ActionSequence a) {
            ai::StepTransition result = other.fetch(f, a);
            changed.assign(result.smoothing.begin(), result.smoothing.end());
            changed[7] = std::nextafter(changed[7], 1.0);
            result.smoothing = changed;
            return result;
        },
        [&](std::size_t f, ai::ActionSequence a, const ai::StepTransition& result) {
            return bitwise_difference(full.fetch(f, a), result);
        });
    REQUIRE(found.difference.has_value());
    CHECK(found.difference->starts_with("factor "));
    CHECK(found.difference->find("smoothing transpose differs in value 7: expected ") !=
          std::string::npos);
}

TEST_CASE("results that are a sign of zero or a size apart are different") {
    const std::vector<double> zero{0.0}, minus{-0.0}, two{0.0, 0.0};
    CHECK(bitwise_difference({zero, zero}, {minus, zero}).has_value());
    CHECK(bitwise_difference({zero, zero}, {zero, two}).has_value());
    CHECK_FALSE(bitwise_difference({zero, minus}, {zero, minus}).has_value());
}

TEST_CASE("the full path agrees with plain loops and a wrong order of actions does not") {
    ai::FullTransitions full(work().matrices());
    const std::vector<std::uint8_t> actions{0, 1, 2}, reversed{2, 1, 0};
    CHECK_FALSE(
        reference_difference(work().matrices(), 0, actions, full.fetch(0, actions)).has_value());
    CHECK(reference_difference(work().matrices(), 0, actions, full.fetch(0, reversed)).has_value());
}

TEST_CASE("a value that is not a number differs from the reference") {
    ai::FullTransitions full(work().matrices());
    const std::vector<std::uint8_t> actions{0, 1};
    ai::StepTransition result = full.fetch(0, actions);
    std::vector<double> broken(result.product.begin(), result.product.end());
    broken[3] = std::nan("");
    result.product = broken;
    CHECK(reference_difference(work().matrices(), 0, actions, result).has_value());
}

TEST_CASE("the bound of the speed-up follows its formula at both ends") {
    const AccessCost cost{1000, 50};
    CHECK(speedup_bound(0, cost) == 1);
    CHECK(speedup_bound(1, cost) == doctest::Approx(20));
    CHECK(speedup_bound(0.5, cost) == doctest::Approx(1 / (0.5 + 0.5 / 20)));
}

TEST_CASE("access costs are the least reading of the clock they are given") {
    // A clock that advances by 8192 at every reading: one interval is 8192 ns.
    std::uint64_t now = 0;
    const AccessCost cost = measure_access_cost(work(), {}, [&] { return now += 8192; });
    CHECK(cost.build_ns == 1024); // 8 builds
    CHECK(cost.hit_ns == 16);     // 512 hits
}
