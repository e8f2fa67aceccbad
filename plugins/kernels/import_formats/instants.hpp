// Dates as tools write them, in nanoseconds since 1970, UTC.
//
//   read_instant("2015-08-15T00:09:52.123+02:00")   // ISO 8601, 'T' or a space
//   read_instant("2016/08/02 17:44:46")             // no zone: read as UTC
//
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::import_formats {

// Nothing for what is no date and time, or before 1970 or after 2200.
[[nodiscard]] std::optional<std::int64_t> read_instant(std::string_view text) noexcept;

// Of milliseconds, as JavaScript counts; nothing outside the same range.
[[nodiscard]] std::optional<std::int64_t> instant_from_milliseconds(double value) noexcept;

} // namespace assay::import_formats
