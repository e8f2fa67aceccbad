// `assay history trend`: series through time, as text and as documents.
//
//   Result<std::vector<tracking::Trend>> trends = tracking::read_trends(*store, choice, points);
//   std::string text = trends_text(*trends, {.spark = true, .unicode = true});
//
// Pure but for the clock, which says what lies in the future; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "support/json.hpp"
#include "tracking/trend.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::app {

struct TrendLook {
    bool spark = false; // on a terminal
    bool unicode = false;
    std::size_t name_digits = 36; // of a run's uuid
};

std::string trends_text(const std::vector<tracking::Trend>& trends, const TrendLook& look);
TextTable trends_table(const std::vector<tracking::Trend>& trends); // one, for programs
// schemas/history.json, kind "trend".
json::object trends_document(const std::vector<tracking::Trend>& trends, const std::string& where);

} // namespace assay::app
