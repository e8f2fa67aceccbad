#include "statistics/dip.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

namespace dip_test {

using namespace assay::statistics;

namespace {

using Random = std::mt19937_64;
using Draw = std::function<double(Random&)>;

// Noise with one hump, around 0.
const std::pair<const char*, Draw> kNoises[] = {
    {"uniform", [](Random& r) { return std::uniform_real_distribution<double>(-1, 1)(r); }},
    {"normal", [](Random& r) { return std::normal_distribution<double>()(r); }},
    {"t(3)", [](Random& r) { return std::student_t_distribution<double>(3)(r); }},
    {"exponential", [](Random& r) { return std::exponential_distribution<double>()(r); }},
};

// How many of `streams` samples are called bimodal.
int found(int streams, const std::function<bool()>& bimodal) {
    int labels = 0;
    for (int stream = 0; stream < streams; ++stream) {
        labels += bimodal() ? 1 : 0;
    }
    return labels;
}

// Three standard errors above the stated level.
double most(int streams) {
    const double level = kModesLevel;
    return streams * level + 3 * std::sqrt(streams * level * (1 - level));
}

// Launches whose levels differ by `between`, slices by `within` times the noise.
std::vector<std::vector<double>> launches(std::size_t count,
                                          std::size_t slices,
                                          double between,
                                          const std::function<double(Random&)>& slice,
                                          Random& random) {
    std::vector<std::vector<double>> all;
    std::normal_distribution<double> normal;
    for (std::size_t launch = 0; launch < count; ++launch) {
        const double level = 1e-6 * (1 + between * normal(random));
        std::vector<double>& one = all.emplace_back();
        for (std::size_t i = 0; i < slices; ++i) {
            one.push_back(level * slice(random));
        }
    }
    return all;
}

} // namespace

// The distance to the nearest unimodal distribution, found for these by solving for it directly.
TEST_CASE("the dip is the distance to the nearest unimodal distribution") {
    CHECK(dip_statistic(std::vector<double>{1, 2, 3, 4}) == doctest::Approx(1.0 / 8));
    CHECK(dip_statistic(std::vector<double>{1, 2, 3, 4, 100}) == doctest::Approx(0.1));
    CHECK(dip_statistic(std::vector<double>{0, 0, 0, 1, 1, 1}) == doctest::Approx(0.25));
    CHECK(dip_statistic(std::vector<double>{0, 1, 1, 1, 1, 5}) == doctest::Approx(1.0 / 12));
    CHECK(dip_statistic(std::vector<double>{9, 0, 1, 10}) ==
          dip_statistic(std::vector<double>{0, 1, 9, 10}));
    CHECK(dip_statistic(std::vector<double>{7, 7, 7}) == 0);
    CHECK(dip_statistic({}) == 0);
    CHECK(dip_statistic(std::vector<double>{1, 2, std::nan("")}) == 0);
}

TEST_CASE("the dip does not change with the unit, and is the same for the mirrored sample") {
    Random random(1);
    for (int i = 0; i < 100; ++i) {
        std::vector<double> values, scaled, mirrored;
        for (int k = 0; k < 40; ++k) {
            values.push_back(std::normal_distribution<double>()(random) + (k % 2) * 3);
            scaled.push_back(1e-9 * values.back() + 5);
            mirrored.push_back(-values.back());
        }
        const double dip = dip_statistic(values);
        CHECK(dip_statistic(scaled) == doctest::Approx(dip).epsilon(1e-4));
        CHECK(dip_statistic(mirrored) == doctest::Approx(dip));
        CHECK(dip >= 1.0 / 80);
        CHECK(dip <= 0.25);
    }
}

TEST_CASE("critical values fall with the size, and fewer than six values are never enough") {
    double last = 1;
    for (const std::size_t n : {6, 7, 11, 25, 60, 150, 700, 3000, 5000, 5001, 100'000}) {
        CAPTURE(n);
        CHECK(dip_critical(n) < last);
        last = dip_critical(n);
    }
    CHECK(dip_critical(50) == doctest::Approx(0.0810).epsilon(0.01)); // as published
    CHECK(std::isinf(dip_critical(5)));
    CHECK_FALSE(find_modes(std::vector<double>{1, 1, 1, 9, 9}));
    CHECK_FALSE(find_modes(std::vector<double>{1, 1, 1, 9, 9, std::nan("")}));
}

TEST_CASE("samples of one hump are called bimodal no more often than the level says") {
    constexpr int kStreams = 600;
    for (const auto& [name, noise] : kNoises) {
        for (const std::size_t size : {6, 10, 30, 150}) {
            Random random(size);
            const int labels = found(kStreams, [&] {
                std::vector<double> values;
                for (std::size_t i = 0; i < size; ++i) {
                    values.push_back(noise(random));
                }
                return find_modes(values).has_value();
            });
            CAPTURE(name);
            CAPTURE(size);
            CHECK(labels <= most(kStreams));
        }
    }
}

TEST_CASE("launches that differ are not called bimodal slices") {
    constexpr int kStreams = 300;
    for (const auto& [name, noise] : kNoises) {
        for (const auto& [count, slices] : {std::pair{6, 6}, std::pair{10, 12}}) {
            Random random(static_cast<std::uint64_t>(count));
            const int labels = found(kStreams, [&, count = count, slices = slices] {
                return find_modes_within(
                           launches(
                               static_cast<std::size_t>(count),
                               static_cast<std::size_t>(slices),
                               0.03, // between launches, three times as much as within
                               [&](Random& r) { return 1 + 0.01 * noise(r); },
                               random))
                    .has_value();
            });
            CAPTURE(name);
            CAPTURE(count);
            CHECK(labels <= most(kStreams));
        }
    }
}

TEST_CASE("two modes of slices are found where they are, whatever the launches differ by") {
    constexpr int kStreams = 200;
    Random random(3);
    int right = 0;
    const int labels = found(kStreams, [&] {
        const auto modes = find_modes_within(launches(
            10,
            12,
            0.003,
            [](Random& r) {
                const bool slow = std::uniform_real_distribution<double>()(r) < 0.4;
                return (slow ? 1.3 : 1.0) + 0.01 * std::normal_distribution<double>()(r);
            },
            random));
        right += modes && std::abs(modes->high.value / modes->low.value - 1.3) < 0.1 &&
                         std::abs(modes->high.share - 0.4) < 0.2
                     ? 1
                     : 0;
        return modes.has_value();
    });
    CHECK(labels >= 0.88 * kStreams); // 94 % of many
    CHECK(right >= 0.8 * kStreams);
}

TEST_CASE("two modes of launches are found from ten launches on") {
    Random random(4);
    std::normal_distribution<double> normal;
    const auto values = [&](std::size_t size) {
        std::vector<double> all;
        for (std::size_t i = 0; i < size; ++i) {
            all.push_back((i % 2 == 0 ? 1.0 : 1.5) + 0.01 * normal(random));
        }
        return all;
    };
    CHECK(found(100, [&] { return find_modes(values(10)).has_value(); }) >= 95);
    const auto modes = find_modes(values(20));
    REQUIRE(modes);
    CHECK(modes->low.value == doctest::Approx(1.0).epsilon(0.02));
    CHECK(modes->high.value == doctest::Approx(1.5).epsilon(0.02));
    CHECK(modes->low.share == 0.5);
    CHECK(modes->high.share == 0.5);
}

TEST_CASE("an outlier, however far, is no mode") {
    Random random(5);
    std::normal_distribution<double> normal;
    const int labels = found(200, [&] {
        std::vector<double> values;
        for (int i = 0; i < 60; ++i) {
            values.push_back(1 + 0.01 * normal(random));
        }
        values[0] = values[1] = 500;
        return find_modes(values).has_value();
    });
    CHECK(labels <= most(200));
}

TEST_CASE("ticks of a coarse clock are no modes when their length is known") {
    Random random(6);
    std::normal_distribution<double> normal;
    int ignorant = 0;
    const int labels = found(300, [&] {
        std::vector<double> values;
        for (int i = 0; i < 120; ++i) {
            values.push_back(std::round(100 + 1.2 * normal(random)));
        }
        ignorant += find_modes(values).has_value() ? 1 : 0;
        return find_modes(values, 1).has_value();
    });
    CHECK(labels <= most(300));
    CHECK(ignorant > 200); // or this test would show nothing
    // Two real modes on such a clock are still two.
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) {
        values.push_back(std::round((i % 2 == 0 ? 100 : 130) + 1.2 * normal(random)));
    }
    REQUIRE(find_modes(values, 1));
    CHECK(find_modes(values, 1)->high.value == doctest::Approx(130).epsilon(0.02));
}

} // namespace dip_test
