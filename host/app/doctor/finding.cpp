#include "app/doctor/finding.hpp"

#include <algorithm>

namespace assay::app {

std::string_view name_of(FindingState state) noexcept {
    switch (state) {
    case FindingState::ok:
        return "ok";
    case FindingState::warn:
        return "warn";
    case FindingState::unavailable:
        return "unavailable";
    case FindingState::bad:
        return "bad";
    }
    return "?";
}

Finding Subject::ok(std::string read) const {
    return {group, id, FindingState::ok, std::move(read), why, {}};
}

Finding Subject::warn(std::string read, std::string advice) const {
    return {group, id, FindingState::warn, std::move(read), why, std::move(advice)};
}

Finding Subject::unavailable(std::string read, std::string advice) const {
    return {group, id, FindingState::unavailable, std::move(read), why, std::move(advice)};
}

Finding Subject::bad(std::string read, std::string advice) const {
    return {group, id, FindingState::bad, std::move(read), why, std::move(advice)};
}

std::size_t count_of(std::span<const Finding> findings, FindingState state) noexcept {
    return static_cast<std::size_t>(std::ranges::count(findings, state, &Finding::state));
}

} // namespace assay::app
