// The members that documents of the history are made of (schemas/history.json).
//
//   json::object document = history_head("runs", store.where());
//   document["started"] = instant_value(run.started);    // null where it is not known
//   document["figures"] = figures_value(point.figures);  // null where nothing was measured
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

// The head of every document of the history: {"schema", "kind", "history"}.
json::object history_head(const std::string& kind, const std::string& where);
// {"label", "fingerprint"}
json::object platform_value(const std::string& label, const std::string& fingerprint);
// The members that tell one series from another.
json::object series_value(const history::Series& series);

json::value instant_value(std::optional<std::int64_t> nanoseconds);
json::value figures_value(const std::optional<history::Figures>& figures);

// "outlier", "environment_shift", ...; in the order of the bits.
std::vector<std::string> flag_names(std::uint32_t flags);
json::array flags_value(std::uint32_t flags);

json::value optional_number(const std::optional<double>& value);
json::value optional_count(const std::optional<std::int64_t>& value);
json::value optional_bool(const std::optional<bool>& value);
json::value optional_text(const std::string& text); // null where empty

} // namespace assay::tracking
