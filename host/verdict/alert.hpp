// Alerts: how the state of one follows from what an analysis sees of it and from what people say.
//
//   AlertState now = next_state(AlertState::open, AlertSign::over);    // fixed
//   if (notifies(AlertState::open, now)) ...                           // once per cause and turn
//   std::optional<AlertState> answered = answer(AlertState::open, AlertAnswer::expect);
//
// An alert is a cause, not a failing comparison: seen again it says nothing. Section 9 of the
// specification of tracking. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace assay::verdict {

enum class AlertState { candidate, open, acknowledged, expected, fixed, reopened };

std::string_view name_of(AlertState state) noexcept;
// Nothing for a word of a newer Assay.
std::optional<AlertState> alert_state_from(std::string_view name) noexcept;

// What the newest analysis sees of its change points.
enum class AlertSign {
    suspected, // too few runs since
    confirmed,
    over,   // the level is back, or better, or accepted
    unseen, // neither found nor back: nothing is known
};

[[nodiscard]] AlertState next_state(AlertState state, AlertSign sign) noexcept;

// Whether somebody has to be told: it was opened, opened again, or what they knew of is over.
[[nodiscard]] bool notifies(AlertState from, AlertState to) noexcept;

// Something is wrong, and nobody has said that it is meant to be.
[[nodiscard]] bool is_live(AlertState state) noexcept;

enum class AlertAnswer { acknowledge, expect, reopen };

// Nothing where the answer makes no sense in that state.
[[nodiscard]] std::optional<AlertState> answer(AlertState state, AlertAnswer given) noexcept;

} // namespace assay::verdict
