// How often a loop goes round, how long it waits for whom, and for how many cycles.
//
//   LoopSettings settings = settings_at(10);        // 100 ms, time-outs 30, 50 and 20 ms
//   settings.cycles = 300;
//   if (auto fault = first_fault(settings)) { refuse(*fault); }
//
// Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace assay::coordination {

// Absolute: on the grid t0 + k * period. Relative: a period after the last wake-up, as loops do
// that sleep for what is left of their period; what they are late by adds up.
enum class Pacing { absolute, relative };

struct LoopSettings {
    double period = 0.1; // s
    // How long is waited for modules that tell their state, for the decision, for the check of
    // whether something is wrong.
    double module_timeout = 0.03, decision_timeout = 0.05, emergency_timeout = 0.02;
    std::uint64_t cycles = 1;
    Pacing pacing = Pacing::absolute;
};

inline constexpr double kRateLeast = 0.1, kRateMost = 10'000; // Hz

// Time-outs are 0.3, 0.5 and 0.2 of the period. A rate that makes no sense makes settings that
// first_fault() refuses.
[[nodiscard]] LoopSettings settings_at(double rate) noexcept;

// What is wrong, where, and what was expected.
[[nodiscard]] std::optional<std::string> first_fault(const LoopSettings& settings);

} // namespace assay::coordination
