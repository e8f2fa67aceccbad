#include "verdict/limit_test.hpp"

#include <cmath>

namespace assay::verdict {

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

std::vector<LimitState> test_limits(std::span<const LimitQuestion> questions,
                                    double alpha,
                                    statistics::EvidenceMethod method) {
    std::vector<LimitState> states(questions.size(), LimitState::undecided);
    std::vector<double> log_e_beyond;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        statistics::EProcess beyond(method);
        statistics::EProcess below(method);
        for (const double x : questions[i].x) {
            beyond.add(x - questions[i].limit);
            below.add(questions[i].limit - x);
        }
        log_e_beyond.push_back(beyond.log_e());
        if (below.log_e() >= -std::log(alpha)) {
            states[i] = LimitState::kept;
        }
    }
    for (const std::size_t i : statistics::e_bh(log_e_beyond, questions.size(), alpha)) {
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
