#include "simulated_series.hpp"
#include "statistics/change_points/window_frame.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace window_frame_test {

using namespace assay::statistics;
using namespace assay::test;

namespace {

using Indices = std::vector<std::size_t>;

Indices indices_of(const std::vector<FoundStep>& steps) {
    Indices indices;
    for (const FoundStep& step : steps) {
        indices.push_back(step.index);
    }
    return indices;
}

const PooledStepTest kPooled;

} // namespace

TEST_CASE("magnitude is the larger of both quotients and a zero counts as none") {
    CHECK(relative_magnitude(100, 80) == doctest::Approx(0.25));
    CHECK(relative_magnitude(80, 100) == doctest::Approx(0.25));
    CHECK(relative_magnitude(0, 5) == doctest::Approx(1)); // 0/5 - 1
    CHECK(relative_magnitude(0, 0) == 0);
    CHECK(relative_magnitude(5, 5) == 0);
}

TEST_CASE("steps in every window of a long series are found where they are") {
    Random random(61);
    const Indices places{30, 90, 160, 161 + 40, 300, 410};
    const auto values = noisy(stepped(flat(500), places, 0.2), Noise::gaussian, 0.01, random);
    CHECK(indices_of(find_steps(values, RobustStepTest({}), {})) == places);
}

TEST_CASE("a step is found with any window of two or more points, smaller ones count as two") {
    std::vector<double> values(40, 1.0);
    std::fill(values.begin() + 20, values.end(), 2.0);
    for (const std::size_t window : {0u, 1u, 5u, 10u, 40u, 1000u}) {
        CAPTURE(window);
        const auto found = indices_of(find_steps(values, kPooled, {.window = window}));
        CHECK(found.size() <= 1); // two points a window are too few for the test
        CHECK((window < 5 || found == Indices{20}));
    }
}

TEST_CASE("a level that ends within the window is found where it is asked for, and else hidden") {
    Random random(64);
    Levels levels = flat(120);
    std::fill(levels.begin() + 52, levels.begin() + 59, 125.0);
    const auto values = noisy(levels, Noise::gaussian, 0.01, random);
    const RobustStepTest test({});
    const RobustStepTest passing({.segment_min = 5, .effect_min = 5});
    CHECK(indices_of(find_steps(values, test, {})).empty());
    CHECK(indices_of(find_steps(values, test, {.passing_level = &passing})) == Indices{52, 59});
    const RobustStepTest longer({.segment_min = 8, .effect_min = 5});
    CHECK(indices_of(find_steps(values, test, {.passing_level = &longer})).empty());
}

TEST_CASE("hunter's merge tests both points behind a deleted one anew and not the one before it") {
    // Found by comparing with Apache Otava, which answers 8 and 17: the figures of a point go
    // stale when the one behind it is deleted, and are set right when one before it is.
    const std::vector<double> values{97.3,  102.2, 94.5,  91.9,  96.4,  97.9,  99.0,
                                     93.3,  104.1, 102.2, 100.5, 102.7, 106.9, 91.0,
                                     108.8, 111.4, 110.7, 115.3, 115.5, 112.7, 112.6};
    const auto found = [&](MergeRule merge) {
        return indices_of(find_steps(values, kPooled, {.p_max = 0.01, .merge = merge}));
    };
    CHECK(found(MergeRule::right_neighbour) == Indices{8, 17});
    CHECK(found(MergeRule::both_neighbours) == Indices{14});
}

TEST_CASE("points smaller than the least magnitude are merged away, the smallest first") {
    Random random(62);
    auto levels = stepped(stepped(flat(120), {40}, 0.03), {80}, 0.3);
    const auto values = noisy(std::move(levels), Noise::gaussian, 0.005, random);
    CHECK(indices_of(find_steps(values, kPooled, {})) == Indices{40, 80});
    CHECK(indices_of(find_steps(values, kPooled, {.min_magnitude = 0.1})) == Indices{80});
    CHECK(indices_of(find_steps(values, kPooled, {.min_magnitude = 0.5})).empty());
}

TEST_CASE("what stays after the merge is tested against its whole neighbouring segments") {
    Random random(63);
    const auto values = noisy(stepped(flat(300), {70, 150}, 0.1), Noise::bimodal, 0.02, random);
    const RobustStepTest test({});
    const auto steps = find_steps(values, test, {});
    REQUIRE(steps.size() >= 2);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto at = [&](std::size_t k) {
            return values.begin() +
                   static_cast<std::ptrdiff_t>(k < steps.size() ? steps[k].index : values.size());
        };
        std::vector<double> before(i == 0 ? values.begin() : at(i - 1), at(i));
        std::vector<double> after(at(i), at(i + 1));
        std::sort(before.begin(), before.end());
        std::sort(after.begin(), after.end());
        CHECK(steps[i].comparison.p == test.compare(before, after).p);
        CHECK(steps[i].comparison.p < 0.001);
    }
}

TEST_CASE("a search after appended values keeps carried points and looks only near the end") {
    Random random(64);
    const auto values = noisy(stepped(flat(600), {100, 590}, 0.2), Noise::gaussian, 0.01, random);
    const auto carried_none = find_steps_appended(values, 20, {}, kPooled, {});
    CHECK(indices_of(carried_none).front() > 350); // 600 - (20/50 + 4) * 50 = 380, and before it
    const Indices carried{100};
    const auto found = indices_of(find_steps_appended(values, 20, carried, kPooled, {}));
    CHECK(found.front() == 100);
    CHECK(found.back() == 590);
    const Indices foreign{0, 600, 9000}; // not points of this series
    CHECK(indices_of(find_steps_appended(values, 20, foreign, kPooled, {})) ==
          indices_of(carried_none));
}

TEST_CASE("an empty series and one point have no steps") {
    CHECK(find_steps({}, kPooled, {}).empty());
    CHECK(find_steps(std::vector{1.0}, kPooled, {}).empty());
}

} // namespace window_frame_test
