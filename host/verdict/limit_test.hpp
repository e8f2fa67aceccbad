// Whether pairs show that a change is beyond a limit of a gate, or that it is not: the same test as
// the verdicts', on the same pairs, with another distance.
//
//   std::vector<LimitQuestion> questions{{.x = pairs_of_one_case, .limit = std::log1p(0.20)}};
//   std::vector<LimitState> states = test_limits(questions, 0.05, EvidenceMethod::mixture);
//
// `x` > 0 is worse. Pure; any thread.
#pragma once

#include "statistics/evidence.hpp"

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

struct LimitQuestion {
    std::span<const double> x; // one value per pair
    double limit = 0;          // on the scale of x
};

// The questions of one level (all that would fail, or all that would warn) are one family: which
// limits count as broken is chosen by e-BH over them at level alpha; `kept` is said per question,
// as `same` is. May be asked at any time, for the pairs may stop whenever they like.
[[nodiscard]] std::vector<LimitState> test_limits(std::span<const LimitQuestion> questions,
                                                  double alpha,
                                                  statistics::EvidenceMethod method);

// A relative loss of `share` in the metric's own unit as a distance in ln(new / old), turned so
// that positive is worse: ln(1 + share) where lower is better, -ln(1 - share) where higher is.
// Precondition: 0 <= share, and below 1 where higher is better.
[[nodiscard]] double limit_of_loss(double share, bool higher_is_better) noexcept;

// The least gain that counts, on the same scale, and so negative: ln(1 - share) where lower is
// better, -ln(1 + share) where higher is. Precondition: 0 <= share < 1 where lower is better.
[[nodiscard]] double limit_of_gain(double share, bool higher_is_better) noexcept;

} // namespace assay::verdict
