#include "verdict/limit_test.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::verdict {
namespace {

constexpr double kTie = 1e-12;          // of a log ratio: the last digits of the division
constexpr std::size_t kPairsToTell = 8; // more than any question needs at least
constexpr double kLuck = 2;             // standard errors
constexpr double kSlowestGrowth = 0.01; // of log E per pair, when guessing what is needed

} // namespace

std::string_view name_of(LimitState state) noexcept {
    switch (state) {
    case LimitState::broken:
        return "broken";
    case LimitState::kept:
        return "kept";
    case LimitState::undecided:
        break;
    }
    return "undecided";
}

void LimitEvidence::add(double distance) noexcept {
    const double y = std::abs(distance) <= kTie ? 0 : distance;
    beyond_.add(y);
    below_.add(-y);
    ++pairs_;
    on_the_limit_ += y == 0 ? 1 : 0;
}

void LimitEvidence::Direction::add(double y) noexcept {
    const double before = e.log_e();
    e.add(y);
    squares += (e.log_e() - before) * (e.log_e() - before);
}

double LimitEvidence::Direction::pairs_at_best(double threshold, std::size_t pairs) const noexcept {
    const auto n = static_cast<double>(pairs);
    const double mean = e.log_e() / n;
    const double variance = std::max(0.0, squares / n - mean * mean) * n / (n - 1);
    const double growth = mean + kLuck * std::sqrt(variance / n);
    const double missing = std::max(0.0, threshold - e.log_e());
    return growth > 0 ? missing / growth : std::numeric_limits<double>::infinity();
}

double LimitEvidence::pairs_at_best(double log_beyond, double log_below) const noexcept {
    return pairs_ < kPairsToTell ? 0
                                 : std::min(beyond_.pairs_at_best(log_beyond, pairs_),
                                            below_.pairs_at_best(log_below, pairs_));
}

bool LimitEvidence::is_on_the_limit() const noexcept {
    return pairs_ >= kPairsToTell && on_the_limit_ == pairs_;
}

double LimitEvidence::pairs_needed(double log_beyond, double log_below) const noexcept {
    return std::min(pairs_to_reach(log_beyond, log_e_beyond(), pairs_),
                    pairs_to_reach(log_below, log_e_below(), pairs_));
}

double pairs_to_reach(double threshold, double log_e, std::size_t pairs) noexcept {
    const double growth = log_e / static_cast<double>(std::max<std::size_t>(pairs, 1));
    return std::max(0.0, threshold - log_e) / std::max(growth, kSlowestGrowth);
}

bool comes_with_pairs(std::size_t figures, std::size_t pairs) noexcept {
    return figures > 0 && 2 * figures >= pairs;
}

std::vector<LimitState> test_limits(std::span<const LimitQuestion> questions,
                                    std::size_t m,
                                    double alpha,
                                    statistics::EvidenceMethod method) {
    std::vector<LimitState> states(questions.size(), LimitState::undecided);
    std::vector<double> log_e_beyond;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        LimitEvidence evidence(method);
        for (const double x : questions[i].x) {
            evidence.add(x - questions[i].limit);
        }
        log_e_beyond.push_back(evidence.log_e_beyond());
        if (evidence.log_e_below() >= -std::log(alpha)) {
            states[i] = LimitState::kept;
        }
    }
    for (const std::size_t i :
         statistics::e_bh(log_e_beyond, std::max(m, questions.size()), alpha)) {
        states[i] = LimitState::broken;
    }
    return states;
}

double limit_of_loss(double share, bool higher_is_better) noexcept {
    return higher_is_better ? -std::log1p(-share) : std::log1p(share);
}

double limit_of_gain(double share, bool higher_is_better) noexcept {
    return higher_is_better ? -std::log1p(share) : std::log1p(-share);
}

} // namespace assay::verdict
