#include "app/session/run_session.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using measure::CaseStatus;

namespace {

SessionOutcome outcome_of(std::map<CaseStatus, std::size_t> counts, bool cancelled = false) {
    SessionOutcome outcome;
    outcome.counts = std::move(counts);
    outcome.cancelled = cancelled;
    return outcome;
}

} // namespace

TEST_CASE(
    "the exit code of a run is 0 only when something passed and nothing is worse or missing") {
    CHECK(code_of(outcome_of({{CaseStatus::passed, 2}}), 2) == ExitCode::pass);
    CHECK(code_of(outcome_of({{CaseStatus::passed, 1}, {CaseStatus::skipped, 1}}), 2) ==
          ExitCode::pass);
    CHECK(code_of(outcome_of({{CaseStatus::passed, 1}, {CaseStatus::unavailable, 1}}), 2) ==
          ExitCode::pass);
    CHECK(code_of(outcome_of({{CaseStatus::skipped, 1}, {CaseStatus::unavailable, 1}}), 2) ==
          ExitCode::nothing);
    CHECK(code_of(outcome_of({}), 0) == ExitCode::nothing);
    for (const CaseStatus bad : {CaseStatus::failed,
                                 CaseStatus::wrong_result,
                                 CaseStatus::timed_out,
                                 CaseStatus::crashed,
                                 CaseStatus::cancelled}) {
        CHECK(code_of(outcome_of({{CaseStatus::passed, 1}, {bad, 1}}), 2) == ExitCode::failed);
    }
}

TEST_CASE("a case without a result fails the run") {
    CHECK(code_of(outcome_of({{CaseStatus::passed, 2}}), 3) == ExitCode::failed);
    CHECK(code_of(outcome_of({}), 1) == ExitCode::failed);
}

TEST_CASE("an interrupted run says so whatever else happened") {
    CHECK(code_of(outcome_of({{CaseStatus::passed, 1}, {CaseStatus::failed, 1}}, true), 3) ==
          ExitCode::interrupted);
}

TEST_CASE("the summary counts every status and says whether the run is partial") {
    SessionOutcome outcome = outcome_of({{CaseStatus::passed, 2}, {CaseStatus::crashed, 1}});
    outcome.seconds = 1.5;
    const json::object summary = summary_object(outcome, 3);
    CHECK(summary.at("cases").to_number<int>() == 3);
    CHECK(summary.at("passed").to_number<int>() == 2);
    CHECK(summary.at("crashed").to_number<int>() == 1);
    for (const char* none :
         {"skipped", "failed", "wrong_result", "timed_out", "cancelled", "unavailable"}) {
        CHECK(summary.at(none).to_number<int>() == 0);
    }
    CHECK_FALSE(summary.at("partial").as_bool());
    CHECK(summary.at("seconds").to_number<double>() == 1.5);
    CHECK(summary_object(outcome_of({}, true), 1).at("partial").as_bool());
    CHECK(summary_object(outcome_of({{CaseStatus::cancelled, 1}}), 1).at("partial").as_bool());
}
