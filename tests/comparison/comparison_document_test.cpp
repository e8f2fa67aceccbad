#include "app/comparison/comparison_document.hpp"
#include "scripted_comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace scripted;
using app::CaseFate;
using app::ExitCode;
using verdict::Verdict;

namespace {

app::ComparisonOutcome outcome_of(const std::vector<std::pair<CaseFate, Verdict>>& cases) {
    app::ComparisonOutcome outcome;
    outcome.null_control = verdict::NullControl::quiet;
    outcome.positive_control = verdict::PositiveControl::found;
    for (const auto& [fate, verdict] : cases) {
        app::ComparedCase& compared = outcome.cases.emplace_back();
        compared.matched.fate = fate;
        compared.finding.verdict = verdict;
    }
    return outcome;
}

ExitCode code(const std::vector<std::pair<CaseFate, Verdict>>& cases) {
    return app::code_of(outcome_of(cases));
}

} // namespace

TEST_CASE("the exit code of a comparison is 0 only when every case is the same or faster") {
    CHECK(code({{CaseFate::compared, Verdict::same}, {CaseFate::compared, Verdict::faster}}) ==
          ExitCode::pass);
    CHECK(code({{CaseFate::compared, Verdict::same}, {CaseFate::compared, Verdict::slower}}) ==
          ExitCode::regression);
    CHECK(code({{CaseFate::compared, Verdict::undecided}}) == ExitCode::undecided);
    CHECK(code({{CaseFate::compared, Verdict::same},
                {CaseFate::only_in_old, Verdict::undecided}}) == ExitCode::failed);
    CHECK(code({{CaseFate::compared, Verdict::same},
                {CaseFate::only_in_new, Verdict::undecided}}) == ExitCode::pass);
    CHECK(code({{CaseFate::compared, Verdict::same},
                {CaseFate::incomparable, Verdict::undecided}}) == ExitCode::nothing);
    CHECK(code({{CaseFate::compared, Verdict::slower}, {CaseFate::failed, Verdict::undecided}}) ==
          ExitCode::failed);
}

TEST_CASE("a comparison that compared nothing is never green") {
    CHECK(code({}) == ExitCode::nothing);
    CHECK(code({{CaseFate::only_in_new, Verdict::undecided}}) == ExitCode::nothing);
}

TEST_CASE(
    "a positive control that was missed takes the exit code to 5 unless something is proven") {
    app::ComparisonOutcome outcome = outcome_of({{CaseFate::compared, Verdict::same}});
    outcome.positive_control = verdict::PositiveControl::missed;
    CHECK(app::code_of(outcome) == ExitCode::undecided);
    outcome.cases[0].finding.verdict = Verdict::slower;
    CHECK(app::code_of(outcome) == ExitCode::regression);
}

TEST_CASE("where both builds are the same files a missed positive control has overlooked nothing") {
    app::SessionSuite old_suite;
    app::SessionSuite new_suite;
    old_suite.content = new_suite.content = "sha256:1";
    app::ComparisonOutcome outcome =
        outcome_of({{CaseFate::compared, Verdict::same}, {CaseFate::compared, Verdict::same}});
    outcome.positive_control = verdict::PositiveControl::missed;
    for (app::ComparedCase& compared : outcome.cases) {
        compared.matched.old_suite = &old_suite;
        compared.matched.new_suite = &new_suite;
    }
    CHECK(app::code_of(outcome) == ExitCode::pass);
    outcome.cases[0].finding.verdict = Verdict::undecided;
    CHECK(app::code_of(outcome) == ExitCode::undecided);
    outcome.cases[0].finding.verdict = Verdict::same;
    app::SessionSuite other_suite;
    other_suite.content = "sha256:2";
    outcome.cases[1].matched.new_suite = &other_suite;
    CHECK(app::code_of(outcome) == ExitCode::undecided);
}

TEST_CASE("a case's object carries the evidence and every sample it was made of") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs(new_is_slower_by(1.05));
    const app::ComparisonOptions options = comparison_options();
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    const report::CaseResult result = app::case_result(outcome.cases[0], options);
    CHECK(result.status == measure::CaseStatus::passed);
    const json::object& object = result.extra.at("comparison").as_object();
    CHECK(object.at("verdict").as_string() == "slower");
    CHECK(object.at("status").as_string() == "compared");
    CHECK(object.at("pairs").to_number<std::size_t>() == outcome.cases[0].pairs.size());
    const json::object& evidence = object.at("evidence").as_object();
    for (const char* name : {"method",
                             "alpha",
                             "margin",
                             "clock",
                             "slices_per_pair",
                             "log_e_slower",
                             "log_e_faster",
                             "log_e_same",
                             "threshold",
                             "pair_sd",
                             "position_bias",
                             "labels",
                             "counts",
                             "failed_pairs",
                             "results_differ"}) {
        CAPTURE(name);
        CHECK(evidence.contains(name));
    }
    CHECK(evidence.at("clock").as_string() == "thread_cpu");
    const json::object& pair = object.at("samples").as_array().at(0).as_object();
    CHECK(pair.at("old").as_array().size() == 12);
    CHECK(pair.at("new").as_array().size() == 12);
}

TEST_CASE("the summary counts every case once by its fate and the compared ones by verdict") {
    const json::object summary =
        app::summary_object(outcome_of({{CaseFate::compared, Verdict::same},
                                        {CaseFate::compared, Verdict::slower},
                                        {CaseFate::only_in_old, Verdict::undecided},
                                        {CaseFate::failed, Verdict::same}}));
    CHECK(summary.at("cases").to_number<int>() == 4);
    CHECK(summary.at("compared").to_number<int>() == 2);
    CHECK(summary.at("same").to_number<int>() == 1);
    CHECK(summary.at("slower").to_number<int>() == 1);
    CHECK(summary.at("undecided").to_number<int>() == 0);
    CHECK(summary.at("only_in_old").to_number<int>() == 1);
    CHECK(summary.at("failed").to_number<int>() == 1);
}

TEST_CASE("an undecided case says that its pairs do not tell it, unless a label says more") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs(new_is_slower_by(1.0));
    const app::ComparisonOptions options = comparison_options();
    app::ComparisonOutcome outcome = compare(builds, pairs, options);
    app::ComparedCase& one = outcome.cases[0];
    const auto reason = [&] {
        const report::CaseResult result = app::case_result(one, options);
        return std::string(result.extra.at("comparison").at("reason").as_string());
    };
    one.finding.verdict = Verdict::same;
    CHECK(reason().empty());
    one.finding.verdict = Verdict::undecided;
    one.finding.labels.clear();
    one.finding.pairs = 49;
    one.finding.interval = statistics::ValidInterval{0.99, 1.02};
    CHECK(reason() == "49 pairs do not tell it from 1 %");
    one.finding.pairs = 5;
    one.finding.interval = statistics::ValidInterval{-HUGE_VAL, HUGE_VAL};
    CHECK(reason() == "5 pairs are too few");
    one.finding.pairs = 1;
    CHECK(reason() == "1 pair is too few");
    one.finding.pairs = 0;
    CHECK(reason() == "no pair was taken");
    one.finding.labels = {"drifting"};
    CHECK(reason().empty());
}
