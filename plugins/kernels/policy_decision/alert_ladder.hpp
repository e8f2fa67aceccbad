// How alarming the state of the system is: by the hallucination number and by integrity.
//
//   alert_level({.hallucination_number = 4.2, .integrity = 0.9}) == AlertLevel::critical
//
// Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::policy_decision {

enum class AlertLevel : std::uint8_t { none, notice, warning, critical, emergency };

struct SystemState {
    double hallucination_number = 0;
    double integrity = 1;
};

// The graver of two: hallucination number from 1 notice, 2 warning, 4 critical, 7 emergency;
// integrity below 0.7 warning, 0.5 critical, 0.3 emergency. What is not a number: emergency.
[[nodiscard]] AlertLevel alert_level(const SystemState& state) noexcept;

[[nodiscard]] std::string_view name_of(AlertLevel level) noexcept;

} // namespace assay::policy_decision
