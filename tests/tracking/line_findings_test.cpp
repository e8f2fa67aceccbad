// On which scale the findings of a line are told: shares in points, everything else of what was.
#include "told_histories.hpp"
#include "tracking/line_findings.hpp"

#include <doctest/doctest.h>

namespace line_findings_test {

using namespace assay;
using namespace assay::tracking;
using measure::Direction;
using tracking::test::steady;
using verdict::ChangeScale;

namespace {

SeriesLine line_of(std::string unit, Direction direction, double before, double after) {
    SeriesLine line{.row = {}, .kind = {.unit = std::move(unit), .direction = direction}};
    line.values = steady(20, before);
    const std::vector<double> rest = steady(20, after, 2);
    line.values.insert(line.values.end(), rest.begin(), rest.end());
    return line;
}

LineChange only_change(const SeriesLine& line) {
    const LineFindings found = findings_of(line, {});
    REQUIRE(found.changes.size() == 1);
    return found.changes.front();
}

} // namespace

TEST_CASE("a hit rate that falls is told in points, and weighed by their limits") {
    const LineChange change = only_change(line_of("1", Direction::higher, 0.6, 0.54));
    CHECK(change.scale == ChangeScale::points);
    CHECK(*change.size == doctest::Approx(0.06).epsilon(0.05));
    CHECK(change.worse);
    REQUIRE(change.severity);
    CHECK(change.severity->size == verdict::SeverityClass::moderate); // of times 10 % is minor
}

TEST_CASE("a miss rate that rises by half, which is two points, is no grave regression") {
    const LineChange change = only_change(line_of("1", Direction::lower, 0.04, 0.06));
    CHECK(change.scale == ChangeScale::points);
    CHECK(*change.size == doctest::Approx(0.02).epsilon(0.05));
    REQUIRE(change.severity);
    CHECK(change.severity->size == verdict::SeverityClass::minor);
}

TEST_CASE("per cent are shares of a hundred") {
    const LineChange change = only_change(line_of("%", Direction::higher, 90, 80));
    CHECK(change.scale == ChangeScale::points);
    CHECK(*change.size == doctest::Approx(0.1).epsilon(0.05));
    REQUIRE(change.fence);
    CHECK(*change.fence < 0.2); // of a whole, as the size is
    CHECK(*change.fence > 0);
}

TEST_CASE("what is no share, and a figure of unit 1 beyond one, is told of what was before") {
    const LineChange time = only_change(line_of("s", Direction::lower, 0.4, 0.5));
    CHECK(time.scale == ChangeScale::relative);
    CHECK(*time.size == doctest::Approx(0.25).epsilon(0.05));
    const LineChange factor = only_change(line_of("1", Direction::lower, 1.6, 2));
    CHECK(factor.scale == ChangeScale::relative);
    CHECK(*factor.size == doctest::Approx(0.25).epsilon(0.05));
}

TEST_CASE("a share that drifts is told in points from end to end of its line") {
    SeriesLine line{.row = {}, .kind = {.unit = "1", .direction = Direction::higher}};
    line.values = steady(60, 0.9);
    for (std::size_t i = 0; i < line.values.size(); ++i) {
        line.values[i] -= 0.002 * static_cast<double>(i);
    }
    const LineFindings found = findings_of(line, {});
    REQUIRE_FALSE(found.drifts.empty());
    const LineDrift& drift = found.drifts.back();
    CHECK(drift.scale == ChangeScale::points);
    CHECK(drift.change == doctest::Approx(drift.from - drift.to));
    CHECK(drift.change > 0.05);
}

} // namespace line_findings_test
