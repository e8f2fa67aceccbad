// Why a rule applies to no case.
#include "stored_cases.hpp"
#include "verdict/unmatched_rule.hpp"

namespace unmatched_rule_test {

using namespace assay::verdict;

namespace {

// Why the only rule judges nothing, of a case sums/add[n=64] with a time and a rate.
std::string why(const std::string& rule) {
    GateCase one = case_with(1, {1, 1, 1, 1, 1}, "sums/add[n=64]");
    one.subject.suite = "sums";
    one.subject.family = "add";
    one.subject.params = {{"n", "64"}};
    one.figures.push_back(figure_with("rate", "1/s", true, 1, {1, 1, 1, 1, 1}));
    const GateReport report = judge_stored(
        gates_of(R"({"id":"r","kind":"limit","op":"<","value":9,)" + rule + "}"), {one}, {});
    REQUIRE(report.unmatched == std::vector<std::string>{"r"});
    REQUIRE(report.why_unmatched.contains("r"));
    CHECK(report.outcomes.front() == GateOutcome::nothing); // exit 4
    return report.why_unmatched.at("r");
}

} // namespace

TEST_CASE("a name that nothing has is told with the nearest there is") {
    CHECK(why(R"("metric":"tme")") == "there is no metric 'tme' (did you mean 'time'?)");
    CHECK(why(R"("match":{"suite":"sum"})") == "there is no suite 'sum' (did you mean 'sums'?)");
    CHECK(why(R"("match":{"family":"ad"})") == "there is no family 'ad' (did you mean 'add'?)");
    CHECK(why(R"("match":{"case":"sums/add[n=6]"})") ==
          "there is no case 'sums/add[n=6]' (did you mean 'sums/add[n=64]'?)");
}

TEST_CASE("where nothing is near it is told what there is") {
    CHECK(why(R"("metric":"throughput")") ==
          "there is no metric 'throughput'; there are rate, time");
    CHECK(why(R"("match":{"params":{"size":64}})") == "there is no parameter 'size'; there is n");
    CHECK(why(R"("match":{"params":{"n":100000}})") ==
          "there is no value of 'n' '100000'; there is 64");
    CHECK(why(R"("match":{"tag":"slow"})") == "there is no tag 'slow'");
}

} // namespace unmatched_rule_test
