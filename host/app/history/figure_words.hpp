// Figures and flags of the history, as tables print them.
//
//   std::string text = interval_text(figures, "s");      // "[1.19 us, 1.21 us]"
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "tracking/ended_series.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::app {

inline constexpr std::string_view kNotKnown = "-";

// "1.2 us" or "-".
std::string centre_text(const std::optional<history::Figures>& figures, std::string_view unit);
std::string interval_text(const std::optional<history::Figures>& figures, std::string_view unit);

// What a reader must know of a point besides its figure: that it did not pass, its flags, and that
// the tree was not as committed. Separated by spaces.
std::string
remarks_text(measure::CaseStatus status, std::uint32_t flags, const std::optional<bool>& dirty);

// "ended 2026-01-05, in By since": of a series whose metric is told in another unit or direction.
std::string ended_text(const tracking::SeriesEnd& end);

// The first digits, as people quote them.
std::string short_commit(const std::string& sha);
std::string or_not_known(std::string_view text);

} // namespace assay::app
