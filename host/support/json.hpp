// JSON as the host uses it: read exactly, written canonically.
//
//   auto doc = parse_json(text, {.duplicate_keys = DuplicateKeys::reject});
//   std::string line = write_json(*doc);
//
// Boost.JSON 1.81's own parser is off by one unit in the last place in about a tenth of all doubles
// and its serialiser writes NaN as `NaN`; hence one reader and one writer of ours around its
// values. Pure functions; callable from any thread.
#pragma once

#include "support/result.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

namespace json = boost::json;

enum class DuplicateKeys { last_wins, reject };

struct JsonReadOptions {
    DuplicateKeys duplicate_keys = DuplicateKeys::reject;
    std::size_t bytes_max = std::size_t{256}
                            << 20; // a document larger than this is somebody's mistake
};

// Every number comes back bit for bit as std::from_chars reads it; integers that fit are kept as
// int64. Errors name line and column, and the nesting limit (32) where that was it.
Result<json::value> parse_json(std::string_view text, JsonReadOptions options = {});

// Reads and parses a file; the error names it.
Result<json::value> read_json_file(const std::string& path, JsonReadOptions options = {});

enum class JsonLayout { compact, indented };
enum class KeyOrder { as_given, sorted };

// Always UTF-8: what is not (names of folders need not be) becomes U+FFFD.
// Numbers are written in the shortest form that reads back as the same double; NaN and infinities
// become null.
std::string write_json(const json::value& value,
                       JsonLayout layout = JsonLayout::compact,
                       KeyOrder order = KeyOrder::as_given);

// Keys sorted by byte, no white space: equal documents give equal bytes (hashing, configuration).
std::string canonical_json(const json::value& value);

// A double as a JSON value: null where it is not finite.
json::value json_number(double value);

// Counts travel as int64 because valijson's "integer" refuses uint64; saturates.
json::value json_count(std::uint64_t value);

// Null for a text that says nothing or is not UTF-8.
json::value json_text(const std::string& text);

// The value at an RFC 6901 pointer, or nullptr.
const json::value* json_at(const json::value& document, std::string_view pointer);

// Typed reads of an object's member with a fallback; never throw.
std::string
json_string(const json::object& object, std::string_view key, std::string_view fallback = {});
double json_double(const json::object& object, std::string_view key, double fallback);
std::int64_t json_int(const json::object& object, std::string_view key, std::int64_t fallback);
bool json_bool(const json::object& object, std::string_view key, bool fallback);

} // namespace assay
