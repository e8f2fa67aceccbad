#include "app/comparison/comparison_document.hpp"
#include "scripted_comparison.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace scripted;
using app::CaseFate;
using app::ExitCode;
using measure::CaseStatus;
using verdict::Verdict;

TEST_CASE("a build that takes 5 % longer in every pair is slower, with the true ratio") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs(new_is_slower_by(1.05));
    const app::ComparisonOutcome outcome = compare(builds, pairs, comparison_options());
    REQUIRE(outcome.cases.size() == 1);
    CHECK(outcome.cases[0].finding.verdict == Verdict::slower);
    REQUIRE(outcome.cases[0].finding.ratio.has_value());
    CHECK(*outcome.cases[0].finding.ratio == doctest::Approx(1.05).epsilon(1e-4));
    CHECK(outcome.null_control == verdict::NullControl::quiet);
    CHECK(outcome.positive_control == verdict::PositiveControl::found);
    CHECK(app::code_of(outcome) == ExitCode::regression);
}

TEST_CASE("two builds that take equally long are the same, and the exit code is 0") {
    const TwoBuilds builds(3);
    ScriptedPairs pairs(new_is_slower_by(1.0));
    const app::ComparisonOutcome outcome = compare(builds, pairs, comparison_options());
    for (const app::ComparedCase& compared : outcome.cases) {
        CHECK(compared.finding.verdict == Verdict::same);
        CHECK(compared.finding.pairs >= 6);
        CHECK(compared.pairs.size() == compared.finding.pairs);
    }
    CHECK(app::code_of(outcome) == ExitCode::pass);
}

TEST_CASE("a build that is 5 % quicker is faster") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs(new_is_slower_by(1 / 1.05));
    const app::ComparisonOutcome outcome = compare(builds, pairs, comparison_options());
    CHECK(outcome.cases[0].finding.verdict == Verdict::faster);
    CHECK(app::code_of(outcome) == ExitCode::pass);
}

TEST_CASE("n is the smaller of both calibrations and equal on both sides of every pair") {
    const TwoBuilds builds(1);
    std::vector<std::uint64_t> old_n;
    ScriptedPairs pairs([&](const app::PairWish& wish) {
        old_n.push_back(wish.old_request.iterations);
        return new_is_slower_by(1.0)(wish);
    });
    std::uint64_t next = 500;
    compare(builds, pairs, comparison_options(), [&](const measure::LaunchRequest& request) {
        workers::LaunchOutcome outcome = answer(request);
        outcome.record.calibration->iterations = next;
        next = 400;
        return outcome;
    });
    REQUIRE(!pairs.asked.empty());
    for (std::size_t i = 0; i < pairs.asked.size(); ++i) {
        CHECK(pairs.asked[i].iterations == 400);
        CHECK(old_n[i] == 400);
    }
}

TEST_CASE("roles and order of pairs are drawn, and drawn again alike from the same seed") {
    const TwoBuilds builds(2);
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    ScriptedPairs pairs(new_is_slower_by(1.0));
    ScriptedPairs again(new_is_slower_by(1.0));
    compare(builds, pairs, options);
    compare(builds, again, options);
    CHECK(pairs.new_was_worker_1 == again.new_was_worker_1);
    CHECK(pairs.new_went_first == again.new_went_first);
    CHECK(std::ranges::count(pairs.new_was_worker_1, true) > 0);
    CHECK(std::ranges::count(pairs.new_was_worker_1, false) > 0);
    CHECK(std::ranges::count(pairs.new_went_first, true) > 0);
    CHECK(std::ranges::count(pairs.new_went_first, false) > 0);
}

TEST_CASE(
    "a null control that fires takes every verdict with it, and the exit code is 5 and not 1") {
    const TwoBuilds builds(1);
    // A machine that slows whatever plays the new build's part.
    ScriptedPairs pairs([](const app::PairWish& wish) {
        app::PairWish both = wish;
        const SliceTimes old_time = [](std::uint32_t) { return 1'000'000u; };
        const SliceTimes new_time = [](std::uint32_t) { return 1'050'000u; };
        app::PairAnswer answer;
        answer.seconds = 0.05;
        answer.old_side = timed(both.old_request, old_time);
        answer.new_side = timed(both.new_request, new_time);
        return answer;
    });
    const app::ComparisonOutcome outcome = compare(builds, pairs, comparison_options());
    CHECK(outcome.null_control == verdict::NullControl::fired);
    CHECK(outcome.cases[0].finding.verdict == Verdict::undecided);
    CHECK(app::code_of(outcome) == ExitCode::undecided);
}

TEST_CASE("a new build that crashes while it is verified is failed and is never timed") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs(new_is_slower_by(1.0));
    const app::ComparisonOutcome outcome =
        compare(builds, pairs, comparison_options(), [](const measure::LaunchRequest&) {
            return ended(CaseStatus::crashed, "SIGSEGV at 0x0");
        });
    CHECK(outcome.cases[0].matched.fate == CaseFate::failed);
    CHECK(outcome.cases[0].reason == "new build: SIGSEGV at 0x0");
    CHECK(pairs.asked.empty());
    CHECK(app::code_of(outcome) == ExitCode::failed);
}

TEST_CASE("three pairs that break end the case, which never counts as same") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs([](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1.0)(wish);
        answer.old_side = ended(CaseStatus::cancelled, "its partner ended");
        answer.new_side = ended(CaseStatus::crashed, "SIGABRT in run");
        return answer;
    });
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    CHECK(pairs.asked.size() == 3);
    CHECK(outcome.cases[0].matched.fate == CaseFate::failed);
    CHECK(outcome.cases[0].status == CaseStatus::crashed);
    CHECK(outcome.cases[0].reason == "new build: SIGABRT in run (3 pairs failed)");
    CHECK(app::code_of(outcome) == ExitCode::failed);
}

TEST_CASE("a pair that breaks once is counted and shown, and the case is decided all the same") {
    const TwoBuilds builds(1);
    int taken = 0;
    ScriptedPairs pairs([&taken](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1.0)(wish);
        if (++taken == 2) {
            answer.new_side = ended(CaseStatus::timed_out, "no result within 60 s");
        }
        return answer;
    });
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    CHECK(outcome.cases[0].finding.failed_pairs == 1);
    CHECK(outcome.cases[0].finding.verdict == Verdict::same);
}

TEST_CASE("builds with different results of equal inputs are noted, and fail only when asked") {
    const TwoBuilds builds(1);
    const ScriptedPairs::Script differing = [](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1.0)(wish);
        for (measure::SliceRecord& slice : answer.new_side.record.slices) {
            slice.checksum = 78;
        }
        return answer;
    };
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    ScriptedPairs pairs(differing);
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    CHECK(outcome.cases[0].results_differ);
    CHECK(outcome.cases[0].finding.verdict == Verdict::same);

    options.require_same_results = true;
    ScriptedPairs strict(differing);
    const app::ComparisonOutcome failed = compare(builds, strict, options);
    CHECK(failed.cases[0].matched.fate == CaseFate::failed);
    CHECK(app::code_of(failed) == ExitCode::failed);
}

TEST_CASE("a build whose own checksum changes between pairs is wrong at once") {
    const TwoBuilds builds(1);
    std::uint64_t sum = 1;
    ScriptedPairs pairs([&sum](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1.0)(wish);
        for (measure::SliceRecord& slice : answer.new_side.record.slices) {
            slice.checksum = sum;
        }
        ++sum;
        return answer;
    });
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    CHECK(pairs.asked.size() == 2);
    CHECK(outcome.cases[0].status == CaseStatus::wrong_result);
    CHECK(app::code_of(outcome) == ExitCode::failed);
}

TEST_CASE("what is too noisy for the budget stays undecided, and a budget that would do is named") {
    const TwoBuilds builds(1);
    int taken = 0;
    ScriptedPairs pairs([&taken](const app::PairWish& wish) {
        app::PairAnswer answer;
        answer.seconds = 0.02;
        const double ratio = ++taken % 2 == 0 ? 1.05 : 1 / 1.05;
        answer.old_side = timed(wish.old_request, [](std::uint32_t) { return 1'000'000u; });
        answer.new_side = timed(wish.new_request, [ratio](std::uint32_t) {
            return static_cast<std::uint64_t>(std::llround(1e6 * ratio));
        });
        return answer;
    });
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    options.budget = std::chrono::milliseconds(100);
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    CHECK(outcome.cases[0].finding.verdict == Verdict::undecided);
    CHECK(app::code_of(outcome) == ExitCode::undecided);
}

TEST_CASE("a comparison that is interrupted keeps what is complete and says 130") {
    const TwoBuilds builds(1);
    int taken = 0;
    ScriptedPairs pairs([&taken](const app::PairWish& wish) {
        ++taken;
        return new_is_slower_by(1.0)(wish);
    });
    const app::ComparisonOutcome outcome =
        compare(builds, pairs, comparison_options(), answer, [&taken] { return taken >= 3; });
    CHECK(outcome.cancelled);
    CHECK(app::code_of(outcome) == ExitCode::interrupted);
    CHECK(taken == 3);
}

TEST_CASE("where starting a pair takes long its first pairs decide how many slices follow") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs([](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1.0)(wish);
        answer.seconds = 2; // for 24 slices of a millisecond
        answer.new_side =
            timed(wish.new_request, [](std::uint32_t i) { return 1'000'000u + 5'000u * (i % 5); });
        return answer;
    });
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    REQUIRE(pairs.asked.size() > 4);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(pairs.asked[i].slices == 12);
    }
    for (std::size_t i = 4; i < pairs.asked.size(); ++i) {
        CHECK(pairs.asked[i].slices == 200); // the pairs' centres do not differ at all
    }
    CHECK(outcome.cases[0].slices == pairs.asked.back().slices);
}

TEST_CASE("where a pair is mostly slices their number stays") {
    const TwoBuilds builds(1);
    ScriptedPairs pairs(new_is_slower_by(1.0));
    compare(builds, pairs, comparison_options());
    for (const measure::LaunchRequest& request : pairs.asked) {
        CHECK(request.slices == 12);
    }
}
