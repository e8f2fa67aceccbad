#include "stored_cases.hpp"

#include <algorithm>
#include <tuple>

namespace stored_gate_test {

using namespace assay;
using namespace assay::verdict;

namespace {

const char* const kCompare = R"({"id":"time","kind":"regression"})"; // 10, 20, 25 %
const char* const kHistory = R"({"id":"time","kind":"regression","evidence":"history"})";

GateOutcome outcome_of(double now, const char* rule = kHistory) {
    return line_of_stored(gates_of(rule), case_with(now, around(100))).outcome;
}

} // namespace

TEST_CASE("every word of the lattice has its outcome, and so its exit code") {
    const GateFile gates = gates_of(kHistory);
    const GateFile lenient = gates_of(kHistory,
                                      R"({"missing_case":"allow","missing_baseline":"allow",
        "incomparable":"allow","undecided":"allow","drift":"allow"})");
    GateCase crashed = case_with(100, around(100));
    crashed.standing = CaseStanding::broken;
    GateCase gone = crashed;
    gone.standing = CaseStanding::missing;
    GateCase silent = case_with(100, around(100)); // the baseline has it, this run does not
    silent.figures[0].today = {};
    GateCase other = case_with(100, around(100));
    other.standing = CaseStanding::incomparable;
    GateCase stale = case_with(100, around(100));
    stale.figures[0].stored->today.commits = 501;
    GateCase drifting = case_with(100, around(100));
    drifting.figures[0].stored->drifting = true;
    GateCase unasked = case_with(100, {});
    unasked.figures[0].stored.reset();
    using enum GateOutcome;
    for (const auto& [one, strict, allowed] :
         {std::tuple{crashed, broken, broken},
          std::tuple{gone, broken, warned},
          std::tuple{silent, broken, warned},
          std::tuple{other, nothing, warned},
          std::tuple{case_with(100, {1, 2}), nothing, passed},
          std::tuple{unasked, nothing, passed},
          std::tuple{stale, undecided, warned},
          std::tuple{case_with(130, around(100)), failed, failed},
          std::tuple{case_with(115, around(100)), warned, warned},
          std::tuple{case_with(106, around(100)), passed, passed},
          std::tuple{drifting, warned, passed},
          std::tuple{case_with(100, around(100, 0.10)), undecided, warned},
          std::tuple{case_with(60, around(100)), passed, passed},
          std::tuple{case_with(100, around(100)), passed, passed}}) {
        const GateLine line = line_of_stored(gates, one);
        CAPTURE(line.verdict);
        CAPTURE(line.reason);
        CHECK(line.outcome == strict);
        CHECK(line_of_stored(lenient, one).outcome == allowed);
    }
}

TEST_CASE("stored figures fail a rule alone only where it says history") {
    CHECK(outcome_of(130) == GateOutcome::failed);
    CHECK(outcome_of(130, kCompare) == GateOutcome::undecided);
    CHECK(outcome_of(115, kCompare) == GateOutcome::warned);
    CHECK(outcome_of(100, kCompare) == GateOutcome::passed);
    const GateLine line = line_of_stored(gates_of(kCompare), case_with(130, around(100)));
    CHECK(line.reason.find("assay gate") != std::string::npos);
}

TEST_CASE("a share that lost more than five points fails where nothing else is said") {
    const GateFile gates = gates_of(R"({"id":"hits","kind":"regression","metric":"hit_rate",
        "evidence":"history"})");
    for (const auto& [now, outcome, severity] : {std::tuple{0.835, GateOutcome::failed, "moderate"},
                                                 std::tuple{0.87, GateOutcome::warned, "minor"},
                                                 std::tuple{0.70, GateOutcome::failed, "severe"},
                                                 std::tuple{0.90, GateOutcome::passed, ""}}) {
        CAPTURE(now);
        GateCase one = case_with(100, around(100));
        one.figures = {figure_with("hit_rate", "1", true, now, around(0.9, 0.004))};
        const GateLine line = line_of_stored(gates, one);
        CAPTURE(line.reason);
        CHECK(line.outcome == outcome);
        CHECK(line.severity == severity);
        CHECK(line.limit == "at most 5 points worse");
    }
}

TEST_CASE("a line tells figure, limit, what would be seen, the baseline and that it is stored") {
    const GateLine line = line_of_stored(gates_of(kHistory), case_with(130, around(100)));
    CHECK(*line.figure == doctest::Approx(30));
    CHECK(line.unit == "%");
    CHECK(line.limit == "at most 20 % worse");
    CHECK(line.severity == "severe");
    CHECK(line.verdict == "regressed(severe)");
    CHECK(line.evidence == "stored figures");
    CHECK(line.baseline == "segment of 12 runs, run-0 to run-11");
    CHECK(line.n == 12);
    REQUIRE(line.mde);
    CHECK(*line.mde > 1);
    CHECK(*line.mde < 20);
    CHECK(line.interval->low < 30);
    CHECK(line.reason.find("stored figures: segment of 12 runs") != std::string::npos);
    CHECK(line.reason.find("are seen") != std::string::npos);
}

TEST_CASE("exactly 20 % worse passes, a hair more fails") {
    CHECK(outcome_of(120) == GateOutcome::warned);
    CHECK(outcome_of(120.0001) == GateOutcome::failed);
    CHECK(outcome_of(110) == GateOutcome::passed);
    CHECK(outcome_of(110.0001) == GateOutcome::warned);
    // 0.07 -> 0.084 is 20.000000000000018 % in floating point.
    const GateFile gates = gates_of(kHistory);
    CHECK(line_of_stored(gates, case_with(0.084, around(0.07))).outcome == GateOutcome::warned);
}

TEST_CASE("a throughput of 79.9 of 100 fails and of 80 does not") {
    const GateFile gates =
        gates_of(R"({"id":"r","kind":"regression","metric":"rate","evidence":"history"})");
    const auto outcome = [&](double now) {
        GateCase one = case_with(1, around(1));
        one.figures = {figure_with("rate", "1/s", true, now, around(100))};
        return line_of_stored(gates, one).outcome;
    };
    CHECK(outcome(79.9) == GateOutcome::failed);
    CHECK(outcome(80) == GateOutcome::warned);
    CHECK(outcome(200) == GateOutcome::passed);
}

TEST_CASE("exact figures need no comparison") {
    GateCase one = case_with(130, std::vector<double>(5, 100));
    one.figures[0].exact = true;
    CHECK(line_of_stored(gates_of(kCompare), one).outcome == GateOutcome::failed);
    one.figures[0].today = today(120);
    CHECK(line_of_stored(gates_of(kCompare), one).outcome == GateOutcome::warned);
    // Launches that disagree make it one that varies.
    one.figures[0].today = statistics::summarise(
        std::vector<std::vector<double>>{{129}, {130}, {131}, {130}, {130}, {130}});
    CHECK(line_of_stored(gates_of(kCompare), one).outcome == GateOutcome::undecided);
}

TEST_CASE("an improvement is at least as large as asked or it fails") {
    const char* const wanted =
        R"({"id":"win","kind":"improvement","improve":"5%","evidence":"history"})";
    CHECK(outcome_of(95, wanted) == GateOutcome::passed); // exactly
    CHECK(outcome_of(80, wanted) == GateOutcome::passed);
    CHECK(outcome_of(95.5, wanted) == GateOutcome::failed);
    CHECK(outcome_of(120, wanted) == GateOutcome::failed);
    const char* const compared = R"({"id":"win","kind":"improvement","improve":"5%"})";
    CHECK(outcome_of(80, compared) == GateOutcome::undecided);
    CHECK(outcome_of(100, compared) == GateOutcome::undecided);
    // Runs that differ too much to see 5 % decide nothing.
    CHECK(line_of_stored(gates_of(wanted), case_with(97, around(100, 0.03))).outcome ==
          GateOutcome::undecided);
}

TEST_CASE("a pattern asks every metric that it names") {
    GateCase one = case_with(100, around(100));
    one.figures.push_back(figure_with("a_latency", "s", false, 130, around(100)));
    one.figures.push_back(figure_with("b_latency", "s", false, 100, around(100)));
    one.figures.push_back(figure_with("c_latency", "s", false, 130, around(100)));
    one.figures.back().higher_is_better.reset(); // no better, no worse: not meant
    const GateReport report = judge_stored(
        gates_of(R"({"id":"l","kind":"regression","metric":"*_latency","evidence":"history"})"),
        {one},
        {});
    REQUIRE(report.lines.size() == 2);
    CHECK(report.lines[0].metric == "a_latency");
    CHECK(report.lines[0].outcome == GateOutcome::failed);
    CHECK(report.lines[1].outcome == GateOutcome::passed);
    CHECK(report.unmatched.empty());
}

TEST_CASE("what was not observed and no baseline has does not apply") {
    GateCase one = case_with(100, {});
    one.figures[0].today = {};
    one.figures[0].reason = "no counter";
    const GateReport report = judge_stored(gates_of(kHistory), {one}, {});
    CHECK(report.lines.front().outcome == GateOutcome::not_applicable);
    CHECK(report.unmatched == std::vector<std::string>{"time"});
    CHECK(std::ranges::count(report.outcomes, GateOutcome::nothing) == 1);
}

TEST_CASE("no way of comparing nothing is green") {
    const auto is_green = [](const GateReport& report) {
        return std::ranges::all_of(report.outcomes,
                                   [](GateOutcome one) {
                                       return one == GateOutcome::passed ||
                                              one == GateOutcome::warned;
                                   }) &&
               !report.outcomes.empty();
    };
    const GateFile gates = gates_of(kHistory);
    CHECK(is_green(judge_stored(gates, {case_with(100, around(100))}, {})));
    CHECK_FALSE(is_green(judge_stored(gates, {}, {}))); // no case at all
    GateCase renamed = case_with(100, {}, "s/renamed");
    CHECK_FALSE(is_green(judge_stored(gates, {renamed}, {})));
    CHECK_FALSE(is_green(judge_stored( // the rule matches nothing
        gates_of(R"({"id":"x","kind":"regression","match":{"suite":"t"}})"),
        {case_with(100, around(100))},
        {})));
    CHECK_FALSE(is_green(judge_stored( // an optional rule alone, that matches nothing
        gates_of(R"({"id":"x","kind":"regression","match":{"suite":"t"},"optional":true})"),
        {case_with(100, around(100))},
        {})));
    GateCase skipped = case_with(100, {});
    skipped.figures[0].today = {};
    CHECK_FALSE(is_green(judge_stored(gates, {skipped}, {})));
    CHECK_FALSE(is_green(judge_stored(gates, {case_with(100, around(100, 0.1))}, {})));
    CHECK_FALSE(is_green(judge_stored( // a quiet host compares nothing
        gates_of(R"({"id":"h","kind":"host","op":"<","value":"5%"})"),
        {case_with(100, around(100))},
        {.host_noise = 0.01})));
    CHECK_FALSE(is_green(judge_stored(
        gates_of(kHistory, R"({"min_compared":2})"), {case_with(100, around(100))}, {})));
    GateCase cancelled = skipped;
    CHECK_FALSE(is_green(judge_stored(gates, {cancelled}, {.cancelled = true})));
}

} // namespace stored_gate_test
