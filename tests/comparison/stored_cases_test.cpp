// What the words about two runs amount to, case by case.
#include "app/comparison/stored_cases.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using tracking::ComparedSeries;
using verdict::StoredWord;

namespace {

history::Series series_named(const std::string& family,
                             const std::string& metric,
                             measure::Direction direction = measure::Direction::lower) {
    return {.case_id = "s/" + family,
            .suite = "s",
            .family = family,
            .params = {},
            .metric = metric,
            .unit = metric == "time" ? "s" : "By",
            .direction = direction,
            .aggregate = {},
            .clock = {},
            .shape = {},
            .isolation = "imported",
            .platform = {},
            .source_unit = {}};
}

ComparedSeries said(const history::Series& series, StoredWord word, double change = 0.5) {
    ComparedSeries one{.series = series, .figure = 1 + change, .center = 1.0};
    one.verdict.word = word;
    one.verdict.reason = "why";
    one.verdict.finding = verdict::StoredFinding{.change = change};
    return one;
}

// A run with a figure of each of these, and of `broken` cases none.
history::Run run_of(const std::vector<ComparedSeries>& all,
                    const std::vector<std::string>& broken) {
    history::Run run;
    for (const ComparedSeries& one : all) {
        run.points.push_back({.series = one.series});
    }
    for (const std::string& id : broken) {
        run.failures.push_back({id, measure::CaseStatus::failed, "it broke"});
    }
    return run;
}

std::vector<StoredCase> cases_of(const std::vector<ComparedSeries>& all,
                                 const std::vector<std::string>& broken = {},
                                 StoredKind kind = StoredKind::files) {
    return stored_cases(kind, run_of(all, {}), run_of(all, broken), all);
}

} // namespace

TEST_CASE("words about the time are the verdict of a case, and decide the exit code") {
    const history::Series time = series_named("a", "time");
    const std::vector<std::tuple<StoredWord, const char*, ExitCode>> table{
        {StoredWord::regressed, "slower", ExitCode::regression},
        {StoredWord::improved, "faster", ExitCode::pass},
        {StoredWord::unchanged, "same", ExitCode::pass},
        {StoredWord::noisy, "undecided", ExitCode::undecided},
        {StoredWord::drift, "undecided", ExitCode::undecided},
        {StoredWord::environment_shift, "undecided", ExitCode::undecided}};
    for (const auto& [word, verdict, code] : table) {
        CAPTURE(verdict);
        const auto cases = cases_of({said(time, word)});
        REQUIRE(cases.size() == 1);
        const json::value comparison = case_result(cases[0]).extra.at("comparison");
        CHECK(comparison.at("status") == "compared");
        CHECK(comparison.at("verdict") == verdict);
        CHECK(code_of(cases) == code);
        CHECK(summary_object(cases).at(verdict) == 1);
    }
}

TEST_CASE("what cannot be compared has the status of a case of two builds") {
    const history::Series time = series_named("a", "time");
    const std::vector<std::tuple<StoredWord, CaseFate, ExitCode>> table{
        {StoredWord::missing, CaseFate::only_in_old, ExitCode::failed},
        {StoredWord::no_baseline, CaseFate::only_in_new, ExitCode::nothing},
        {StoredWord::incomparable, CaseFate::incomparable, ExitCode::nothing}};
    for (const auto& [word, fate, code] : table) {
        const auto cases = cases_of({said(time, word)});
        CHECK(cases[0].fate == fate);
        CHECK(code_of(cases) == code);
    }
    const auto broken = cases_of({said(time, StoredWord::missing)}, {"s/a"});
    CHECK(broken[0].fate == CaseFate::failed);
    CHECK(broken[0].reason == "new file: failed: it broke");
    CHECK(code_of(broken) == ExitCode::failed);
    const auto run = cases_of({said(time, StoredWord::missing)}, {"s/a"}, StoredKind::runs);
    CHECK(run[0].reason == "new run: failed: it broke");
    CHECK(code_of(std::vector<StoredCase>{}) == ExitCode::nothing);
}

TEST_CASE("a worse metric beside a time is a regression, and one of a case without a time too") {
    const history::Series time = series_named("a", "time"), size = series_named("a", "size");
    const auto beside =
        cases_of({said(size, StoredWord::regressed), said(time, StoredWord::unchanged)});
    CHECK(beside[0].series.front().series.metric == "time"); // it comes first
    CHECK(code_of(beside) == ExitCode::regression);
    CHECK(summary_object(beside).at("worse_metrics") == 1);
    const auto alone = cases_of({said(size, StoredWord::regressed)});
    const json::value comparison = case_result(alone[0]).extra.at("comparison");
    CHECK(comparison.at("verdict").is_null());
    CHECK(comparison.at("metric") == "size");
    CHECK(comparison.at("metrics").at(0).at("verdict") == "worse");
    CHECK(code_of(alone) == ExitCode::regression);
    CHECK(code_of(cases_of({said(size, StoredWord::improved)})) == ExitCode::pass);
}

TEST_CASE("the ratio is new by old, and its interval turns with the direction") {
    ComparedSeries lower = said(series_named("a", "time"), StoredWord::regressed, 0.25);
    lower.verdict.finding->interval = statistics::Interval{.low = 0.2, .high = 0.3};
    ComparedSeries higher =
        said(series_named("b", "rate", measure::Direction::higher), StoredWord::regressed, 0.25);
    higher.figure = 0.75;
    higher.verdict.finding->interval = statistics::Interval{.low = 0.2, .high = 0.3};
    const auto cases = cases_of({lower, higher});
    const json::value first = case_result(cases[0]).extra.at("comparison");
    CHECK(first.at("ratio").to_number<double>() == doctest::Approx(1.25));
    CHECK(first.at("interval").at(0).to_number<double>() == doctest::Approx(1.2));
    CHECK(first.at("interval").at(1).to_number<double>() == doctest::Approx(1.3));
    const json::value second = case_result(cases[1]).extra.at("comparison");
    CHECK(second.at("ratio").to_number<double>() == doctest::Approx(0.75));
    CHECK(second.at("interval").at(0).to_number<double>() == doctest::Approx(0.7));
    CHECK(second.at("interval").at(1).to_number<double>() == doctest::Approx(0.8));
}

TEST_CASE("what was skipped on both sides is no case, and on one side it is incomparable") {
    const history::Series time = series_named("a", "time");
    history::Run old_run = run_of({said(time, StoredWord::missing)}, {});
    history::Run new_run;
    old_run.failures.push_back({"s/b", measure::CaseStatus::skipped, ""});
    new_run.failures = {{"s/a", measure::CaseStatus::skipped, "no GPU"},
                        {"s/b", measure::CaseStatus::skipped, ""}};
    const auto cases =
        stored_cases(StoredKind::files, old_run, new_run, {said(time, StoredWord::missing)});
    REQUIRE(cases.size() == 1);
    CHECK(cases[0].fate == CaseFate::incomparable);
    CHECK(cases[0].reason == "new file: skipped: no GPU");
}

TEST_CASE("a figure in another unit is never passed over, whatever stands beside it") {
    const history::Series time = series_named("a", "time"), size = series_named("a", "size");
    const auto cases =
        cases_of({said(size, StoredWord::incomparable), said(time, StoredWord::unchanged)});
    CHECK(cases[0].fate == CaseFate::compared);
    CHECK(code_of(cases) == ExitCode::nothing);
    const json::value comparison = case_result(cases[0]).extra.at("comparison");
    CHECK(comparison.at("metrics").at(0).at("verdict") == "unavailable");
    CHECK(comparison.at("metrics").at(0).at("reason") == "incomparable: why");
}

TEST_CASE("what verdicts rest on is said in the evidence of every case") {
    const std::vector<ComparedSeries> all{said(series_named("a", "time"), StoredWord::unchanged)};
    const auto basis_of = [&all](StoredKind kind) {
        const json::value comparison =
            case_result(cases_of(all, {}, kind)[0]).extra.at("comparison");
        return std::string(comparison.at("evidence").at("basis").as_string());
    };
    CHECK(basis_of(StoredKind::runs) == "recorded runs, not paired");
    CHECK(basis_of(StoredKind::files) == "files, not paired");
}

TEST_CASE("a case that one side alone has says so, and is no failed measurement") {
    const history::Series time = series_named("a", "time");
    const auto gone = cases_of({said(time, StoredWord::missing)});
    CHECK(gone[0].reason == "only the old file has it");
    CHECK(case_result(gone[0]).status == measure::CaseStatus::unavailable);
    CHECK(summary_object(gone).at("failed") == 0);
    CHECK(summary_object(gone).at("only_in_old") == 1);
    CHECK(code_of(gone) == ExitCode::failed); // a lost case is never a pass
    const auto added = cases_of({said(time, StoredWord::no_baseline)}, {}, StoredKind::runs);
    CHECK(added[0].reason == "only the new run has it");
}

TEST_CASE("of a case without a time the figure that decided it is shown") {
    using measure::Direction;
    const history::Series count = series_named("a", "count", Direction::none);
    const history::Series rate = series_named("a", "rate", Direction::higher);
    const history::Series size = series_named("a", "size");
    const auto shown = [](const std::vector<ComparedSeries>& all) {
        const json::value comparison = case_result(cases_of(all)[0]).extra.at("comparison");
        return std::pair(std::string(comparison.at("metric").as_string()),
                         std::string(comparison.at("metric_verdict").as_string()));
    };
    using Shown = std::pair<std::string, std::string>;
    CHECK(shown({said(count, StoredWord::noisy),
                 said(rate, StoredWord::unchanged),
                 said(size, StoredWord::regressed)}) == Shown("size", "worse"));
    CHECK(shown({said(count, StoredWord::noisy), said(rate, StoredWord::noisy)}) ==
          Shown("rate", "undecided"));
    CHECK(shown({said(count, StoredWord::noisy),
                 said(size, StoredWord::unchanged),
                 said(rate, StoredWord::improved)}) == Shown("rate", "better"));
    CHECK(shown({said(count, StoredWord::noisy)}) == Shown("count", "undecided"));
}

TEST_CASE("a figure that can get neither worse nor better decides nothing beside one that can") {
    const history::Series count = series_named("a", "count", measure::Direction::none);
    const history::Series size = series_named("a", "size");
    const auto cases =
        cases_of({said(count, StoredWord::noisy), said(size, StoredWord::unchanged)});
    CHECK(code_of(cases) == ExitCode::pass);
    CHECK(summary_object(cases).at("same") == 1);
    CHECK(summary_object(cases).at("undecided") == 0);
}

TEST_CASE("a case whose time cannot be compared is incomparable, unless something got worse") {
    const history::Series time = series_named("a", "time"), size = series_named("a", "size");
    const auto lost =
        cases_of({said(time, StoredWord::incomparable), said(size, StoredWord::noisy)});
    CHECK(lost[0].fate == CaseFate::incomparable);
    CHECK(code_of(lost) == ExitCode::nothing);
    CHECK(summary_object(lost).at("incomparable") == 1);
    CHECK(summary_object(lost).at("undecided") == 0);
    const auto worse =
        cases_of({said(time, StoredWord::incomparable), said(size, StoredWord::regressed)});
    CHECK(worse[0].fate == CaseFate::compared);
    CHECK(code_of(worse) == ExitCode::regression);
}

TEST_CASE("figures beside a verdict that cannot be compared are counted and named") {
    const history::Series time = series_named("a", "time"), size = series_named("a", "size");
    const auto cases =
        cases_of({said(size, StoredWord::incomparable), said(time, StoredWord::noisy)});
    CHECK(code_of(cases) == ExitCode::nothing);
    CHECK(incomparable_figures(cases) == std::vector<std::string>{"s/a size"});
    CHECK(summary_object(cases).at("incomparable_metrics") == 1);
}
