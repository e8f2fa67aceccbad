// Every rule of a report: it speaks, it is silent at its limit, and it is silent without a figure.
#include "tracking/report/recommendations.hpp"
#include "verdict/stored_gate.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace recommendations_test {

using namespace assay::tracking;

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

FigureSource source() {
    return {.case_id = "cache/look_up[limit=65536]",
            .metric = "hit_rate",
            .platform = "lab_8c",
            .run = "0192ab12-0000-7000-8000-000000000001"};
}

bool has(const Recommendation& said, std::string_view part) {
    return said.text.find(part) != std::string::npos;
}

CacheFigure cache(double hit_rate) {
    return {
        .of = source(), .hit_rate = hit_rate, .miss_rate = 1 - hit_rate, .capacity = "limit=64"};
}

} // namespace

TEST_CASE("a cache that misses much is told with its misses, its limit, its series and its run") {
    const auto said = recommend(cache(0.31));
    REQUIRE(said);
    CHECK(said->rule == "cache-hit-rate");
    CHECK(has(*said, "serves 31 %"));
    CHECK(has(*said, "misses 69 %"));
    CHECK(said->figure == 0.31);
    CHECK(said->unit == "1");
    CHECK(said->limit == kLowHitRate);
    CHECK_FALSE(said->limit_why.empty());
    CHECK(said->of.case_id == source().case_id);
    CHECK(said->of.run == source().run);
}

TEST_CASE("a larger cache is advised only where one had more hits in the same run") {
    CacheFigure figure = cache(0.31);
    figure.larger = {{"limit=128", 0.32}, {"limit=256", 0.74}, {"limit=512", 0.75}};
    const auto helps = recommend(figure);
    REQUIRE(helps);
    CHECK(has(*helps, "limit=256 had 74 %"));
    CHECK(has(*helps, "a larger cache helps"));
    CHECK_FALSE(has(*helps, "limit=512"));

    figure.larger = {{"limit=128", 0.312}, {"limit=256", 0.3299}};
    const auto does_not = recommend(figure);
    REQUIRE(does_not);
    CHECK(has(*does_not, "limit=256 had 33 %"));
    CHECK(has(*does_not, "more capacity does not help"));

    figure.larger.clear();
    const auto unknown = recommend(figure);
    REQUIRE(unknown);
    CHECK(has(*unknown, "No larger cache was measured"));
    CHECK_FALSE(has(*unknown, "larger cache helps"));
}

TEST_CASE("a cache that hits often enough, or of which nothing is known, gives no advice") {
    CHECK(recommend(cache(kLowHitRate - 1e-9)));
    CHECK_FALSE(recommend(cache(kLowHitRate)));
    CHECK_FALSE(recommend(cache(kNothing)));
}

TEST_CASE("memory that grows over runs is suspected to leak, beyond its limit alone") {
    const DriftFigure figure{.of = source(),
                             .is_memory = true,
                             .change = 0.12,
                             .first = 100e6,
                             .last = 112e6,
                             .unit = "By",
                             .values = 40,
                             .p = 1e-6};
    const auto said = recommend(figure);
    REQUIRE(said);
    CHECK(said->rule == "memory-growth");
    CHECK(has(*said, "12 % worse over 40 values"));
    CHECK(has(*said, "from 95.37 MiB to 106.8 MiB"));
    CHECK(has(*said, "leak"));
    DriftFigure small = figure;
    small.change = kMemoryGrowth;
    CHECK_FALSE(recommend(small));
    small.change = kNothing;
    CHECK_FALSE(recommend(small));
}

TEST_CASE("a time that climbs is told as a drift, one that falls is not") {
    DriftFigure figure{.of = source(),
                       .change = 0.031,
                       .first = 1e-3,
                       .last = 1.031e-3,
                       .unit = "s",
                       .values = 30};
    const auto said = recommend(figure);
    REQUIRE(said);
    CHECK(said->rule == "drift");
    CHECK(has(*said, "from 1 ms to 1.031 ms"));
    CHECK_FALSE(has(*said, "leak"));
    figure.change = kDriftUpward;
    CHECK_FALSE(recommend(figure));
    figure.change = -0.4;
    CHECK_FALSE(recommend(figure));
}

TEST_CASE("launches that differ much lead to assay doctor") {
    SpreadFigure figure{.of = source(), .spread = 0.08, .launches = 6};
    const auto said = recommend(figure);
    REQUIRE(said);
    CHECK(said->rule == "launch-spread");
    CHECK(has(*said, "6 launches differ by 8 %"));
    CHECK(has(*said, "assay doctor"));
    figure.spread = kLaunchSpread;
    CHECK_FALSE(recommend(figure));
    figure = {.of = source(), .spread = 0.5, .launches = kSpreadLaunches - 1};
    CHECK_FALSE(recommend(figure));
    figure = {.of = source(), .spread = kNothing, .launches = 6};
    CHECK_FALSE(recommend(figure));
}

TEST_CASE("more allocations an operation are told with both counts") {
    const auto said = recommend(AllocationFigure{.of = source(), .before = 3, .now = 5});
    REQUIRE(said);
    CHECK(said->rule == "allocations");
    CHECK(has(*said, "allocates 5 times an operation, and did 3 times"));
    CHECK(said->figure == 2);
    CHECK_FALSE(recommend(AllocationFigure{.of = source(), .before = 3, .now = 3}));
    CHECK_FALSE(recommend(AllocationFigure{.of = source(), .before = 0, .now = kAllocationsRise}));
    CHECK_FALSE(recommend(AllocationFigure{.of = source(), .before = 3, .now = 2}));
    CHECK_FALSE(recommend(AllocationFigure{.of = source(), .before = kNothing, .now = 5}));
}

TEST_CASE("a machine on which equal work differs is told to be noisy") {
    const auto said =
        recommend(HostFigure{.of = {.platform = "lab_8c", .run = "r"}, .noise = 0.09});
    REQUIRE(said);
    CHECK(said->rule == "noisy-host");
    CHECK(has(*said, "Equal work differs by 9 %"));
    // Where a gate takes the figures of a shared runner for nothing.
    CHECK(assay::verdict::host_score(kNoisyHost) ==
          doctest::Approx(assay::verdict::kSharedRunnerScore));
    CHECK_FALSE(recommend(HostFigure{.of = source(), .noise = kNoisyHost}));
    CHECK_FALSE(recommend(HostFigure{.of = source(), .noise = kNothing}));
}

TEST_CASE("what broke, is wrong or got lost is told, and what has figures is not") {
    const auto wrong = recommend(BrokenFigure{.of = source(), .status = "wrong_result", .runs = 2});
    REQUIRE(wrong);
    CHECK(wrong->rule == "wrong-result");
    CHECK(has(*wrong, "no figure in the newest 2 runs (wrong result)"));
    CHECK(has(*wrong, "assay history show " + source().run));
    const auto broken = recommend(BrokenFigure{.of = source(), .status = "crashed", .runs = 1});
    REQUIRE(broken);
    CHECK(broken->rule == "broken");
    const auto lost = recommend(BrokenFigure{.of = source(), .status = "passed", .lost = true});
    REQUIRE(lost);
    CHECK(lost->rule == "lost");
    CHECK_FALSE(recommend(BrokenFigure{.of = source(), .status = "passed", .runs = 0}));
}

TEST_CASE("series without a baseline are told how many runs they want, and old ones are not") {
    const auto said =
        recommend(YoungFigure{.of = source(), .series = 7, .runs = 2, .runs_asked = 5});
    REQUIRE(said);
    CHECK(said->rule == "too-few-runs");
    CHECK(has(*said, "7 series have no baseline yet"));
    CHECK(has(*said, "Record 3 more runs"));
    const auto last =
        recommend(YoungFigure{.of = source(), .series = 1, .runs = 4, .runs_asked = 5});
    REQUIRE(last);
    CHECK(has(*last, "Record 1 more run "));
    CHECK_FALSE(recommend(YoungFigure{.of = source(), .series = 7, .runs = 5, .runs_asked = 5}));
    CHECK_FALSE(recommend(YoungFigure{.of = source(), .series = 0, .runs = 0, .runs_asked = 5}));
}

TEST_CASE("of a rule the gravest five are told, and the others counted") {
    RecommendationFigures figures;
    for (int i = 0; i < 12; ++i) {
        figures.drifts.push_back({.of = source(), .change = 0.1 + 0.01 * i, .unit = "s"});
        figures.caches.push_back(cache(0.9));
    }
    const Recommendations all = recommendations(figures);
    REQUIRE(all.rows.size() == kSaidOfRule);
    CHECK(all.left_out == 7);
    CHECK(all.rows.front().figure == doctest::Approx(0.21));
    for (std::size_t i = 1; i < all.rows.size(); ++i) {
        CHECK(all.rows[i].figure <= all.rows[i - 1].figure);
    }
    CHECK(recommendations({}).rows.empty());
}

TEST_CASE("an open alert is told with how to look at it and how to answer it") {
    const AlertFigure step{.of = source(),
                           .last_good = "0192ab11-0000-7000-8000-000000000001",
                           .change = 0.18,
                           .series = 3,
                           .id = 7};
    const auto said = recommend(step);
    REQUIRE(said);
    CHECK(said->rule == "open-alert");
    CHECK(has(*said, "18 % worse in one step, and 2 other series with it"));
    CHECK(has(*said, "assay compare run:" + step.last_good + " run:" + step.of.run));
    CHECK(has(*said, "assay analyze ack 7"));
    CHECK(said->limit == kAnsweredStep);

    AlertFigure machine = step;
    machine.is_machine = true;
    machine.id = 0;
    CHECK(has(*recommend(machine), "assay doctor"));
    CHECK(has(*recommend(machine), "'assay analyze' keeps it"));

    AlertFigure silent = step;
    silent.change = 0.009;
    CHECK_FALSE(recommend(silent));
    silent.change = kNothing;
    CHECK_FALSE(recommend(silent));
}

TEST_CASE("a step that is too new to be confirmed is told with what decides it now") {
    const auto said = recommend(CandidateFigure{.of = source(), .change = 0.286, .runs_asked = 5});
    REQUIRE(said);
    CHECK(said->rule == "candidate");
    CHECK(has(*said, "28.6 % worse"));
    CHECK(has(*said, "until 5 runs"));
    CHECK(has(*said, "'assay gate'"));
    CHECK_FALSE(recommend(CandidateFigure{.of = source(), .change = 0.009, .runs_asked = 5}));
    CHECK_FALSE(recommend(CandidateFigure{.of = source(), .change = kNothing, .runs_asked = 5}));
}

TEST_CASE("changes of shares are told, and held against their limits, in points") {
    AlertFigure step{.of = source(),
                     .last_good = "0192ab11-0000-7000-8000-000000000001",
                     .change = 0.055,
                     .scale = assay::verdict::ChangeScale::points,
                     .series = 1,
                     .id = 7};
    const auto said = recommend(step);
    REQUIRE(said);
    CHECK(has(*said, "It got 5.5 points worse in one step"));
    CHECK(said->figure == doctest::Approx(5.5));
    CHECK(said->unit == "points");
    CHECK(said->limit == doctest::Approx(0.5));
    step.change = 0.006; // of a time it would be too little to speak of
    CHECK(recommend(step));
    step.change = 0.004;
    CHECK_FALSE(recommend(step));

    const auto drift = recommend(DriftFigure{.of = source(),
                                             .change = 0.02,
                                             .scale = assay::verdict::ChangeScale::points,
                                             .first = 0.9,
                                             .last = 0.88,
                                             .unit = "1",
                                             .values = 40,
                                             .p = 1e-6});
    REQUIRE(drift);
    CHECK(has(*drift, "It got 2 points worse over 40 values"));
}

} // namespace recommendations_test
