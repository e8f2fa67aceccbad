// The answer of a policy decision point.
//
//   const Decision& decision = evaluator.decide(context);
//   if (decision.blocked) { ... set.policy(decision.violations[0].policy).id ... }
//
// Plain values.
#pragma once

#include "policy.hpp"

#include <cstdint>
#include <vector>

namespace assay::policy_decision {

// Why a rule counts as broken: its conditions hold, or one reads a NaN and nobody can tell.
enum class ViolationReason : std::uint8_t { conditions_hold, not_comparable };

[[nodiscard]] constexpr const char* text_of(ViolationReason reason) noexcept {
    return reason == ViolationReason::not_comparable ? "not comparable" : "conditions hold";
}

struct Violation {
    std::uint32_t policy = 0; // its number in the set: PolicySet::policy()
    std::uint32_t rule = 0;   // among those of the policy, inherited ones first
    ViolationKind kind = ViolationKind::minor;
    ViolationReason reason = ViolationReason::conditions_hold;
    double severity = 0;

    bool operator==(const Violation&) const = default;
};

struct Decision {
    bool compliant = true; // nothing is violated
    bool blocked = false;  // something with an enforcement of at least 0.8 is
    // Different attributes that conditions of active policies compare and the context lacks.
    std::uint32_t unknown_attributes = 0;
    std::vector<Violation> violations; // in the order of evaluation

    bool operator==(const Decision&) const = default;

    void clear() noexcept {
        compliant = true;
        blocked = false;
        unknown_attributes = 0;
        violations.clear();
    }

    void add(const Violation& violation, double enforcement) {
        compliant = false;
        blocked = blocked || enforcement >= kEnforcementBlocks;
        violations.push_back(violation);
    }
};

} // namespace assay::policy_decision
