// What makes no sense is refused, with what, where and what was expected.
#include "drawn_problems.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace problem_test {

using namespace kuramoto_test;

namespace {

std::string fault_in(const Problem& problem) {
    return first_fault(problem).value_or("none");
}

} // namespace

TEST_CASE("problems that make no sense are refused with what was expected") {
    CHECK(fault_in({{1, 2}, MeanField{1}}) == "none");
    CHECK(fault_in({{1}, MeanField{1}}) == "there are 1 oscillators: expected at least 2");
    CHECK(fault_in({{1, NAN}, MeanField{1}}) == "omega[1] is nan: expected a finite number");
    CHECK(fault_in({{1, 2}, MeanField{INFINITY}}) == "K is inf: expected a finite number");
    CHECK(fault_in({{1, 2}, MeanField{1, NAN}}) == "alpha is nan: expected a finite number");
    CHECK(fault_in({{1, 2}, DenseCoupling{{1, 2, 3}}}) ==
          "K has 3 entries: expected 2 x 2, a row and a column for each of the 2 oscillators");
    CHECK(fault_in({{1, 2}, DenseCoupling{{1, 2, NAN, 4}}}) ==
          "K[1][0] is nan: expected a finite number");
    CHECK(fault_in({{1, 2}, LaggedCoupling{{1, 2, 3, 4}, {0, 0}}}).starts_with("alpha has 2"));
}

TEST_CASE("sparse couplings whose rows do not fit are refused") {
    const SparseCoupling good = weighted(ring(3), 1);
    CHECK(fault_in({{1, 2, 3}, good}) == "none");
    CHECK(fault_in({{1, 2}, good}).starts_with("K has 3 rows: expected one for each of the 2"));
    SparseCoupling bad = good;
    bad.columns[0] = 3;
    CHECK(fault_in({{1, 2, 3}, bad}) == "column[0] of K is 3: expected less than 3");
    bad = good;
    bad.row_begin[3] = 99;
    CHECK(fault_in({{1, 2, 3}, bad}).starts_with("the rows of K do not add up"));
    bad = good;
    bad.row_begin[1] = 5;
    CHECK(fault_in({{1, 2, 3}, bad}).starts_with("the rows of K do not add up"));
    bad = good;
    bad.weights[2] = NAN;
    CHECK(fault_in({{1, 2, 3}, bad}) == "weight of K[2] is nan: expected a finite number");
    CHECK(fault_in({{1, 2, 3}, SparseCoupling{}}).starts_with("K has 0 rows"));
}

TEST_CASE("solvers refuse bad starts and bad steps") {
    const Problem problem{{1, 2}, MeanField{1}};
    CHECK_THROWS_WITH(Rk4(problem, {0, 0}, 0), "dt is 0: expected a finite number above 0");
    CHECK_THROWS_AS(Rk4(problem, {0, 0}, -0.1), std::invalid_argument);
    CHECK_THROWS_AS(Rk4(problem, {0, 0}, NAN), std::invalid_argument);
    CHECK_THROWS_WITH(Rk4(problem, {0}, 0.1),
                      "there are 1 phases: expected one for each of the 2 oscillators");
    CHECK_THROWS_WITH(Rk4(problem, {0, NAN}, 0.1), "theta[1] is nan: expected a finite number");
    CHECK_THROWS_AS(Rk4({{1}, MeanField{1}}, {0}, 0.1), std::invalid_argument);
}

TEST_CASE("a step too coarse for the coupling is warned of with a better one") {
    const Problem problem{{1, 2}, MeanField{25}};
    CHECK_FALSE(coarse_step_warning(problem, 0.08).has_value());
    CHECK(
        coarse_step_warning(problem, 0.1).value_or("") ==
        "K dt = 2.5 is above 2: the step is too coarse to follow the coupling; take dt below 0.08");
    CHECK(strongest_pull({{1, 2}, DenseCoupling{{1, -2, 0.5, 0.5}}}) == 3);
    CHECK(strongest_pull({{1, 2, 3}, weighted(ring(3), -2)}) == 4);
}

} // namespace problem_test
