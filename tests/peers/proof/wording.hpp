// How the proof's tables call things, in text and in the document alike. Pure; any thread.
#pragma once

#include "cell.hpp"
#include "tally.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace proof {

[[nodiscard]] std::string_view name_of(View view);
[[nodiscard]] std::string_view name_of(Reached reached);
// "alarms <= 1 %, bound <= 5 %"; empty where nothing is promised.
[[nodiscard]] std::string goal_text(const Cell& cell);

// Of values that ascend; one that really occurred. Precondition: not empty.
[[nodiscard]] double quantile(std::span<const double> ascending, double p);

// The methods that made comparisons in this cell.
[[nodiscard]] std::vector<View> views_of(std::span<const Record> records, const Cell& cell);

} // namespace proof
