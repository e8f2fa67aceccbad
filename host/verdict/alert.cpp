#include "verdict/alert.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace assay::verdict {
namespace {

constexpr std::array<std::string_view, 6> kStates{
    "candidate", "open", "acknowledged", "expected", "fixed", "reopened"};

// A person knows of it, or should.
bool is_told(AlertState state) noexcept {
    return state == AlertState::open || state == AlertState::acknowledged ||
           state == AlertState::reopened;
}

} // namespace

std::string_view name_of(AlertState state) noexcept {
    return kStates.at(static_cast<std::size_t>(state));
}

std::optional<AlertState> alert_state_from(std::string_view name) noexcept {
    const auto found = std::ranges::find(kStates, name);
    return found == kStates.end() ? std::nullopt
                                  : std::optional(static_cast<AlertState>(found - kStates.begin()));
}

AlertState next_state(AlertState state, AlertSign sign) noexcept {
    switch (state) {
    case AlertState::candidate:
        // One that nobody was told of ends without a word.
        return sign == AlertSign::confirmed   ? AlertState::open
               : sign == AlertSign::suspected ? AlertState::candidate
                                              : AlertState::fixed;
    case AlertState::open:
    case AlertState::acknowledged:
    case AlertState::reopened:
        return sign == AlertSign::over ? AlertState::fixed : state;
    case AlertState::fixed:
        return sign == AlertSign::confirmed ? AlertState::reopened : AlertState::fixed;
    case AlertState::expected:
        break; // until a person reopens it
    }
    return state;
}

bool notifies(AlertState from, AlertState to) noexcept {
    if (from == to) {
        return false;
    }
    return to == AlertState::open || to == AlertState::reopened ||
           (to == AlertState::fixed && is_told(from));
}

bool is_live(AlertState state) noexcept {
    return state == AlertState::candidate || is_told(state);
}

std::optional<AlertState> answer(AlertState state, AlertAnswer given) noexcept {
    switch (given) {
    case AlertAnswer::acknowledge:
        return state == AlertState::open || state == AlertState::reopened
                   ? std::optional(AlertState::acknowledged)
                   : std::nullopt;
    case AlertAnswer::expect:
        return is_told(state) ? std::optional(AlertState::expected) : std::nullopt;
    case AlertAnswer::reopen:
        return state == AlertState::acknowledged || state == AlertState::expected ||
                       state == AlertState::fixed
                   ? std::optional(AlertState::reopened)
                   : std::nullopt;
    }
    return std::nullopt;
}

} // namespace assay::verdict
