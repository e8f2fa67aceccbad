// `assay history trend`: a series through time. Series of several platforms stand apart: their
// figures are never one line.
//
//   Result<std::vector<Trend>> trends = read_trends(*store, choice, points);
//   std::string text = trends_text(*trends, {.spark = true, .unicode = true});
//
// Reads the store; one thread at a time.
#pragma once

#include "app/history/series_choice.hpp"
#include "app/text_table.hpp"
#include "history/store.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace assay::app {

struct Trend {
    history::SeriesRow row;
    std::vector<history::SeriesPoint> points; // oldest first
};

// Without a metric: `time` of the cases that have it, every metric of the others. Series without a
// point in that time are left out; error (missing) where all are.
Result<std::vector<Trend>>
read_trends(history::Store& store, const SeriesChoice& choice, const history::PointQuery& points);

struct TrendLook {
    bool spark = false; // on a terminal
    bool unicode = false;
};

std::string trends_text(const std::vector<Trend>& trends, const TrendLook& look);
TextTable trends_table(const std::vector<Trend>& trends); // one, for programs
// schemas/history.json, kind "trend".
json::object trends_document(const std::vector<Trend>& trends, const std::string& where);

// The members that tell one series from another.
json::object series_value(const history::Series& series);

} // namespace assay::app
