#include "coordination/loop_settings.hpp"

#include <cstdio>

namespace assay::coordination {
namespace {

constexpr double kModuleShare = 0.3, kDecisionShare = 0.5, kEmergencyShare = 0.2;
constexpr std::uint64_t kCyclesMost = 10'000'000;
// 0.3 + 0.5 + 0.2 of a period is a period, but for the last digit.
constexpr double kRounding = 1e-9;

std::string text_of_number(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

std::string fault_of(const char* name, double value, const std::string& expected) {
    return std::string(name) + " is " + text_of_number(value) + " s: expected " + expected;
}

} // namespace

LoopSettings settings_at(double rate) noexcept {
    const double period = 1 / rate;
    return {.period = period,
            .module_timeout = kModuleShare * period,
            .decision_timeout = kDecisionShare * period,
            .emergency_timeout = kEmergencyShare * period};
}

std::optional<std::string> first_fault(const LoopSettings& settings) {
    const double least = 1 / kRateMost, most = 1 / kRateLeast;
    if (!(settings.period >= least * (1 - kRounding) &&
          settings.period <= most * (1 + kRounding))) {
        return fault_of("the period",
                        settings.period,
                        text_of_number(least) + " to " + text_of_number(most) + " s");
    }

    struct Timeout {
        const char* name;
        double value;
    };

    for (const Timeout& timeout :
         {Timeout{"the time-out of modules", settings.module_timeout},
          {"the time-out of the decision", settings.decision_timeout},
          {"the time-out of the emergency check", settings.emergency_timeout}}) {
        if (!(timeout.value > 0 && timeout.value <= settings.period * (1 + kRounding))) {
            return fault_of(timeout.name,
                            timeout.value,
                            "more than 0 and at most the period, " +
                                text_of_number(settings.period) + " s");
        }
    }
    if (settings.cycles < 1 || settings.cycles > kCyclesMost) {
        return std::to_string(settings.cycles) + " cycles: expected 1 to " +
               std::to_string(kCyclesMost);
    }
    return std::nullopt;
}

} // namespace assay::coordination
