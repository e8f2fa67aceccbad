#include "histories.hpp"
#include "history/run_check.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <limits>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

// What is wrong with a good run after `spoil`; "" if nothing is.
std::string refusal(const std::function<void(Run&)>& spoil) {
    Run made = run(1, {{"add", 1e-6}, {"sub", 2e-6}});
    spoil(made);
    const auto checked = check(made);
    if (checked.ok()) {
        return "";
    }
    CHECK(checked.error().kind == ErrorKind::config);
    CHECK_FALSE(checked.error().hint.empty());
    return checked.error().message;
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

} // namespace

TEST_CASE("a good run is not refused") {
    CHECK(refusal([](Run&) {}) == "");
}

TEST_CASE("figures and samples that are not finite are refused with the metric's name") {
    CHECK(has(refusal([](Run& r) { r.points[1].figures->center = kNan; }),
              "'time' of case 'sums/sub"));
    CHECK(has(refusal([](Run& r) { r.points[0].figures->hi = kInfinity; }), "finite"));
    CHECK(has(refusal([](Run& r) { r.points[0].figures->p99 = -kInfinity; }), "finite"));
    CHECK(has(refusal([](Run& r) { r.points[0].samples.launch_medians = {1, kNan}; }), "finite"));
    CHECK(has(refusal([](Run& r) { r.points[0].samples.launches = {{1}, {kNan}}; }), "finite"));
    CHECK(has(refusal([](Run& r) { r.host_score = kNan; }), "host score"));
}

TEST_CASE("a time that is negative is refused, another metric may be") {
    CHECK(has(refusal([](Run& r) { r.points[0].figures->center = -1e-9; }), "negative"));
    CHECK(refusal([](Run& r) {
              r.points[0].series.metric = "time_saved";
              r.points[0].figures->center = -1e-9;
          }) == "");
}

TEST_CASE("names that are empty or too long are refused and the limit is said") {
    CHECK(has(refusal([](Run& r) { r.points[0].series.metric = ""; }), "no name for its metric"));
    CHECK(has(refusal([](Run& r) { r.points[0].series.case_id = ""; }), "no name for its case"));
    Run made = run(1, {{"add", 1e-6}});
    made.points[0].series.metric = std::string(std::size_t{1} << 20, 'm');
    const auto checked = check(made);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().message.size() < 400);
    CHECK(has(checked.error().hint, "1024"));
    CHECK(refusal([](Run& r) { r.points[0].series.metric = std::string(1024, 'm'); }) == "");
}

TEST_CASE("a metric that is there twice in a run is refused") {
    CHECK(has(refusal([](Run& r) { r.points.push_back(r.points[0]); }), "twice"));
    CHECK(refusal([](Run& r) {
              r.points.push_back(r.points[0]);
              r.points.back().series.metric = "wall_time";
          }) == "");
}

TEST_CASE("figures of what did not pass are refused, and none of what did") {
    CHECK(has(refusal([](Run& r) { r.points[0].status = measure::CaseStatus::failed; }), "failed"));
    CHECK(has(refusal([](Run& r) { r.points[0].figures.reset(); }), "no figures"));
}

TEST_CASE("a run without uuid or platform, or with points of another platform, is refused") {
    CHECK(has(refusal([](Run& r) { r.uuid = ""; }), "uuid"));
    CHECK(has(refusal([](Run& r) { r.platform.fingerprint = ""; }), "platform"));
    CHECK(
        has(refusal([](Run& r) { r.points[0].series.platform.fingerprint = std::string(64, 'a'); }),
            "platform"));
    CHECK(refusal([](Run& r) { r.points[0].series.platform = r.platform; }) == "");
}

TEST_CASE("the content of a run does not depend on the order of its points, but on every figure") {
    const Run made = run(1, {{"add", 1e-6}, {"sub", 2e-6}});
    Run turned = made;
    std::reverse(turned.points.begin(), turned.points.end());
    CHECK(check(made)->content == check(turned)->content);
    CHECK(check(made)->content.size() == 32);
    Run other = made;
    other.points[1].figures->hi = 2.02000001e-6;
    CHECK(check(made)->content != check(other)->content);
    Run excluded = made;
    excluded.points[0].flags = point_flag::excluded;
    CHECK(check(made)->content == check(excluded)->content);
}

TEST_CASE("a clock that went backwards is remarked upon") {
    Run made = run(1);
    CHECK_FALSE(clock_remark(made, std::nullopt).has_value());
    CHECK_FALSE(clock_remark(made, made.started - kSecond).has_value());
    CHECK(has(*clock_remark(made, *made.finished + kSecond), "before"));
    made.kind = "import";
    CHECK_FALSE(clock_remark(made, *made.finished + kSecond).has_value());
    made.finished = made.started - 1;
    CHECK(has(*clock_remark(made, std::nullopt), "finished before it started"));
}

TEST_CASE("runs that overlap are no sign of a clock that went backwards") {
    Run made = run(1);
    CHECK_FALSE(clock_remark(made, made.started + kSecond).has_value());
}
