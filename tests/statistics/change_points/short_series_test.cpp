// Short histories: what a person sees at once, the detector has to see too, and no more than that.
// Simulated and seeded; every bound is the figure of 4 000 series and three standard errors.
#include "simulated_series.hpp"
#include "statistics/change_points/roughness.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace short_series_test {

using namespace assay::statistics;
using namespace assay::test;

namespace {

using Values = std::vector<double>;
using Places = std::vector<std::size_t>;

// As `assay analyze` searches times.
const DetectOptions kAsked{.min_magnitude = 0.01};

// Noise of `cv` about 100, neighbours correlated by `rho`.
Values noise(std::size_t length, double rho, double cv, Random& random) {
    std::normal_distribution<double> normal;
    Values values(length);
    double last = normal(random);
    for (double& x : values) {
        last = rho * last + std::sqrt(1 - rho * rho) * normal(random);
        x = 100 * (1 + cv * last);
    }
    return values;
}

// Higher by `height` of the first level from every even place on, back from every odd one on.
Values there_and_back(Values values, const Places& places, double height) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t k = places[i]; k < values.size(); ++k) {
            values[k] += (i % 2 == 0 ? 100 : -100) * height;
        }
    }
    return values;
}

bool found_at(const Detection& found, const Places& places) {
    return std::ranges::all_of(places, [&](std::size_t place) {
        return std::ranges::any_of(found.points, [place](const ChangePoint& point) {
            return point.index + 1 >= place && point.index <= place + 1;
        });
    });
}

// Share of `series` noises of 1 % in which steps of `height` are found where they are.
double share_found(std::size_t length, const Places& places, double height, std::uint64_t seed) {
    constexpr std::size_t kSeries = 400;
    Random random(seed);
    std::size_t found = 0;
    for (std::size_t i = 0; i < kSeries; ++i) {
        const Values values = there_and_back(noise(length, 0, 0.01, random), places, height);
        found += found_at(detect(values, Detector::assay, kAsked), places) ? 1 : 0;
    }
    return static_cast<double>(found) / kSeries;
}

// Points per series without a step.
double false_points(const std::function<Values(Random&)>& made, std::uint64_t seed) {
    constexpr std::size_t kSeries = 400;
    Random random(seed);
    std::size_t points = 0;
    for (std::size_t i = 0; i < kSeries; ++i) {
        points += detect(made(random), Detector::assay, kAsked).points.size();
    }
    return static_cast<double>(points) / kSeries;
}

} // namespace

TEST_CASE("a step of 25 standard deviations shows in a history of 32 runs") {
    for (const std::size_t at : {8u, 12u, 16u, 20u, 24u}) {
        CAPTURE(at);
        CHECK(share_found(32, {at}, 0.25, 81) >= 0.95);
    }
    CHECK(share_found(32, {20}, 0.10, 82) >= 0.945);
    CHECK(share_found(60, {37}, 0.25, 83) >= 0.99);
}

TEST_CASE("what autocorrelation is left beside a step in a short series is that of its noise") {
    Random random(84);
    double without = 0, with = 0;
    constexpr int kSeries = 400;
    for (int i = 0; i < kSeries; ++i) {
        const Values values = noise(32, 0, 0.01, random);
        without += roughness(values).r / kSeries;
        with += roughness(there_and_back(values, {20}, 0.25)).r / kSeries;
    }
    CHECK(with == doctest::Approx(without).epsilon(0.03)); // it was 0.25 more
}

TEST_CASE("steps that come oftener than every fifteen points are noise of another kind") {
    Random random(85);
    Values values = noise(60, 0, 0.01, random);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] += (i / 4) % 2 == 0 ? 0 : 20;
    }
    CHECK(roughness(values).r > 0.3);
}

TEST_CASE("short histories of noise and of climbs have no more false points than they had") {
    struct Row {
        std::size_t length;
        double rho, before, error; // of the detector before it saw steps in short series
    };

    for (const Row& row : {Row{32, 0, 0.005, 0.004},
                           Row{32, 0.3, 0.073, 0.014},
                           Row{32, 0.6, 0.223, 0.026},
                           Row{100, 0, 0.013, 0.008},
                           Row{100, 0.3, 0.137, 0.025},
                           Row{100, 0.6, 0.128, 0.028},
                           Row{200, 0.3, 0.145, 0.030},
                           Row{200, 0.6, 0.028, 0.014}}) {
        CAPTURE(row.length);
        CAPTURE(row.rho);
        const auto made = [&](Random& random) { return noise(row.length, row.rho, 0.02, random); };
        CHECK(false_points(made, 86) <= row.before + 3 * row.error);
    }
    for (const std::size_t length : {32u, 100u, 200u}) {
        CAPTURE(length);
        const auto climbing = [&](Random& random) {
            return noisy(climb(length, 0.2), Noise::gaussian, 0.01, random);
        };
        CHECK(false_points(climbing, 87) <= (length == 32 ? 0.112 : 0.058) + 3 * 0.022);
    }
}

TEST_CASE("a regression that was mended is two changes, also between two parts that are alike") {
    for (const std::size_t length : {5u, 7u, 10u, 14u}) {
        CAPTURE(length);
        for (const std::size_t at : {52u, 60u}) {
            CAPTURE(at);
            CHECK(share_found(120, {at, at + length}, 0.10, 88) >= 0.97);
        }
    }
    CHECK(share_found(50, {19, 29}, 0.10, 89) >= 0.93);
    CHECK(share_found(50, {30, 40}, 0.25, 90) >= 0.95);
    CHECK(share_found(120, {52, 60, 72, 80}, 0.25, 91) >= 0.97); // twice in one window
}

TEST_CASE("four runs that are slower are no regime between two others") {
    CHECK(share_found(120, {60, 64}, 0.10, 92) <= 0.1);
}

} // namespace short_series_test
