// Figures and flags of the history, as tables print them and as documents hold them.
//
//   std::string text = interval_text(figures, "s");      // "[1.19 us, 1.21 us]"
//   json::value value = figures_value(point.figures);    // null where nothing was measured
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

inline constexpr std::string_view kNotKnown = "-";

// "1.2 us" or "-".
std::string centre_text(const std::optional<history::Figures>& figures, std::string_view unit);
std::string interval_text(const std::optional<history::Figures>& figures, std::string_view unit);

// "outlier", "environment_shift", ...; in the order of the bits.
std::vector<std::string> flag_names(std::uint32_t flags);

// What a reader must know of a point besides its figure: that it did not pass, its flags, and that
// the tree was not as committed. Separated by spaces.
std::string
remarks_text(measure::CaseStatus status, std::uint32_t flags, const std::optional<bool>& dirty);

// The first digits, as people quote them.
std::string short_commit(const std::string& sha);
std::string short_uuid(const std::string& uuid);
std::string or_not_known(std::string_view text);

json::value figures_value(const std::optional<history::Figures>& figures);
json::array flags_value(std::uint32_t flags);
json::value optional_number(const std::optional<double>& value);
json::value optional_count(const std::optional<std::int64_t>& value);
json::value optional_bool(const std::optional<bool>& value);
json::value optional_text(const std::string& text); // null where empty

} // namespace assay::app
