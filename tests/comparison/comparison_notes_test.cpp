#include "app/comparison/comparison_document.hpp"
#include "app/comparison/comparison_notes.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using app::CaseFate;
using verdict::NullControl;
using verdict::Verdict;

namespace {

// One undecided case that got pairs.
app::ComparisonOutcome undecided_outcome() {
    app::ComparisonOutcome outcome;
    outcome.null_control = NullControl::quiet;
    outcome.positive_control = verdict::PositiveControl::found;
    outcome.budget_s = 8;
    outcome.seconds = 8;
    app::ComparedCase& one = outcome.cases.emplace_back();
    one.matched.fate = CaseFate::compared;
    one.finding.pairs = 10;
    one.finding.seconds_needed = 4;
    return outcome;
}

bool says(const app::ComparisonOutcome& outcome, std::string_view text) {
    const json::array notes = app::comparison_notes(outcome, {});
    return std::ranges::any_of(notes, [text](const json::value& note) {
        return std::string_view(note.at("text").as_string()).find(text) != std::string_view::npos ||
               std::string_view(note.at("next").as_string()).find(text) != std::string_view::npos;
    });
}

} // namespace

TEST_CASE("a budget that did not do is told, with one that would") {
    CHECK(says(undecided_outcome(), "the budget of 8 s did not decide every case"));
    CHECK(says(undecided_outcome(), "--budget 18s would probably do")); // 1.5 (8 + 4)
}

TEST_CASE("a case without a pair is counted in the budget by what the others cost") {
    app::ComparisonOutcome outcome = undecided_outcome();
    app::ComparedCase& unmeasured = outcome.cases.emplace_back();
    unmeasured.matched.fate = CaseFate::compared;
    // 8 s for ten pairs: twelve more take 9.6 s.
    CHECK(app::budget_that_would_do(outcome).value_or(0) == 33); // 1.5 (8 + 4 + 9.6), rounded up
}

TEST_CASE("a case that was withdrawn wants no longer budget") {
    app::ComparisonOutcome outcome = undecided_outcome();
    outcome.cases[0].finding.labels = {"drifting"};
    CHECK_FALSE(says(outcome, "budget"));
    outcome = undecided_outcome();
    outcome.cancelled = true;
    CHECK_FALSE(says(outcome, "budget"));
}

TEST_CASE("a null control that fired names the case and by how much it differed") {
    app::ComparisonOutcome outcome = undecided_outcome();
    outcome.null_control = NullControl::fired;
    verdict::Finding& finding = outcome.null_findings.emplace_back();
    finding.ratio = 1.1;
    finding.pairs = 12;
    finding.evidence.log_e_slower = 4;
    outcome.null_records.push_back({.case_id = "cache/lookup", .pairs = {}});
    CHECK(says(outcome, "cache/lookup by +10.00 % over 12 pairs"));
    CHECK(says(outcome, "repeat it on a quieter machine"));
}

TEST_CASE("a null control with too few pairs is told, one that was quiet is not") {
    app::ComparisonOutcome outcome = undecided_outcome();
    CHECK_FALSE(says(outcome, "null control"));
    outcome.null_control = NullControl::unfinished;
    CHECK(says(outcome, "the null control got too few pairs"));
}

TEST_CASE("a build without optimisation is told, once per build") {
    app::ComparisonOutcome outcome = undecided_outcome();
    app::SessionSuite suite;
    suite.plugin_id = "org.example.cache";
    suite.unoptimised = true;
    outcome.cases[0].matched.new_suite = &suite;
    outcome.cases.push_back(outcome.cases[0]);
    CHECK(says(outcome, "the new build of org.example.cache was built without optimisation"));
    CHECK_FALSE(says(outcome, "the old build"));
}
