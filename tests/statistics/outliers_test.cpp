#include "statistics/outliers.hpp"

#include <doctest/doctest.h>

#include <random>

namespace outliers_test {

using namespace assay::statistics;

namespace {

// The example of the NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.17.3, after
// Rosner (1983).
const std::vector<double> kRosner{-0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49,
                                  1.49,  1.55, 1.56, 1.58, 1.65, 1.69, 1.70, 1.76, 1.77, 1.81, 1.91,
                                  1.94,  1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26,
                                  2.35,  2.37, 2.40, 2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93,
                                  3.21,  3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01};

using Indices = std::vector<std::size_t>;

} // namespace

TEST_CASE("the handbook's example has its three outliers with the printed figures") {
    const Outliers found = find_outliers(kRosner, {.outliers_max = 10});
    CHECK(found.indices == Indices{51, 52, 53});
    const std::vector<double> r{
        3.119, 2.943, 3.179, 2.810, 2.816, 2.848, 2.279, 2.310, 2.102, 2.067};
    const std::vector<double> critical{
        3.159, 3.151, 3.144, 3.136, 3.128, 3.120, 3.112, 3.103, 3.094, 3.085};
    REQUIRE(found.steps.size() == r.size());
    for (std::size_t i = 0; i < r.size(); ++i) {
        CHECK(found.steps[i].r == doctest::Approx(r[i]).epsilon(0.0003));
        CHECK(found.steps[i].critical == doctest::Approx(critical[i]).epsilon(0.0003));
    }
}

TEST_CASE("by median and MAD the same example has four, as computed apart from this code") {
    const OutlierOptions options{.outliers_max = 10, .centre = OutlierCentre::mad};
    const Outliers found = find_outliers(kRosner, options);
    CHECK(found.indices == Indices{50, 51, 52, 53});
    const std::vector<double> r{4.8452, 4.1594, 4.1163, 3.4121, 3.0999};
    for (std::size_t i = 0; i < r.size(); ++i) {
        CHECK(found.steps[i].r == doctest::Approx(r[i]).epsilon(0.0001));
    }
}

TEST_CASE("by default a tenth of the values is tested, one at least and ten at most") {
    const auto tests = [](std::size_t count) {
        std::vector<double> values(count);
        for (std::size_t i = 0; i < count; ++i) {
            values[i] = static_cast<double>(i % 7);
        }
        return find_outliers(values).steps.size();
    };
    CHECK(tests(5) == 1);
    CHECK(tests(19) == 1);
    CHECK(tests(50) == 5);
    CHECK(tests(500) == 10);
}

TEST_CASE("values without spread and too few values have no outliers") {
    CHECK(find_outliers({}).steps.empty());
    CHECK(find_outliers(std::vector{1.0, 100.0}).indices.empty());
    CHECK(find_outliers(std::vector<double>(30, 2.0)).steps.empty());
    // By median and MAD one value among equals is no outlier either: nothing measures it.
    std::vector<double> one(30, 2.0);
    one[7] = 9;
    CHECK(find_outliers(one, {.centre = OutlierCentre::mad}).indices.empty());
    CHECK(find_outliers(one).indices == Indices{7});
}

TEST_CASE("two outliers that hide each other from a single test are both found") {
    std::mt19937_64 random(21);
    std::vector<double> values(25);
    for (double& x : values) {
        x = std::normal_distribution(10.0, 1.0)(random);
    }
    values[3] = 31;
    values[19] = 30.5;
    CHECK(find_outliers(values).indices == Indices{3, 19});
}

TEST_CASE("normal values have outliers in about as many samples as alpha says") {
    std::mt19937_64 random(22);
    std::size_t marked = 0;
    for (int round = 0; round < 1000; ++round) {
        std::vector<double> values(40);
        for (double& x : values) {
            x = std::normal_distribution(0.0, 1.0)(random);
        }
        marked += find_outliers(values).indices.empty() ? 0 : 1;
    }
    CHECK(marked >= 25); // 5 % of 1000, more than three standard errors each way
    CHECK(marked <= 75);
}

} // namespace outliers_test
