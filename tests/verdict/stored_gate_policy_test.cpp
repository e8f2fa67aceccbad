// Policies of a gate over stored figures: what the whole run, the host and a shared runner do to a
// line.
#include "stored_cases.hpp"

#include <algorithm>

namespace stored_gate_policy_test {

using namespace assay;
using namespace assay::verdict;

namespace {

const char* const kHistory = R"({"id":"time","kind":"regression","evidence":"history"})";

const Calibration kSlower{.earlier = {1, 1.01, 0.99, 1, 1.01, 0.99}, .now = 1.3};
const Calibration kStill{.earlier = {1, 1.01, 0.99, 1, 1.01, 0.99}, .now = 1.0};

// Eight cases of two families, all `factor` times as long; the first `worst` times.
std::vector<GateCase> whole_run(double factor, double worst) {
    std::vector<GateCase> cases;
    for (std::size_t i = 0; i < 8; ++i) {
        cases.push_back(case_with(100 * (i == 0 ? worst : factor), around(100)));
        cases.back().subject.family = i % 2 == 0 ? "f" : "g";
        cases.back().subject.id = "s/" + std::to_string(i);
    }
    return cases;
}

std::ptrdiff_t count(const GateReport& report, GateOutcome outcome) {
    return std::ranges::count(report.lines, outcome, &GateLine::outcome);
}

GateOutcome outcome_with(const std::string& policy, double now, const StoredContext& context) {
    return line_of_stored(gates_of(kHistory, policy), case_with(now, around(100)), context).outcome;
}

} // namespace

TEST_CASE("a shift of the machine is undecided, and what moved further still fails") {
    const auto report =
        judge_stored(gates_of(kHistory), whole_run(1.3, 2.6), {.calibration = kSlower});
    CHECK(count(report, GateOutcome::undecided) == 7);
    CHECK(count(report, GateOutcome::failed) == 1);
    CHECK(report.lines[1].verdict == "environment_shift");
    CHECK(*report.lines[0].figure == doctest::Approx(100)); // beside the shift
}

TEST_CASE("a policy fails or allows a shift of the machine") {
    const auto outcomes = [](const std::string& policy, GateOutcome outcome) {
        return count(
            judge_stored(gates_of(kHistory, policy), whole_run(1.3, 1.3), {.calibration = kSlower}),
            outcome);
    };
    CHECK(outcomes(R"({"environment_shift":"undecided"})", GateOutcome::undecided) == 8);
    CHECK(outcomes(R"({"environment_shift":"fail"})", GateOutcome::failed) == 8);
    CHECK(outcomes(R"({"environment_shift":"allow"})", GateOutcome::passed) == 8);
}

TEST_CASE("on a machine that stood still all of them have regressed") {
    const auto report =
        judge_stored(gates_of(kHistory), whole_run(1.3, 1.3), {.calibration = kStill});
    CHECK(count(report, GateOutcome::failed) == 8);
    CHECK(report.lines[0].reason.find("common cause") != std::string::npos);
}

TEST_CASE("a policy fails, allows or warns of a drift") {
    GateCase one = case_with(100, around(100));
    one.figures[0].stored->drifting = true;
    const auto outcome = [&](const std::string& policy) {
        return line_of_stored(gates_of(kHistory, policy), one).outcome;
    };
    CHECK(outcome("{}") == GateOutcome::warned);
    CHECK(outcome(R"({"drift":"fail"})") == GateOutcome::failed);
    CHECK(outcome(R"({"drift":"allow"})") == GateOutcome::passed);
}

TEST_CASE("no policy makes an improvement of a drift or of a shift of the machine") {
    const char* const win = R"({"id":"win","kind":"improvement","evidence":"history"})";
    const std::string lenient = R"({"drift":"allow","environment_shift":"allow"})";
    GateCase drifting = case_with(100, around(100));
    drifting.figures[0].stored->drifting = true;
    CHECK(line_of_stored(gates_of(win), drifting).outcome == GateOutcome::undecided);
    CHECK(line_of_stored(gates_of(win, lenient), drifting).outcome == GateOutcome::undecided);
    CHECK(line_of_stored(gates_of(win, R"({"drift":"fail"})"), drifting).outcome ==
          GateOutcome::failed);
    const Calibration faster{.earlier = kStill.earlier, .now = 0.7};
    const auto report =
        judge_stored(gates_of(win, lenient), whole_run(0.7, 0.7), {.calibration = faster});
    CHECK(count(report, GateOutcome::undecided) == 8);
}

TEST_CASE("on a host below the least score figures decide nothing, good ones neither") {
    const std::string policy = R"({"min_host_score":0.9})";
    CHECK(outcome_with(policy, 130, {.host_noise = 0.05}) == GateOutcome::failed);
    CHECK(outcome_with(policy, 130, {.host_noise = 0.10}) == GateOutcome::failed); // exactly
    CHECK(outcome_with(policy, 130, {.host_noise = 0.11}) == GateOutcome::undecided);
    CHECK(outcome_with(policy, 100, {.host_noise = 0.11}) == GateOutcome::undecided);
    CHECK(outcome_with(policy, 100, {}) == GateOutcome::undecided);
    CHECK(outcome_with("{}", 130, {}) == GateOutcome::failed);
}

TEST_CASE("exact figures and limits care for no host") {
    GateCase exact = case_with(130, std::vector<double>(5, 100));
    exact.figures[0].exact = true;
    CHECK(line_of_stored(gates_of(kHistory, R"({"min_host_score":0.9})"), exact).outcome ==
          GateOutcome::failed);
    const char* const limit = R"({"id":"l","kind":"limit","op":"<","value":"200 s"})";
    CHECK(
        line_of_stored(gates_of(limit, R"({"min_host_score":0.9})"), case_with(130, {})).outcome ==
        GateOutcome::passed);
}

TEST_CASE("a noisy shared runner fails nothing by stored figures unless that is allowed") {
    const StoredContext noisy{.host_noise = 0.08, .is_ci = true};
    CHECK(outcome_with("{}", 130, noisy) == GateOutcome::undecided);
    CHECK(outcome_with("{}", 100, noisy) == GateOutcome::passed);
    CHECK(outcome_with("{}", 130, {.host_noise = 0.04, .is_ci = true}) == GateOutcome::failed);
    CHECK(outcome_with("{}", 130, {.is_ci = true}) == GateOutcome::undecided);
    CHECK(outcome_with("{}", 130, {.host_noise = 0.08}) == GateOutcome::failed);
    CHECK(outcome_with(R"({"shared_runner":"allow"})", 130, noisy) == GateOutcome::failed);
    CHECK(outcome_with(R"({"min_host_score":0.9})", 130, noisy) == GateOutcome::failed);
}

TEST_CASE("the score of a host is what equal work leaves of a whole") {
    CHECK(host_score(0) == 1);
    CHECK(host_score(0.05) == doctest::Approx(0.95));
    CHECK(host_score(3) == 0);
}

TEST_CASE("a run that was cancelled leaves what it did not reach undecided") {
    GateCase one = case_with(100, around(100));
    one.figures[0].today = {};
    CHECK(line_of_stored(gates_of(kHistory), one, {.cancelled = true}).outcome ==
          GateOutcome::undecided);
}

} // namespace stored_gate_policy_test
