// Limits that ask neither pairs nor recorded runs: the noise of the host, and what failed of what a
// case attempted.
#include "stored_cases.hpp"

#include <algorithm>

namespace gate_host_test {

using namespace assay;
using namespace assay::verdict;

namespace {

GateLine host_line(const char* rule, const std::optional<double>& noise) {
    const GateReport report = judge(gates_of(rule), {}, {.host_noise = noise});
    REQUIRE(report.lines.size() == 1);
    return report.lines.front();
}

GateOutcome attempts(const std::string& statistic,
                     const std::string& op,
                     const std::string& value,
                     const std::optional<Attempts>& made) {
    GateCase one = case_with(1, {});
    one.attempts = made;
    return line_of_stored(gates_of(R"({"id":"a","kind":"limit","statistic":")" + statistic +
                                   R"(","op":")" + op + R"(","value":)" + value + "}"),
                          one)
        .outcome;
}

} // namespace

TEST_CASE("a rule about the host holds its noise against a limit") {
    const char* const quiet = R"({"id":"quiet","kind":"host","op":"<=","value":"5%"})";
    CHECK(host_line(quiet, 0.05).outcome == GateOutcome::passed);
    CHECK(host_line(quiet, 0.0501).outcome == GateOutcome::failed);
    CHECK(host_line(quiet, 0.02).metric == "host_noise");
    CHECK(host_line(quiet, 0.02).limit == "<= 5%");
    CHECK(host_line(quiet, 0.02).case_id.empty());
}

TEST_CASE("a host whose noise is not known leaves its rule unmatched") {
    const char* const quiet = R"({"id":"quiet","kind":"host","op":"<=","value":"5%"})";
    CHECK(host_line(quiet, std::nullopt).outcome == GateOutcome::not_applicable);
    const GateReport report = judge(gates_of(quiet), {}, {});
    CHECK(report.unmatched == std::vector<std::string>{"quiet"});
    CHECK(std::ranges::count(report.outcomes, GateOutcome::nothing) == 1);
}

TEST_CASE("a rule about the host is said once, not for every case") {
    const GateReport report =
        judge_stored(gates_of(R"({"id":"time","kind":"regression","evidence":"history"},
                                 {"id":"quiet","kind":"host","op":"<","value":0.1})"),
                     {case_with(100, around(100), "s/a"), case_with(100, around(100), "s/b")},
                     {.host_noise = 0.02});
    CHECK(report.lines.size() == 3);
    CHECK(std::ranges::count(report.lines, "quiet", &GateLine::rule) == 1);
    CHECK(report.judged == 2);
}

TEST_CASE("failures and their share of the attempts are held against a limit") {
    CHECK(attempts("failures", "==", "0", Attempts{100, 0}) == GateOutcome::passed);
    CHECK(attempts("failures", "==", "0", Attempts{100, 1}) == GateOutcome::failed);
    CHECK(attempts("rate", "<=", R"("1%")", Attempts{100, 1}) == GateOutcome::passed);
    CHECK(attempts("rate", "<=", R"("1%")", Attempts{99, 1}) == GateOutcome::failed);
}

TEST_CASE("failures that nobody counted are no zero") {
    CHECK(attempts("failures", "==", "0", std::nullopt) == GateOutcome::not_applicable);
    CHECK(attempts("rate", "<", "1", Attempts{0, 0}) == GateOutcome::not_applicable);
}

TEST_CASE("a figure that lies on a limit but for its last digits lies on it") {
    const auto outcome = [](double now, const char* op) {
        GateCase one = case_with(now, {});
        return line_of_stored(gates_of(std::string(R"({"id":"a","kind":"limit","op":")") + op +
                                       R"(","value":0.2})"),
                              one)
            .outcome;
    };
    CHECK(outcome(1 - 0.8, ">=") == GateOutcome::passed); // 0.19999999999999996
    CHECK(outcome(1 - 0.8, "==") == GateOutcome::passed);
    CHECK(outcome(0.1 + 0.1, "<=") == GateOutcome::passed);
    CHECK(outcome(0.2, "<") == GateOutcome::failed);
    CHECK(outcome(0.2, ">") == GateOutcome::failed);
    CHECK(outcome(0.1999999, ">=") == GateOutcome::failed);
}

} // namespace gate_host_test
