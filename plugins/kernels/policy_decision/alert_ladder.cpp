#include "alert_ladder.hpp"

#include <algorithm>
#include <cmath>

namespace assay::policy_decision {

AlertLevel alert_level(const SystemState& state) noexcept {
    if (std::isnan(state.hallucination_number) || std::isnan(state.integrity)) {
        return AlertLevel::emergency;
    }
    constexpr double kNumbers[] = {1, 2, 4, 7};
    constexpr double kIntegrities[] = {0.7, 0.5, 0.3};
    const auto by_number = std::ranges::count_if(
        kNumbers, [&](double limit) { return state.hallucination_number >= limit; });
    const auto below =
        std::ranges::count_if(kIntegrities, [&](double limit) { return state.integrity < limit; });
    const auto by_integrity = below == 0 ? 0 : below + 1; // the first is a warning
    return static_cast<AlertLevel>(std::max(by_number, by_integrity));
}

std::string_view name_of(AlertLevel level) noexcept {
    switch (level) {
    case AlertLevel::none:
        return "none";
    case AlertLevel::notice:
        return "notice";
    case AlertLevel::warning:
        return "warning";
    case AlertLevel::critical:
        return "critical";
    case AlertLevel::emergency:
        break;
    }
    return "emergency";
}

} // namespace assay::policy_decision
