// Where trajectories part, statistics agree.
#include "turbulence_case.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace chaos_test {

using namespace assay::cgl;

namespace {

FieldStatistics statistics_of(Method method, double c1, double c2) {
    const SubjectOptions options{.grid = {.n = 128, .length = 100},
                                 .equation = {.c1 = c1, .c2 = c2},
                                 .stepping = {.method = method, .dt = 0.05},
                                 .plans = {.effort = PlanEffort::estimate},
                                 .warm_steps = 0,
                                 .seed = 3};
    const auto seen = watch(*make_subject(options), options, 500, [] { return false; });
    REQUIRE(seen.has_value());
    return *seen;
}

double relative_difference(double a, double b) {
    return std::abs(a - b) / ((a + b) / 2);
}

} // namespace

TEST_CASE("over 500 units of time two methods see the same mean and the same density of defects") {
    const FieldStatistics strang = statistics_of(Method::strang, 2, -1);
    const FieldStatistics etd2rk = statistics_of(Method::etd2rk, 2, -1);
    CAPTURE(strang.defect_density);
    CAPTURE(etd2rk.defect_density);
    CHECK(relative_difference(strang.mean_norm, etd2rk.mean_norm) < 0.05);
    CHECK(relative_difference(strang.defect_density, etd2rk.defect_density) < 0.05);
    CHECK(strang.largest < 1.5);
    CHECK(etd2rk.largest < 1.5);
}

TEST_CASE("the norm of a turbulent field changes as the equation says, the nearer the smaller dt") {
    const auto error_of = [](Method method, double dt) {
        const SubjectOptions options{.grid = {.n = 128, .length = 100},
                                     .equation = {.c1 = 2, .c2 = -1},
                                     .stepping = {.method = method, .dt = dt},
                                     .plans = {.effort = PlanEffort::estimate},
                                     .warm_steps = 0,
                                     .seed = 3};
        const auto subject = make_subject(options);
        REQUIRE(watch(*subject, options, 40, [] { return false; }).has_value());
        return balance_error(*subject, options);
    };
    const double strang = error_of(Method::strang, 0.05), finer = error_of(Method::strang, 0.0125);
    CAPTURE(strang);
    CAPTURE(finer);
    CHECK(strang < 1e-2);
    CHECK(finer < strang / 4); // of second order
    CHECK(error_of(Method::etdrk4, 0.05) < 1e-4);
}

} // namespace chaos_test
