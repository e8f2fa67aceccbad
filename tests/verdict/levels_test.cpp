#include "verdict/levels.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace levels_test {

using namespace assay;
using namespace assay::verdict;
using measure::Direction;

namespace {

// A level after the other, each value with a spread of one percent and unlike its neighbours.
std::vector<double> told(const std::vector<std::pair<std::size_t, double>>& levels) {
    std::vector<double> values;
    for (const auto& [count, level] : levels) {
        for (std::size_t i = 0; i < count; ++i) {
            const double off = static_cast<double>((i * 7 + 3) % 11) - 5;
            values.push_back(level * (1 + 0.003 * off));
        }
    }
    return values;
}

std::vector<LevelStanding> standings(const std::vector<double>& values,
                                     const LevelOptions& options) {
    const SeriesKind kind{.unit = "s", .direction = options.direction, .exact = options.exact};
    const auto found =
        statistics::detect(values, statistics::Detector::assay, detect_options(kind));
    std::vector<LevelStanding> all;
    for (const Level& level : walk_levels(values, found.points, options)) {
        all.push_back(level.standing);
    }
    return all;
}

using enum LevelStanding;
using Standings = std::vector<LevelStanding>;

} // namespace

TEST_CASE("a level that is worse is no reference, one that is better is") {
    const LevelOptions lower{.direction = Direction::lower};
    CHECK(standings(told({{20, 8}}), lower) == Standings{reference});
    CHECK(standings(told({{20, 8}, {20, 10}}), lower) == Standings{reference, worse});
    CHECK(standings(told({{20, 8}, {20, 6}}), lower) == Standings{reference, better});
    const LevelOptions higher{.direction = Direction::higher};
    CHECK(standings(told({{20, 8}, {20, 10}}), higher) == Standings{reference, better});
    CHECK(standings(told({{20, 8}, {20, 6}}), higher) == Standings{reference, worse});
    CHECK(standings(told({{20, 8}, {20, 10}, {20, 8}}), {}) ==
          Standings{reference, better, better});
}

TEST_CASE("four runs of a level are a candidate, whichever way it went") {
    for (const double level : {6.0, 10.0}) {
        CHECK(standings(told({{20, 8}, {4, level}}), {.direction = Direction::lower}) ==
              Standings{reference, candidate});
    }
}

TEST_CASE("a level is back when it cannot be told from the reference, and worse until then") {
    const LevelOptions lower{.direction = Direction::lower};
    CHECK(standings(told({{20, 8}, {20, 12}, {20, 8}}), lower) ==
          Standings{reference, worse, back});
    CHECK(standings(told({{20, 8}, {20, 12}, {20, 10}}), lower) ==
          Standings{reference, worse, worse});
    CHECK(standings(told({{40, 8}, {40, 12}, {40, 6}}), lower) ==
          Standings{reference, worse, better});
    CHECK(standings(told({{20, 8}, {20, 6}, {20, 7}}), lower) ==
          Standings{reference, better, worse});
}

TEST_CASE("a worse level that a person expected is the reference from then on") {
    const LevelOptions lower{.direction = Direction::lower, .expected = {22}};
    CHECK(standings(told({{20, 8}, {20, 10}, {20, 12}}), lower) ==
          Standings{reference, expected, worse});
    const LevelOptions elsewhere{.direction = Direction::lower, .expected = {30}};
    CHECK(standings(told({{20, 8}, {20, 10}}), elsewhere) == Standings{reference, worse});
}

TEST_CASE("a level is over when a later one is as good again or accepted") {
    const LevelOptions lower{.direction = Direction::lower};
    const auto levels_of = [&](const std::vector<std::pair<std::size_t, double>>& told_levels) {
        const auto values = told(told_levels);
        const auto found =
            statistics::detect(values, statistics::Detector::assay, detect_options({}));
        return walk_levels(values, found.points, lower);
    };
    CHECK_FALSE(is_over(levels_of({{20, 8}, {20, 10}}), 1));
    CHECK_FALSE(is_over(levels_of({{20, 8}, {20, 12}, {20, 10}}), 1));
    CHECK(is_over(levels_of({{20, 8}, {20, 10}, {20, 8}}), 1));
    CHECK(is_over(levels_of({{20, 8}, {20, 10}, {20, 6}}), 1));
}

TEST_CASE("exact figures have a level for each figure") {
    const LevelOptions exact{.direction = Direction::lower, .exact = true};
    CHECK(standings({5, 5, 5, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5}, exact) ==
          Standings{reference, worse, back});
}

TEST_CASE("points are marked by their level, and what does not count is passed over") {
    const std::vector<double> values = told({{20, 8}, {10, 10}, {10, 6}});
    std::vector<StoredPoint> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        points.push_back({.run = "run" + std::to_string(i), .figure = values[i]});
    }
    points.insert(points.begin() + 3, StoredPoint{.run = "failed"});
    const SeriesKind kind{.unit = "s", .direction = Direction::lower};
    mark_levels(points, kind, {});
    CHECK_FALSE(points[19].set_aside);
    CHECK(points[21].set_aside);
    CHECK(points[30].set_aside);
    CHECK_FALSE(points[31].set_aside);
    CHECK(points[31].opens_segment);
    CHECK_FALSE(points[3].set_aside);
    const std::vector<std::string> expected{"run20"};
    mark_levels(points, kind, expected);
    CHECK(points[21].opens_segment);
    CHECK_FALSE(points[21].set_aside);
}

TEST_CASE("the newest of a climb to the worse is marked, of one to the better it is not") {
    const auto marked = [](double slope, Direction direction) {
        std::vector<StoredPoint> points;
        for (const double value : told({{30, 100}})) {
            const double along = 1 + slope * static_cast<double>(points.size());
            points.push_back({.run = "", .figure = (100 + 0.3 * (value - 100)) * along});
        }
        mark_levels(points, {.unit = "s", .direction = direction}, {});
        CHECK(std::ranges::none_of(std::span(points).first(points.size() - 1),
                                   &StoredPoint::drifts_worse));
        return points.back().drifts_worse;
    };
    CHECK(marked(0.004, Direction::lower));
    CHECK(marked(-0.004, Direction::higher));
    CHECK_FALSE(marked(-0.004, Direction::lower));
    CHECK_FALSE(marked(0.004, Direction::higher));
    CHECK_FALSE(marked(0.004, Direction::none));
    CHECK_FALSE(marked(0, Direction::lower));
}

TEST_CASE("of newest runs that stand apart nothing is learnt, however few they are") {
    const SeriesKind kind{.unit = "s", .direction = Direction::lower};
    for (const std::size_t good : {5U, 8U, 25U}) {
        for (const std::size_t apart : {1U, 2U, 3U, 4U, 8U}) {
            for (const double level : {15.0, 7.0}) {
                CAPTURE(good);
                CAPTURE(apart);
                CAPTURE(level);
                std::vector<StoredPoint> points;
                for (const double value : told({{good, 10}, {apart, level}})) {
                    points.push_back({.run = "", .figure = value});
                }
                mark_levels(points, kind, {});
                const bool accepted = apart == 8 && level < 10;
                CHECK(points.back().set_aside == !accepted);
                CHECK(points[good].set_aside == !accepted);
                CHECK(std::ranges::none_of(std::span(points).first(good), &StoredPoint::set_aside));
            }
        }
    }
}

TEST_CASE("newest values to both sides, or one followed by a usual one, are no level") {
    std::vector<double> level = told({{20, 10}});
    CHECK(unsettled_values(level, {.unit = "s"}) == 0);
    level.push_back(15);
    CHECK(unsettled_values(level, {.unit = "s"}) == 1);
    level.push_back(7);
    CHECK(unsettled_values(level, {.unit = "s"}) < 2);
    level.push_back(10);
    CHECK(unsettled_values(level, {.unit = "s"}) == 0);
    CHECK(unsettled_values(std::vector{10.0, 10.0, 15.0}, {.unit = "s"}) == 0);
}

TEST_CASE("no values have no levels") {
    CHECK(walk_levels({}, {}, {}).empty());
    std::vector<StoredPoint> none{{.run = "failed"}};
    mark_levels(none, {}, {});
    CHECK_FALSE(none.front().opens_segment);
}

} // namespace levels_test
