// One synthetic run for each row of the lattice, with its severity; what a gate makes of each row
// is in stored_gate_test.cpp.
#include "stored_runs.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace lattice_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000'000;

AskedSeries asked(double now, const std::vector<double>& runs = around(100)) {
    return {.kind = seconds(), .figures = {now}, .known = {.baseline = segment_over(runs)}};
}

std::string said(const AskedSeries& one, const LatticeOptions& options = {}) {
    return text_of(verdict_on(one, options));
}

EnvironmentShift machine_shift(double size) {
    return {.cause = ShiftCause::machine, .size = size, .reason = "the machine"};
}

} // namespace

TEST_CASE("a case that failed has no other verdict") {
    for (const auto status : {measure::CaseStatus::failed,
                              measure::CaseStatus::wrong_result,
                              measure::CaseStatus::timed_out,
                              measure::CaseStatus::crashed}) {
        AskedSeries one = asked(100);
        one.status = status;
        one.reason = "why";
        const StoredVerdict verdict = verdict_on(one, {});
        CHECK(verdict.word == StoredWord::failed);
        CHECK(verdict.reason == std::string(measure::name_of(status)) + ": why");
    }
}

TEST_CASE("what the run does not have is missing, and so is what was skipped or is not finite") {
    AskedSeries gone = asked(100);
    gone.in_run = false;
    gone.status = measure::CaseStatus::failed; // of the baseline's time
    CHECK(said(gone) == "missing");
    AskedSeries skipped = asked(100);
    skipped.status = measure::CaseStatus::skipped;
    CHECK(said(skipped) == "missing");
    AskedSeries empty = asked(100);
    empty.figures.clear();
    CHECK(said(empty) == "missing");
    CHECK(said(asked(std::numeric_limits<double>::quiet_NaN())) == "missing");
}

TEST_CASE("what may not be compared says why and gives no figure") {
    AskedSeries one = asked(200);
    one.known.incomparable = "hardware";
    CHECK(said(one) == "incomparable(hardware)");
    CHECK_FALSE(verdict_on(one, {}).finding);
    CHECK(said(asked(3, std::vector<double>(6, 0))) == "incomparable(zero baseline)");
    CHECK(said(asked(0, std::vector<double>(6, 0))) == "unchanged");
}

TEST_CASE("too few runs are no baseline") {
    const StoredVerdict verdict = verdict_on(asked(200, {100, 100, 100, 100}), {});
    CHECK(verdict.word == StoredWord::no_baseline);
    CHECK(verdict.reason.find("4 of 4 runs count") != std::string::npos);
}

TEST_CASE("a stale baseline judges nothing but shows the change") {
    AskedSeries one = asked(200);
    one.known.today.commits = 501;
    const StoredVerdict verdict = verdict_on(one, {});
    CHECK(verdict.word == StoredWord::stale_baseline);
    CHECK(*verdict.finding->change == doctest::Approx(1));
    one.known.baseline.baseline->newest = 0;
    one.known.today = {.now = 91 * kDay};
    CHECK(said(one) == "stale_baseline");
}

TEST_CASE("a series that moved with the machine is no regression, one that moved further is") {
    const LatticeOptions shifted{.shift = machine_shift(std::log(1.3))};
    CHECK(said(asked(130), shifted) == "environment_shift");
    CHECK(said(asked(100), shifted) == "unchanged"); // it did not move
    const StoredVerdict beside = verdict_on(asked(260), shifted);
    CHECK(beside.word == StoredWord::regressed);
    CHECK(*beside.finding->change == doctest::Approx(1)); // beside the shift
    AskedSeries rate = asked(100 / 1.3);
    rate.kind = {.unit = "1/s", .direction = measure::Direction::higher};
    CHECK(said(rate, shifted) == "environment_shift");
    rate.figures = {100 / 2.6};
    CHECK(verdict_on(rate, shifted).word == StoredWord::regressed);
}

TEST_CASE("shares and exact figures do not move with the machine") {
    const LatticeOptions shifted{.shift = machine_shift(std::log(1.3))};
    AskedSeries share = asked(0.3, around(0.5));
    share.kind = {.unit = "1", .direction = measure::Direction::higher};
    CHECK(verdict_on(share, shifted).word == StoredWord::regressed);
    AskedSeries exact = asked(130, std::vector<double>(5, 100));
    exact.kind.exact = true;
    CHECK(verdict_on(exact, shifted).word == StoredWord::regressed);
    CHECK_FALSE(moving(exact, "f", {}));
    CHECK_FALSE(moving(share, "f", {}));
    CHECK(moving(asked(120), "f", {})->change == doctest::Approx(std::log(1.2)));
}

TEST_CASE("a common cause on a machine that stood still is told with the regression") {
    const LatticeOptions common{.shift = {.cause = ShiftCause::common, .size = 0.2, .reason = "c"}};
    const StoredVerdict verdict = verdict_on(asked(130), common);
    CHECK(verdict.word == StoredWord::regressed);
    CHECK(verdict.reason.ends_with("; c"));
}

TEST_CASE("a significant change to the worse has regressed, as badly as it is") {
    CHECK(said(asked(106, around(100, 0.003))) == "regressed(minor)");
    CHECK(said(asked(122)) == "regressed(moderate)");
    CHECK(said(asked(140)) == "regressed(severe)");
    CHECK(said(asked(107, around(100, 0.012))) == "regressed(minor, weak)");
}

TEST_CASE("of one run alone the change is a candidate, five runs of its level confirm it") {
    AskedSeries one = asked(130);
    CHECK_FALSE(verdict_on(one, {}).confirmed);
    CHECK(verdict_on(one, {}).reason.find("candidate") != std::string::npos);
    one.figures.assign(5, 130);
    CHECK(verdict_on(one, {}).confirmed);
    AskedSeries standing = asked(130);
    standing.known.baseline.before = {
        {"a", 100}, {"b", 101}, {"c", 129}, {"d", 131}, {"e", 130}, {"f", 130}};
    CHECK(verdict_on(standing, {}).confirmed);
    CHECK(verdict_on(standing, {}).reason.ends_with("worse, as the 4 runs before it"));
    standing.known.baseline.before.back().figure = 100;
    CHECK_FALSE(verdict_on(standing, {}).confirmed);
    AskedSeries exact = asked(101, std::vector<double>(5, 100));
    exact.kind.exact = true;
    CHECK(verdict_on(exact, {}).confirmed);
}

TEST_CASE("a drift is told where no step is") {
    AskedSeries one = asked(100.5);
    one.known.drifting = true;
    CHECK(said(one) == "drift");
    one.figures = {140};
    CHECK(said(one) == "regressed(severe)");
    one.figures = {60}; // better than any run of the trend
    CHECK(said(one) == "improved");
}

TEST_CASE("a series too noisy for its limit is noisy, never unchanged") {
    CHECK(said(asked(100, around(100, 0.10))) == "noisy");
    CHECK(said(asked(115, around(100, 0.10))) == "noisy");
    CHECK(said(asked(100, around(100, 0.02))) == "unchanged");
    const LatticeOptions strict{.limits =
                                    SeverityLimits{.warn = 0.02, .fail = 0.05, .severe = 0.1}};
    CHECK(said(asked(100, around(100, 0.02)), strict) == "noisy");
}

TEST_CASE("how much runs differ must be known before anything is unchanged") {
    AskedSeries one = asked(100);
    one.known.baseline = choose_baseline(
        runs_of({100}),
        {.policy = BaselinePolicy::pinned, .fixed = FixedBaseline{100, "run-0", 1}});
    CHECK(said(one) == "noisy");
    CHECK(verdict_on(one, {}).reason.find("one run") != std::string::npos);
}

TEST_CASE("a significant change to the better has improved") {
    CHECK(said(asked(80)) == "improved");
    AskedSeries rate = asked(120);
    rate.kind = {.unit = "1/s", .direction = measure::Direction::higher};
    CHECK(said(rate) == "improved");
    rate.figures = {80};
    CHECK(verdict_on(rate, {}).word == StoredWord::regressed);
}

TEST_CASE("unchanged says which change would have been seen") {
    const StoredVerdict verdict = verdict_on(asked(100.2), {});
    CHECK(verdict.word == StoredWord::unchanged);
    CHECK(*verdict.finding->mde < 0.20);
    CHECK(verdict.baseline == "segment of 12 runs, run-0 to run-11");
    CHECK(verdict.provenance == "stored figures");
    CHECK(said(asked(100.5, around(100, 0.0001, 20))) == "unchanged"); // below the floor
}

TEST_CASE("what has no direction never regresses and never improves") {
    for (const double now : {10.0, 99.0, 100.0, 101.0, 500.0}) {
        AskedSeries one = asked(now);
        one.kind.direction = measure::Direction::none;
        const StoredVerdict verdict = verdict_on(one, {});
        CHECK(verdict.word == StoredWord::unchanged);
        CHECK_FALSE(verdict.severity);
        CHECK(verdict.reason.empty() == (now == 100 || now == 99 || now == 101));
    }
}

} // namespace lattice_test
