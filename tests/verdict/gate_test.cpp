#include "verdict/gate.hpp"
#include "verdict/gate_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

namespace gate_test {

using namespace assay;
using namespace assay::verdict;

namespace {

GateFile gates_of(const std::string& rules, const std::string& policy = "{}") {
    auto gates = parse_gate_file(
        R"({"schema":"assay.gates/1","policy":)" + policy + R"(,"rules":[)" + rules + "]}", "g");
    REQUIRE_MESSAGE(gates, (gates ? "" : gates.error().message));
    return *gates;
}

// A compared case that takes `factor` times as long in every one of `pairs` pairs.
GateCase slower_by(double factor, std::size_t pairs = 12, const std::string& id = "s/f") {
    GateCase one;
    one.subject = {.id = id, .suite = "s", .family = "f"};
    one.standing = CaseStanding::compared;
    one.is_for_pairs = true;
    one.pairs.assign(pairs, std::log(factor));
    one.figures = {{.key = "time", .unit = "s", .higher_is_better = false}};
    return one;
}

GateFigure figure(const std::string& key,
                  const std::string& unit,
                  bool higher,
                  double before,
                  double after,
                  std::size_t pairs = 12) {
    return {.key = key,
            .unit = unit,
            .higher_is_better = higher,
            .old_launches = std::vector<double>(pairs, before),
            .new_launches = std::vector<double>(pairs, after)};
}

GateLine line_for(const GateFile& gates, const GateCase& one, const GateContext& context = {}) {
    const GateReport report = judge(gates, {one}, context);
    REQUIRE(report.lines.size() == 1);
    return report.lines.front();
}

bool met(const GateReport& report, GateOutcome outcome) {
    return std::ranges::find(report.outcomes, outcome) != report.outcomes.end();
}

const char* const kTime = R"({"id":"time","kind":"regression"})"; // 10, 20, 25 %

} // namespace

TEST_CASE("a regression fails beyond its limit, warns beyond its warning and passes below") {
    const GateFile gates = gates_of(kTime);
    CHECK(line_for(gates, slower_by(1.22)).outcome == GateOutcome::failed);
    CHECK(line_for(gates, slower_by(1.22)).severity == "moderate");
    CHECK(line_for(gates, slower_by(1.60)).severity == "severe");
    CHECK(line_for(gates, slower_by(1.15)).outcome == GateOutcome::warned);
    CHECK(line_for(gates, slower_by(1.05)).outcome == GateOutcome::passed);
    CHECK(line_for(gates, slower_by(0.50)).outcome == GateOutcome::passed);
    CHECK(*line_for(gates, slower_by(1.22)).figure == doctest::Approx(22));
    CHECK(line_for(gates, slower_by(1.22)).n == 12);
}

TEST_CASE("pairs that do not decide a limit are undecided, which a policy may allow") {
    CHECK(line_for(gates_of(kTime), slower_by(1.30, 5)).outcome == GateOutcome::undecided);
    CHECK(line_for(gates_of(kTime), slower_by(1.30, 5)).wants_pairs);
    CHECK(line_for(gates_of(kTime), slower_by(1.20, 100)).outcome != GateOutcome::failed);
    const GateFile lenient = gates_of(kTime, R"({"undecided":"allow"})");
    CHECK(line_for(lenient, slower_by(1.30, 5)).outcome == GateOutcome::warned);
}

TEST_CASE("identical files pass at once") {
    GateCase one = slower_by(1, 0);
    one.standing = CaseStanding::identical;
    const GateReport report = judge(gates_of(kTime), {one}, {});
    CHECK(report.lines.front().outcome == GateOutcome::passed);
    CHECK(report.judged == 1);
    CHECK(report.outcomes == std::vector<GateOutcome>{GateOutcome::passed});
}

TEST_CASE("what was lost, broken, new or incomparable never passes by itself") {
    const GateFile gates = gates_of(kTime);
    const GateFile lenient = gates_of(kTime,
                                      R"({"missing_case":"allow","missing_baseline":"allow",
                                         "incomparable":"allow"})");
    for (const auto& [standing, strict, allowed] :
         {std::tuple{CaseStanding::missing, GateOutcome::broken, GateOutcome::warned},
          std::tuple{CaseStanding::broken, GateOutcome::broken, GateOutcome::broken},
          std::tuple{CaseStanding::no_baseline, GateOutcome::nothing, GateOutcome::passed},
          std::tuple{CaseStanding::incomparable, GateOutcome::nothing, GateOutcome::warned},
          std::tuple{CaseStanding::measured_only, GateOutcome::nothing, GateOutcome::nothing}}) {
        GateCase one = slower_by(1);
        one.standing = standing;
        CHECK(line_for(gates, one).outcome == strict);
        CHECK(line_for(lenient, one).outcome == allowed);
    }
}

TEST_CASE("a throughput that falls by a fifth is held against its own scale") {
    const GateFile gates = gates_of(R"({"id":"rate","kind":"regression","metric":"rate"})");
    GateCase one = slower_by(1);
    one.figures.push_back(figure("rate", "1/s", true, 100, 79));
    CHECK(line_for(gates, one).outcome == GateOutcome::failed);
    CHECK(*line_for(gates, one).figure == doctest::Approx(21));
    one.figures.back() = figure("rate", "1/s", true, 100, 85);
    CHECK(line_for(gates, one).outcome == GateOutcome::warned);
    one.figures.back() = figure("rate", "1/s", true, 100, 140);
    CHECK(line_for(gates, one).outcome == GateOutcome::passed);
}

TEST_CASE("a share changes in percentage points unless the rule says relative") {
    GateCase one = slower_by(1);
    one.figures.push_back(figure("hit_rate", "1", true, 0.30, 0.24)); // 6 points, a fifth
    const char* const points = R"({"id":"hits","kind":"regression","metric":"hit_rate",
        "warn":"2%","fail":"5%"})";
    CHECK(line_for(gates_of(points), one).outcome == GateOutcome::failed);
    CHECK(line_for(gates_of(points), one).unit == "points");
    CHECK(*line_for(gates_of(points), one).figure == doctest::Approx(6));
    const char* const unsaid = R"({"id":"hits","kind":"regression","metric":"hit_rate"})";
    CHECK(line_for(gates_of(unsaid), one).outcome == GateOutcome::failed); // beyond 5 points
    CHECK(line_for(gates_of(unsaid), one).limit == "at most 5 points worse");
    one.figures.back() = figure("hit_rate", "1", true, 0.30, 0.265);
    CHECK(line_for(gates_of(unsaid), one).outcome == GateOutcome::warned); // beyond 2
    one.figures.back() = figure("hit_rate", "1", true, 0.30, 0.24);
    const char* const relative = R"({"id":"hits","kind":"regression","metric":"hit_rate",
        "scale":"relative","fail":"25%"})";
    CHECK(line_for(gates_of(relative), one).outcome == GateOutcome::warned);
    CHECK(*line_for(gates_of(relative), one).figure == doctest::Approx(20));
}

TEST_CASE("exact figures are compared without statistics, and exactly the limit passes") {
    GateCase one = slower_by(1);
    one.figures.push_back(figure("steps", "{step}", false, 1000, 1200, 4));
    one.figures.back().exact = true;
    const GateFile gates =
        gates_of(R"({"id":"work","kind":"regression","metric":"steps","warn":"20%"})");
    CHECK(line_for(gates, one).outcome == GateOutcome::passed);
    one.figures.back().new_launches = {1201, 1201, 1201, 1201};
    CHECK(line_for(gates, one).outcome == GateOutcome::failed);
}

TEST_CASE("an exact figure that verify tells once for a build is compared at once") {
    for (const double after : {1000.0, 1500.0}) {
        GateCase one = slower_by(1, 12);
        one.figures.push_back(figure("steps", "{x}", false, 1000, after, 1));
        one.figures.back().exact = true;
        one.figures.back().only_verified = true;
        const GateLine line =
            line_for(gates_of(R"({"id":"r","kind":"regression","metric":"steps"})"), one);
        CHECK(line.outcome == (after > 1000 ? GateOutcome::failed : GateOutcome::passed));
    }
}

TEST_CASE("exact figures of a few launches are undecided, and counts need no more than two") {
    const auto line_of = [](const char* metric, std::size_t launches, std::size_t pairs) {
        GateCase one = slower_by(1, pairs);
        one.figures.push_back(figure(metric, "{x}", false, 1000, 1500, launches));
        one.figures.back().exact = true;
        return line_for(
            gates_of(std::string(R"({"id":"r","kind":"regression","metric":")") + metric + R"("})"),
            one);
    };
    const GateLine early = line_of("steps", 3, 3);
    CHECK(early.outcome == GateOutcome::undecided);
    CHECK(early.reason.find("exact") != std::string::npos);
    CHECK(early.severity.empty());
    CHECK(early.wants_pairs);
    CHECK(line_of("steps", 4, 4).outcome == GateOutcome::failed);
    const GateLine verified = line_of("steps", 1, 12); // while the case was verified
    CHECK(verified.outcome == GateOutcome::undecided);
    CHECK_FALSE(verified.wants_pairs);
    CHECK(line_of("instructions", 1, 12).outcome == GateOutcome::undecided);
    CHECK(line_of("instructions", 2, 12).outcome == GateOutcome::failed);
}

TEST_CASE("figures that some pairs lack are matched by pair, and the line says how many told") {
    const GateFile gates = gates_of(R"({"id":"r","kind":"regression","metric":"rate"})");
    GateCase one = slower_by(1, 16);
    one.figures.push_back(figure("rate", "{item}/s", true, 1, 1, 0));
    GateFigure& rate = one.figures.back();
    for (int pair = 0; pair < 16; ++pair) {
        const double level = std::pow(3, (7 * pair) % 16);
        rate.old_launches.push_back(level);
        rate.new_launches.push_back(0.97 * level);
    }
    rate.old_launches[3].reset();
    rate.new_launches[8].reset();
    const GateLine line = line_for(gates, one);
    CHECK(line.outcome == GateOutcome::passed);
    CHECK(*line.figure == doctest::Approx(3));
    CHECK(line.n == 14);
    CHECK(line.reason.find("14 of 16 pairs") != std::string::npos);
    // Without the pairs they belong to they are no pairs, however many there are of each.
    std::erase(rate.old_launches, std::nullopt);
    std::erase(rate.new_launches, std::nullopt);
    const GateLine unmatched = line_for(gates, one);
    CHECK(unmatched.outcome == GateOutcome::undecided);
    CHECK_FALSE(unmatched.wants_pairs);
    CHECK(unmatched.reason.find("15 launches of the old build") != std::string::npos);
    // One build alone has it.
    rate.new_launches.assign(16, std::nullopt);
    rate.old_launches.assign(16, 5);
    CHECK(line_for(gates, one).outcome == GateOutcome::nothing);
    // Neither has it.
    rate.old_launches.assign(16, std::nullopt);
    CHECK(line_for(gates, one).outcome == GateOutcome::not_applicable);
}

TEST_CASE("exact figures that come from zero or become it are beyond every share") {
    const GateFile gates = gates_of(
        R"({"id":"e","kind":"regression","metric":"errors"},{"id":"h","kind":"regression","metric":"hits"})");
    const auto outcomes = [&](double before, double after) {
        GateCase one = slower_by(1);
        for (const auto& [key, higher] : {std::pair{"errors", false}, std::pair{"hits", true}}) {
            one.figures.push_back(figure(key, "{x}", higher, before, after, 4));
            one.figures.back().exact = true;
        }
        const GateReport report = judge(gates, {one}, {});
        REQUIRE(report.lines.size() == 2);
        return std::pair(report.lines[0].outcome, report.lines[1].outcome);
    };
    CHECK(outcomes(0, 0) == std::pair(GateOutcome::passed, GateOutcome::passed));
    CHECK(outcomes(0, 3) == std::pair(GateOutcome::failed, GateOutcome::passed));
    CHECK(outcomes(3, 0) == std::pair(GateOutcome::passed, GateOutcome::failed));
    CHECK(outcomes(-3, -4) == std::pair(GateOutcome::nothing, GateOutcome::nothing));
}

TEST_CASE("a metric said to be exact whose launches differ is judged by its pairs, and says so") {
    const GateFile gates = gates_of(R"({"id":"work","kind":"regression","metric":"steps"})");
    GateCase one = slower_by(1, 5);
    one.figures.push_back(figure("steps", "{step}", false, 1000, 1300, 5));
    one.figures.back().exact = true;
    CHECK(line_for(gates, one).outcome == GateOutcome::failed);
    one.figures.back().old_launches.back() = 1001;
    const GateLine few = line_for(gates, one);
    CHECK(few.outcome == GateOutcome::undecided); // five pairs prove nothing
    CHECK(few.reason.find("nondeterministic") != std::string::npos);
    CHECK(few.reason.find("5 pairs do not decide it") != std::string::npos);
    CHECK(few.wants_pairs);
    one.pairs.resize(20);
    one.figures.back() = figure("steps", "{step}", false, 1000, 1300, 20);
    one.figures.back().exact = true;
    one.figures.back().new_launches.front() = 1299;
    const GateLine many = line_for(gates, one);
    CHECK(many.outcome == GateOutcome::failed);
    CHECK(many.reason.find("nondeterministic") != std::string::npos);
}

TEST_CASE("time of a drifting case is undecided whatever its pairs say") {
    const GateFile gates =
        gates_of(std::string(kTime) + R"(,{"id":"win","kind":"improvement","improve":"10%"})");
    for (const double factor : {1.6, 1.15, 1.0, 0.5}) {
        GateCase one = slower_by(factor, 30);
        one.drifting = true;
        const GateReport report = judge(gates, {one}, {});
        REQUIRE(report.lines.size() == 2);
        for (const GateLine& line : report.lines) {
            CHECK(line.outcome == GateOutcome::undecided);
            CHECK(line.reason.starts_with("drifting: "));
            CHECK(line.severity.empty());
            CHECK_FALSE(line.wants_pairs); // more of them would contradict each other too
            CHECK(line.figure);
        }
    }
}

TEST_CASE("a limit is told on the scale of its figure, in the singular where it is one") {
    GateCase one = slower_by(1);
    one.figures.push_back(figure("hit_rate", "1", true, 0.30, 0.285)); // 1.5 points
    const char* const rule = R"({"id":"hits","kind":"regression","metric":"hit_rate",
        "warn":"1%","fail":"5%"})";
    const GateLine line = line_for(gates_of(rule), one);
    CHECK(line.limit == "at most 5 points worse");
    CHECK(line.reason == "more than 1 point worse");
    CHECK(line_for(gates_of(kTime), slower_by(1)).limit == "at most 20 % worse");
    CHECK(line_for(gates_of(kTime), slower_by(1, 1)).reason == "1 pair does not decide it");
}

TEST_CASE("a limit of a whole is out of reach for what cannot fall by more") {
    GateCase one = slower_by(1);
    one.figures.push_back(figure("rate", "1/s", true, 100, 1));
    CHECK(line_for(gates_of(R"({"id":"r","kind":"regression","metric":"rate","fail":"500%",
                                "warn":"500%"})"),
                   one)
              .outcome == GateOutcome::passed);
    CHECK(line_for(gates_of(R"({"id":"w","kind":"improvement","improve":"150%"})"), slower_by(0.1))
              .outcome == GateOutcome::failed);
}

TEST_CASE("a metric that today's build no longer reports is not a pass") {
    const GateFile gates =
        gates_of(R"({"id":"hits","kind":"regression","metric":"hit_rate","optional":true})");
    GateCase one = slower_by(1);
    one.figures.push_back(figure("hit_rate", "1", true, 0.3, 0.3));
    one.figures.back().new_launches.clear();
    CHECK(line_for(gates, one).outcome == GateOutcome::nothing);
    one.figures.back().old_launches.clear();
    CHECK(line_for(gates, one).outcome == GateOutcome::not_applicable);
}

TEST_CASE("limits hold the figure of today, whatever the comparison says") {
    GateCase one = slower_by(1);
    one.standing = CaseStanding::no_baseline;
    one.figures.front().today.n = 40;
    one.figures.front().today.median = 0.08;
    one.figures.front().today.p95 = 0.12;
    const auto outcome = [&](const std::string& rest) {
        return line_for(gates_of(R"({"id":"l","kind":"limit",)" + rest + "}"), one).outcome;
    };
    CHECK(outcome(R"("op":"<","value":"100 ms")") == GateOutcome::passed);
    CHECK(outcome(R"("statistic":"p95","op":"<","value":"100 ms")") == GateOutcome::failed);
    CHECK(outcome(R"("op":"<=","value":0.08)") == GateOutcome::passed);
    CHECK(outcome(R"("op":"<","value":0.08)") == GateOutcome::failed);
    CHECK(outcome(R"("op":"within","value":["70 ms","90 ms"])") == GateOutcome::passed);
    CHECK(outcome(R"("op":"==","value":0.081)") == GateOutcome::failed);
    CHECK(outcome(R"("statistic":"n","op":">=","value":30)") == GateOutcome::passed);
    CHECK(outcome(R"("op":"<","value":"100 MB")") == GateOutcome::nothing);
    const auto limit = [&](const std::string& rest) {
        return line_for(gates_of(R"({"id":"l","kind":"limit",)" + rest + "}"), one).limit;
    };
    CHECK(limit(R"("op":"<","value":"100 us")") == "< 100 \u00b5s");
    CHECK(limit(R"("op":"<","value":0.0001)") == "< 100 \u00b5s");
    CHECK(limit(R"("op":"within","value":["70 ms","0.09 s"])") == "within [70 ms, 0.09 s]");
    CHECK(limit(R"("statistic":"n","op":">=","value":30)") == ">= 30");
}

TEST_CASE("a limit on what was not observed does not apply and leaves its rule unmatched") {
    GateCase one = slower_by(1);
    one.figures.push_back({.key = "hit_rate", .unit = "1", .higher_is_better = true});
    one.figures.back().reason = "the cache is off";
    const char* const rule =
        R"({"id":"hits","kind":"limit","metric":"hit_rate","op":">=","value":0.2)";
    const GateReport report = judge(gates_of(std::string(rule) + "}"), {one}, {});
    CHECK(report.lines.front().outcome == GateOutcome::not_applicable);
    CHECK(report.lines.front().reason == "the cache is off");
    CHECK(report.unmatched == std::vector<std::string>{"hits"});
    CHECK(met(report, GateOutcome::nothing));
    const GateReport optional =
        judge(gates_of(std::string(rule) + R"(,"optional":true})" + "," + kTime), {one}, {});
    CHECK(optional.unmatched.empty());
    CHECK_FALSE(met(optional, GateOutcome::nothing));
}

TEST_CASE("an improvement must be shown") {
    const GateFile gates = gates_of(R"({"id":"win","kind":"improvement","improve":"10%"})");
    CHECK(line_for(gates, slower_by(0.80)).outcome == GateOutcome::passed);
    CHECK(line_for(gates, slower_by(0.95)).outcome == GateOutcome::failed);
    CHECK(line_for(gates, slower_by(1.10)).outcome == GateOutcome::failed);
    CHECK(line_for(gates, slower_by(0.80, 4)).outcome == GateOutcome::undecided);
    GateCase same = slower_by(1, 0);
    same.standing = CaseStanding::identical;
    CHECK(line_for(gates, same).outcome == GateOutcome::failed);
}

TEST_CASE("where the null control fired nothing of the run is claimed, exact or not") {
    const GateFile gates = gates_of(std::string(kTime) +
                                    R"(,{"id":"work","kind":"regression","metric":"instructions"},
            {"id":"near","kind":"regression","metric":"steps"},
            {"id":"p","kind":"limit","op":"<","value":"1 ms"},
            {"id":"win","kind":"improvement","improve":"10%"})");
    GateCase one = slower_by(1.5);
    one.figures.front().today.n = 40;
    one.figures.front().today.median = 0.08;
    one.figures.push_back(figure("instructions", "{instruction}", false, 1000, 1500));
    one.figures.back().exact = true;
    one.figures.push_back(figure("steps", "{step}", false, 1000, 1150));
    const GateReport quiet = judge(gates, {one}, {});
    CHECK(std::ranges::count(quiet.lines, GateOutcome::failed, &GateLine::outcome) == 4);
    CHECK(std::ranges::count(quiet.lines, GateOutcome::warned, &GateLine::outcome) == 1);
    const GateReport fired = judge(gates, {one}, {.null_control_fired = true});
    REQUIRE(fired.lines.size() == 5);
    for (const GateLine& line : fired.lines) {
        CHECK(line.outcome == GateOutcome::undecided);
        CHECK(line.reason == "null control fired");
        CHECK(line.severity.empty());
        CHECK(line.figure);
    }
    CHECK(fired.outcomes == std::vector<GateOutcome>{GateOutcome::undecided});
    GateCase lost = slower_by(1);
    lost.standing = CaseStanding::missing;
    const GateFile lenient = gates_of(kTime, R"({"missing_case":"allow"})");
    CHECK(line_for(lenient, lost, {.null_control_fired = true}).outcome == GateOutcome::warned);
}

TEST_CASE("what a cancelled run did not reach is undecided, not inapplicable") {
    const GateFile gates =
        gates_of(std::string(kTime) + R"(,{"id":"p","kind":"limit","op":"<","value":"1 ms"})");
    for (const CaseStanding standing : {CaseStanding::compared, CaseStanding::measured_only}) {
        GateCase one = slower_by(1, 0);
        one.standing = standing;
        const GateReport report = judge(gates, {one}, {.cancelled = true});
        for (const GateLine& line : report.lines) {
            CHECK(line.outcome == GateOutcome::undecided);
            CHECK(line.reason == "cancelled before it was measured");
            CHECK_FALSE(line.wants_pairs);
        }
    }
}

TEST_CASE("a missed positive control leaves no pass, and no doubt about what was proven") {
    const GateFile gates = gates_of(kTime);
    const GateReport missed = judge(gates, {slower_by(1.0)}, {.positive_control_missed = true});
    CHECK(met(missed, GateOutcome::undecided));
    const GateReport proven = judge(gates, {slower_by(1.5)}, {.positive_control_missed = true});
    CHECK(proven.outcomes.front() == GateOutcome::failed);
    CHECK_FALSE(met(proven, GateOutcome::undecided));
}

TEST_CASE("one slow case among many needs the evidence that many questions ask for") {
    const GateFile gates = gates_of(kTime);
    std::vector<GateCase> cases;
    for (int i = 0; i < 30; ++i) {
        cases.push_back(slower_by(1.0, 7, "s/f[n=" + std::to_string(i) + "]"));
    }
    cases[7].pairs.assign(7, std::log(1.5));
    CHECK(judge(gates, cases, {}).lines[7].outcome == GateOutcome::undecided);
    cases[7].pairs.assign(12, std::log(1.5));
    CHECK(judge(gates, cases, {}).lines[7].outcome == GateOutcome::failed);
}

TEST_CASE("a gate that judged nothing, or less than it must, says nothing") {
    CHECK(met(judge(gates_of(kTime), {}, {}), GateOutcome::nothing));
    const GateFile two = gates_of(kTime, R"({"min_compared":2})");
    CHECK(met(judge(two, {slower_by(1)}, {}), GateOutcome::nothing));
    CHECK_FALSE(met(judge(two, {slower_by(1), slower_by(1, 12, "s/g")}, {}), GateOutcome::nothing));
}

} // namespace gate_test
