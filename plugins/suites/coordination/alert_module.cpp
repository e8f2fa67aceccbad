#include "alert_module.hpp"

#include "policy_decision/alert_ladder.hpp"

namespace assay::coordination_suite {
namespace {

constexpr double kBlockedNumber = 2; // a blocked action alone is a warning

} // namespace

double AlertModule::answer(const coordination::Question& question, std::stop_token) {
    const bool is_blocked = question.board[sources_.policy] == 0;
    const policy_decision::AlertLevel level =
        policy_decision::alert_level({.hallucination_number = is_blocked ? kBlockedNumber : 0,
                                      .integrity = question.board[sources_.net]});
    return level == policy_decision::AlertLevel::emergency ? 1 : 0;
}

} // namespace assay::coordination_suite
