// What pairs are asked beside the verdicts on time: on figures whose truth is known.
#include "verdict/pair_questions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace pair_questions_test {

using namespace assay;
using namespace assay::verdict;

namespace {

MetricPairs recall(const std::vector<double>& before, const std::vector<double>& after) {
    return {.key = "recall",
            .unit = "1",
            .companion = {},
            .higher_is_better = true,
            .old_figures = before,
            .new_figures = after};
}

PairQuestions one_question(double share, QuestionKind kind = QuestionKind::loss) {
    PairQuestions questions(1, {});
    questions.add({.series = 0, .metric = "recall", .kind = kind, .share = share});
    return questions;
}

// After `n` equal pairs.
WantedPairs wanted(PairQuestions questions, double before, double after, std::size_t n) {
    questions.tell(0, recall(std::vector<double>(n, before), std::vector<double>(n, after)), n);
    return questions.wanted().front();
}

} // namespace

TEST_CASE("a question wants pairs until they answer it, either way") {
    CHECK(wanted(one_question(0.05), 0.9, 0.9, 5).all > 0);
    CHECK(wanted(one_question(0.05), 0.9, 0.9, 6).all == 0);
    CHECK(wanted(one_question(0.05), 0.9, 0.8, 5).all > 0);
    CHECK(wanted(one_question(0.05), 0.9, 0.8, 6).all == 0);
}

TEST_CASE("each kind of question turns its limit the right way") {
    const auto state = [](QuestionKind kind, double after) {
        PairQuestions questions = one_question(0.05, kind);
        questions.tell(0, recall(std::vector<double>(12, 0.5), std::vector<double>(12, after)), 12);
        return questions.states().front();
    };
    CHECK(state(QuestionKind::loss, 0.4) == LimitState::broken);
    CHECK(state(QuestionKind::loss, 0.6) == LimitState::kept);
    CHECK(state(QuestionKind::gain, 0.6) == LimitState::broken);
    CHECK(state(QuestionKind::gain, 0.5) == LimitState::kept);
    CHECK(state(QuestionKind::missed_gain, 0.6) == LimitState::kept);
    CHECK(state(QuestionKind::missed_gain, 0.5) == LimitState::broken);
}

TEST_CASE("what no number of pairs would answer wants none") {
    SUBCASE("figures that a build does not have") {
        PairQuestions questions = one_question(0.05);
        questions.tell(0, recall(std::vector<double>(4, 0.9), {}), 4);
        CHECK(questions.wanted().front().all == 0);
    }
    SUBCASE("figures without a ratio") {
        PairQuestions questions(1, {});
        questions.add({.metric = "recall", .share = 0.05, .scale = Scale::relative});
        questions.tell(0, recall({0, 0, 0, 0}, {1, 1, 1, 1}), 4);
        CHECK(questions.wanted().front().all == 0);
    }
    SUBCASE("figures observed once, while the case was verified") {
        PairQuestions questions = one_question(0.05);
        questions.tell(0, recall({0.9}, {0.8}), 4);
        CHECK(questions.wanted().front().all == 0);
    }
    SUBCASE("exact figures") {
        PairQuestions questions = one_question(0.05);
        MetricPairs exact = recall(std::vector<double>(4, 0.9), std::vector<double>(4, 0.8));
        exact.exact = true;
        questions.tell(0, exact, 4);
        CHECK(questions.wanted().front().all == 0);
        exact.new_figures.back() = 0.7; // not exact after all
        questions.tell(0, exact, 4);
        CHECK(questions.wanted().front().all > 0);
    }
    SUBCASE("a change of exactly the limit in every pair") {
        CHECK(wanted(one_question(0.01), 0.60, 0.59, 7).all > 0);
        CHECK(wanted(one_question(0.01), 0.60, 0.59, 8).all == 0);
    }
    SUBCASE("a fall by more than the whole") {
        PairQuestions questions(1, {});
        questions.add({.metric = "recall", .share = 1.5, .scale = Scale::relative});
        questions.tell(0, recall({1, 1}, {0.5, 0.5}), 2);
        CHECK(questions.wanted().front().all == 0);
    }
    SUBCASE("a case that was dropped") {
        PairQuestions questions = one_question(0.05);
        questions.tell(0, recall({0.9}, {0.9}), 1);
        questions.drop(0);
        CHECK(questions.wanted().front().all == 0);
    }
}

TEST_CASE("exact figures want pairs until enough launches agree") {
    PairQuestions questions = one_question(0.05);
    MetricPairs exact = recall({}, {});
    exact.exact = true;
    for (int pair = 1; pair <= 6; ++pair) {
        exact.old_figures.push_back(0.9);
        exact.new_figures.push_back(pair == 2 ? std::nullopt : std::optional(0.9));
        questions.tell(0, exact, static_cast<std::size_t>(pair));
        CHECK((questions.wanted().front().all > 0) == (pair < 5)); // one of five has no figure
    }
}

TEST_CASE("a pair that lacks a figure on a side is no evidence, and the next ones are") {
    PairQuestions questions = one_question(0.05);
    MetricPairs metric = recall({}, {});
    for (int pair = 1; pair <= 7; ++pair) {
        metric.old_figures.push_back(pair == 3 ? std::nullopt : std::optional(0.9));
        metric.new_figures.push_back(0.9);
        questions.tell(0, metric, static_cast<std::size_t>(pair));
        CHECK((questions.states().front() == LimitState::kept) == (pair == 7)); // six told
        CHECK((questions.wanted().front().all > 0) == (pair < 7));
    }
}

TEST_CASE("a question that only counts wants nothing and makes the others' thresholds higher") {
    PairQuestions questions(1, {});
    questions.add({.metric = "recall", .kind = QuestionKind::loss, .share = 0.05});
    questions.add(
        {.metric = "rate", .kind = QuestionKind::loss, .share = 0.05, .asks_for_pairs = false});
    const auto tell = [&](std::size_t n) {
        questions.tell(0, recall(std::vector<double>(n, 0.9), std::vector<double>(n, 0.7)), n);
        return questions.wanted().front().all;
    };
    CHECK(tell(6) > 0); // E is 27, and 40 is needed of one in two
    CHECK(tell(8) == 0);
}

TEST_CASE("the nearest answer and the last are told apart") {
    PairQuestions questions(1, {});
    questions.add({.metric = "recall", .kind = QuestionKind::loss, .share = 0.05});
    questions.add({.metric = "recall", .kind = QuestionKind::loss, .share = 0.1001, .family = 1});
    questions.tell(0, recall({0.9, 0.9, 0.9, 0.9}, {0.8, 0.8, 0.8, 0.8}), 4);
    const WantedPairs both = questions.wanted().front();
    CHECK(both.next > 0);
    CHECK(both.all > both.next);
}

TEST_CASE(
    "a case that is decided stays open while a question wants pairs, and its verdict stands") {
    Comparison comparison({}, 1);
    PairQuestions questions(1, {});
    questions.add({.share = 0.04});
    std::vector<double> x;
    const auto give = [&](double change) {
        x.push_back(std::log1p(change));
        comparison.add_pair(0, {.x = x.back(), .seconds = 0.05});
        questions.tell_time(0, x);
        comparison.want(0, questions.wanted().front());
    };
    // Clearly slower than 1 %, and around the limit of 4 %.
    for (int i = 0; i < 12; ++i) {
        give(i % 2 == 0 ? 0.035 : 0.045);
    }
    CHECK(comparison.finding(0).verdict == Verdict::slower);
    CHECK(comparison.finding(0).pairs == 12);
    CHECK(comparison.finding(0).decided_after == 6u);
    CHECK(comparison.finding(0).wants_pairs);
    CHECK_FALSE(comparison.complete());
    CHECK(comparison.next_series(10) == 0u);
    CHECK(comparison.finding(0).seconds_needed.has_value());
    const double frozen = comparison.finding(0).evidence.log_e_slower;
    for (int i = 0; i < 60; ++i) {
        give(0.03);
    }
    CHECK(comparison.complete());
    CHECK_FALSE(comparison.next_series(10).has_value());
    CHECK(comparison.finding(0).evidence.log_e_slower == frozen);
}

TEST_CASE("a limit far from the change costs no pairs beyond those of the verdict") {
    Comparison comparison({}, 1);
    PairQuestions questions(1, {});
    questions.add({.share = 0.20});
    std::vector<double> x;
    for (int i = 0; i < 6; ++i) {
        CHECK_FALSE(comparison.complete());
        x.push_back(0);
        comparison.add_pair(0, {.x = 0, .seconds = 0.05});
        questions.tell_time(0, x);
        comparison.want(0, questions.wanted().front());
    }
    CHECK(comparison.finding(0).verdict == Verdict::same);
    CHECK(comparison.complete());
}

TEST_CASE(
    "among decided cases the next pair goes to the one whose question is nearest its answer") {
    Comparison comparison({}, 2);
    for (int i = 0; i < 10; ++i) { // no eighth: ten of each
        comparison.add_pair(0, {.x = 0, .seconds = 0.05});
        comparison.add_pair(1, {.x = 0, .seconds = 0.05});
    }
    comparison.add_pair(0, {.x = 0, .seconds = 0.05});
    comparison.want(0, {.next = 3, .all = 90});
    comparison.want(1, {.next = 5, .all = 5});
    CHECK(comparison.next_series(10) == 0u);
    comparison.want(0, {.next = 9, .all = 90});
    CHECK(comparison.next_series(10) == 1u);
    comparison.want(1, {});
    CHECK(comparison.next_series(10) == 0u);
    comparison.want(0, {});
    CHECK_FALSE(comparison.next_series(10).has_value());
}

TEST_CASE("a metric too noisy for the pairs that are left asks for none, one within reach does") {
    std::mt19937_64 random(8);
    const auto asks = [&](double change, double sd, std::size_t n, double affordable) {
        std::normal_distribution<double> noise(0, sd);
        std::vector<double> before;
        std::vector<double> after;
        for (std::size_t i = 0; i < n; ++i) {
            before.push_back(std::exp(noise(random)));
            after.push_back((1 + change) * std::exp(noise(random)));
        }
        PairQuestions questions(1, {});
        questions.add({.metric = "latency", .share = 0.05});
        questions.tell(0,
                       {.key = "latency",
                        .unit = "s",
                        .companion = {},
                        .old_figures = before,
                        .new_figures = after},
                       n);
        const std::vector<double> left{affordable};
        return questions.wanted(left).front().all > 0;
    };
    CHECK(asks(0, 3.0, 300, HUGE_VAL));
    CHECK_FALSE(asks(0, 3.0, 300, 20));
    CHECK(asks(0.10, 0.05, 8, 30));
    CHECK(asks(0, 3.0, 7, 1)); // too few to tell
}

} // namespace pair_questions_test
