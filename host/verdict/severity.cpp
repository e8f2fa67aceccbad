#include "verdict/severity.hpp"

#include "verdict/tolerance.hpp"

#include <array>

namespace assay::verdict {
namespace {

constexpr double kWeakExcess = 1.5, kStrongExcess = 12;

} // namespace

std::string_view name_of(SeverityClass severity) noexcept {
    constexpr std::array<std::string_view, 3> kNames{"minor", "moderate", "severe"};
    return kNames.at(static_cast<std::size_t>(severity));
}

SeverityLimits default_limits(ChangeScale scale) noexcept {
    return scale == ChangeScale::points ? SeverityLimits{.warn = 0.02, .fail = 0.05, .severe = 0.10}
                                        : SeverityLimits{};
}

double weight_of(double change, ChangeScale scale) noexcept {
    return change / default_limits(scale).fail;
}

bool is_beyond(double change, double limit) noexcept {
    return change > limit + kTolerance;
}

Severity
weigh_change(double change, std::optional<double> fence, const SeverityLimits& limits) noexcept {
    const auto reaches = [change](double limit) { return change >= limit - kTolerance; };
    int size = reaches(limits.severe) ? 2 : reaches(limits.fail) ? 1 : 0;
    Severity severity;
    if (fence && *fence > 0) {
        const double excess = change / *fence;
        if (excess < kWeakExcess - kTolerance) {
            severity.weak = true;
            size = size > 0 ? size - 1 : 0;
        } else if (excess >= kStrongExcess - kTolerance && is_beyond(change, limits.warn)) {
            size = size < 2 ? size + 1 : 2;
        }
    }
    severity.size = static_cast<SeverityClass>(size);
    return severity;
}

} // namespace assay::verdict
