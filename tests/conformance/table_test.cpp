// The table of checks and what travels between host and worker.
#include "measure/conformance.hpp"

#include <doctest/doctest.h>

#include <set>

namespace assay::measure {

TEST_CASE("every check has an id of its own and a description") {
    std::set<std::string_view> ids;
    for (const CheckSpec& check : conformance_checks()) {
        CHECK(ids.insert(check.id).second);
        CHECK_FALSE(check.description.empty());
        CHECK(check.deadline.count() > 0);
        CHECK(find_check(check.id) == &check);
    }
    CHECK(find_check("C99") == nullptr);
}

TEST_CASE("the gravest finding decides the outcome") {
    CheckReport report;
    CHECK(outcome_of(report) == CheckOutcome::success);
    report.note("by the way");
    CHECK(outcome_of(report) == CheckOutcome::info);
    report.skip("not here");
    CHECK(outcome_of(report) == CheckOutcome::skipped);
    report.warn("mind this");
    CHECK(outcome_of(report) == CheckOutcome::warning);
    report.error("wrong");
    CHECK(outcome_of(report) == CheckOutcome::failed);
}

TEST_CASE("a report survives the way from worker to host") {
    CheckReport report;
    report.error("wrong \"quoted\"\n");
    report.note("seen");
    report.skip("rest");
    report.facts["checksum"] = "18446744073709551615";
    const auto back = check_report_from_json(*parse_json(write_json(to_json(report))));
    REQUIRE(back);
    REQUIRE(back->findings.size() == 2);
    CHECK(back->findings[0].severity == CheckSeverity::error);
    CHECK(back->findings[0].text == "wrong \"quoted\"\n");
    CHECK(back->skipped == "rest");
    CHECK(back->facts == report.facts);
    const auto request = check_request_from_json(to_json(CheckRequest{"C7", UINT64_MAX}));
    REQUIRE(request);
    CHECK(request->id == "C7");
    CHECK(request->seed == UINT64_MAX);
}

TEST_CASE("reports that are none are refused") {
    CHECK_FALSE(check_report_from_json(json::array{}));
    CHECK_FALSE(check_report_from_json(json::object{{"findings", json::array{}}}));
    CHECK_FALSE(check_report_from_json(
        json::object{{"facts", json::object{}},
                     {"findings", json::array{json::object{{"severity", "fatal"}}}}}));
    CHECK_FALSE(check_request_from_json(json::value(7)));
}

TEST_CASE("facts that two processes do not share are told and missing ones are not") {
    CheckReport one;
    CheckReport other;
    one.facts = {{"a", 1}, {"b", 2}, {"c", 3}};
    other.facts = {{"a", 1}, {"b", 3}};
    compare_facts(one, other);
    REQUIRE(one.findings.size() == 1);
    CHECK(one.findings[0].text.find("b: 2 and 3") != std::string::npos);
}

TEST_CASE("a check that finds the same thing everywhere does not say it everywhere") {
    CheckReport report;
    for (std::size_t i = 0; i < 10 * kFindingsMax; ++i) {
        report.error("again");
    }
    CHECK(report.findings.size() == kFindingsMax);
}

} // namespace assay::measure
