// How often the test of stored figures errs, on seeded streams whose truth is known.
#include "stored_runs.hpp"

#include <doctest/doctest.h>

#include <random>

namespace stored_series_simulation_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr int kStreams = 4'000;

// Runs about 100 of a spread of 2 %, one in twenty of them five times as far out where asked.
struct Noise {
    std::mt19937_64 random;
    double far_share = 0;

    double operator()() {
        std::normal_distribution<double> normal(0, 2);
        std::uniform_real_distribution<double> share(0, 1);
        const double far = share(random) < far_share ? 5 : 1;
        return 100 + far * normal(random);
    }
};

// The share of streams in which a run `factor` times as long is called significant.
double found(std::size_t runs, double factor, double alpha, double far_share = 0) {
    Noise noise{.random = std::mt19937_64(20261121 + runs), .far_share = far_share};
    int significant = 0;
    for (int i = 0; i < kStreams; ++i) {
        std::vector<double> figures(runs);
        for (double& figure : figures) {
            figure = noise();
        }
        const NewFigures news{.figures = {factor * noise()},
                              .kind = seconds(),
                              .baseline = *segment_over(figures).baseline};
        significant += examine(news, {.alpha = alpha}).is_significant ? 1 : 0;
    }
    return static_cast<double>(significant) / kStreams;
}

} // namespace

TEST_CASE("of runs that did not change one in twenty is called different at 5 %") {
    for (const std::size_t runs : {5U, 8U, 12U, 30U}) {
        CAPTURE(runs);
        const double share = found(runs, 1, 0.05);
        CHECK(share > 0.036); // four standard errors of 4000 streams
        CHECK(share < 0.066);
    }
}

TEST_CASE("of runs that did not change hardly more than one in a thousand is at 0.1 %") {
    for (const std::size_t runs : {5U, 8U, 12U, 30U}) {
        CAPTURE(runs);
        CHECK(found(runs, 1, 0.001) < 0.0035); // 0.0014 and four standard errors of 4000 streams
    }
}

TEST_CASE("runs far out now and then are mistaken for changes at most as often as they come") {
    for (const std::size_t runs : {5U, 12U, 30U}) {
        CAPTURE(runs);
        CHECK(found(runs, 1, 0.001, 0.05) < 0.025);
    }
}

// What is called significant at the smallest change that is told must be what its power says.
TEST_CASE("a change of the size that would be seen is seen in four of five runs") {
    const std::size_t runs = 30;
    Noise noise{.random = std::mt19937_64(7)};
    int seen = 0;
    for (int i = 0; i < kStreams; ++i) {
        std::vector<double> figures(runs);
        for (double& figure : figures) {
            figure = noise();
        }
        NewFigures news{
            .figures = {noise()}, .kind = seconds(), .baseline = *segment_over(figures).baseline};
        news.figures.front() += 100 * *examine(news, {}).mde;
        seen += examine(news, {}).is_significant ? 1 : 0;
    }
    const double share = static_cast<double>(seen) / kStreams;
    CAPTURE(share);
    CHECK(share > 0.75);
    CHECK(share < 0.85);
}

} // namespace stored_series_simulation_test
