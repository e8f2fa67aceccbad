#include "stored_runs.hpp"
#include "verdict/merge_base.hpp"

#include <doctest/doctest.h>

namespace merge_base_test {

using namespace assay::verdict;

namespace {

// Runs of commits c0, c1, ...
std::vector<StoredPoint> commits_of(const std::vector<double>& figures) {
    std::vector<StoredPoint> points = runs_of(figures);
    for (std::size_t i = 0; i < points.size(); ++i) {
        points[i].sha = "c" + std::to_string(i);
    }
    return points;
}

std::vector<double> figures_of(const std::vector<StoredPoint>& points) {
    std::vector<double> figures;
    for (const StoredPoint& point : points) {
        figures.push_back(point.figure.value_or(-1));
    }
    return figures;
}

using Figures = std::vector<double>;

} // namespace

TEST_CASE("a branch is held against the runs before it left, not against the tip") {
    const auto points = commits_of({1, 1, 1, 1, 1, 2, 2});
    CHECK(figures_of(before_leaving(points, "c4", 5)) == Figures{1, 1, 1, 1, 1});
    CHECK(figures_of(before_leaving(points, "c6", 5)) == Figures{1, 1, 1, 1, 1, 2, 2});
}

TEST_CASE("where too few runs come before, the next of the same segment stand in") {
    auto points = commits_of({1, 1, 1, 1, 1, 2, 2});
    CHECK(figures_of(before_leaving(points, "c2", 5)) == Figures{1, 1, 1, 1, 1});
    points[4].opens_segment = true;
    CHECK(figures_of(before_leaving(points, "c2", 5)) == Figures{1, 1, 1, 1});
    points[3].outlier = true;
    points[4].opens_segment = false;
    CHECK(figures_of(before_leaving(points, "c2", 5)) == Figures{1, 1, 1, 1, 1, 2});
}

TEST_CASE("a segment that opened before the branch left is the one that counts") {
    auto points = commits_of({9, 9, 1, 1, 1, 1});
    points[2].opens_segment = true;
    CHECK(figures_of(before_leaving(points, "c3", 4)) == Figures{9, 9, 1, 1, 1, 1});
    CHECK(choose_baseline(before_leaving(points, "c3", 4), {.min_runs = 4}).baseline->center == 1);
}

TEST_CASE("the last run of the commit counts, and a commit without a run has no reference") {
    auto points = commits_of({1, 2, 3});
    points[1].sha = "c0";
    CHECK(figures_of(before_leaving(points, "c0", 1)) == Figures{1, 2});
    CHECK(before_leaving(points, "c9", 1).empty());
    CHECK(before_leaving(points, "", 1).empty());
}

} // namespace merge_base_test
