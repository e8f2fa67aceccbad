// Whether pairs show that a change is beyond a limit of a gate, or that it is not: the same test as
// the verdicts', on the same pairs, with another distance.
//
//   std::vector<LimitQuestion> questions{{.x = pairs_of_one_case, .limit = std::log1p(0.20)}};
//   std::vector<LimitState> states = test_limits(questions, 1, 0.05, EvidenceMethod::mixture);
//
// `x` > 0 is worse. Pure; any thread.
#pragma once

#include "statistics/evidence.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace assay::verdict {

enum class LimitState {
    broken,    // shown to be beyond it; exactly at the limit is not beyond
    kept,      // shown to be below it
    undecided, // neither
};

std::string_view name_of(LimitState state) noexcept;

// What pairs say about one limit, as they come in.
class LimitEvidence {
public:
    explicit LimitEvidence(statistics::EvidenceMethod method) noexcept
        : beyond_{.e = statistics::EProcess(method)}
        , below_{.e = statistics::EProcess(method)} {}

    // x - limit; what differs from it in the last digits alone lies on it, and speaks for neither.
    void add(double distance) noexcept;

    [[nodiscard]] double log_e_beyond() const noexcept { return beyond_.e.log_e(); }

    [[nodiscard]] double log_e_below() const noexcept { return below_.e.log_e(); }

    // Every one of enough pairs to tell: a figure that does not vary and that no number of pairs
    // moves away.
    [[nodiscard]] bool is_on_the_limit() const noexcept;

    // Pairs to come until one of them reaches its threshold, if they grow as they did.
    [[nodiscard]] double pairs_needed(double log_beyond, double log_below) const noexcept;

    // The same with luck: growth two standard errors above what was seen. Infinite where not even
    // that is growth; 0 after pairs too few to tell. A budget below it is no use to this question.
    [[nodiscard]] double pairs_at_best(double log_beyond, double log_below) const noexcept;

private:
    struct Direction {
        statistics::EProcess e;
        double squares = 0; // of what each pair added to log E

        void add(double y) noexcept;
        [[nodiscard]] double pairs_at_best(double threshold, std::size_t pairs) const noexcept;
    };

    Direction beyond_, below_;
    std::size_t pairs_ = 0, on_the_limit_ = 0;
};

// Pairs until evidence of `log_e` after `pairs` of them reaches `threshold`, if it grows as it did;
// slow growth, or none, counts as slow.
[[nodiscard]] double pairs_to_reach(double threshold, double log_e, std::size_t pairs) noexcept;

struct LimitQuestion {
    std::span<const double> x; // one value per pair
    double limit = 0;          // on the scale of x
};

// The questions of one level (all that would fail, or all that would warn) are one family: which
// limits count as broken is chosen by e-BH over them at level alpha; `kept` is said per question,
// as `same` is. May be asked at any time, for the pairs may stop whenever they like. `m`: how many
// questions the family had before the first pair, those that came to have no figures included.
[[nodiscard]] std::vector<LimitState> test_limits(std::span<const LimitQuestion> questions,
                                                  std::size_t m,
                                                  double alpha,
                                                  statistics::EvidenceMethod method);

// Whether a metric that has so many figures after so many pairs gets more of them with more pairs:
// what verify() alone observes does not.
[[nodiscard]] bool comes_with_pairs(std::size_t figures, std::size_t pairs) noexcept;

// A relative loss of `share` in the metric's own unit as a distance in ln(new / old), turned so
// that positive is worse: ln(1 + share) where lower is better, -ln(1 - share) where higher is.
// Precondition: 0 <= share, and below 1 where higher is better.
[[nodiscard]] double limit_of_loss(double share, bool higher_is_better) noexcept;

// The least gain that counts, on the same scale, and so negative: ln(1 - share) where lower is
// better, -ln(1 + share) where higher is. Precondition: 0 <= share < 1 where lower is better.
[[nodiscard]] double limit_of_gain(double share, bool higher_is_better) noexcept;

} // namespace assay::verdict
