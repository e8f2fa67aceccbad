// What is held to before anything is timed tells right from wrong.
#include "case_inputs.hpp"
#include "verification.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace verification_test {

using namespace assay::kuramoto_suite;

TEST_CASE("solvers of every kind are verified on every coupling") {
    for (const char* coupling : {"mean_field", "dense", "dense_alpha", "sparse"}) {
        for (const Method method : {Method::rk4, Method::dopri5}) {
            for (const Implementation impl :
                 {Implementation::assay, Implementation::odeint, Implementation::naive_n2}) {
                CAPTURE(coupling);
                const Verified found =
                    verify_solver(drawn_inputs(coupling, 17, 3), {.impl = impl, .method = method});
                CHECK(found.values >= 17 + 16 + 1);
                CHECK(found.largest < 1e-6);
            }
        }
    }
}

TEST_CASE("a figure off by more than its bound is a wrong result with all three numbers") {
    Verified found;
    hold(found, "r", 0.5, 0.5, 0);
    hold(found, "r", 0.75, 0.5, 0.25);
    CHECK(found.values == 2);
    CHECK(found.largest == 0.25);
    CHECK_THROWS_WITH_AS(hold(found, "r", 0.75, 0.5, 0.125),
                         "r is 0.75, expected 0.5, off by 0.25, at most 0.125",
                         assay::wrong_result);
    CHECK_THROWS_AS(hold(found, "r", NAN, 0.5, 1), assay::wrong_result);
}

TEST_CASE("a step too coarse for the coupling is found by verification") {
    const Inputs inputs = drawn_inputs("mean_field", 20, 1);
    CHECK_THROWS_AS((void)verify_solver(inputs, {.dt = 8}), assay::wrong_result);
}

TEST_CASE("digests ignore the last digits and nothing else") {
    CHECK(rounded_digest(std::array{0.5}) == rounded_digest(std::array{0.5 + 1e-13}));
    CHECK(rounded_digest(std::array{0.5}) != rounded_digest(std::array{0.5 + 1e-7}));
    CHECK(rounded_digest(std::array{0.5, 0.25}) != rounded_digest(std::array{0.25, 0.5}));
    CHECK(rounded_digest(std::array{0.0}) != 0);
}

TEST_CASE("text in a configuration is valid JSON whatever it holds") {
    CHECK(quoted("a\"b\\c\n") == "\"a\\\"b\\\\c \"");
}

} // namespace verification_test
