// Small text functions that more than one library needs. Pure; callable from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// The candidate with the smallest edit distance to `word`, if it is near enough to be what was
// meant (distance at most a third of the longer word, at least 1): `nearest("rnu", commands)`.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// " (did you mean 'run'?)" or "".
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trim(std::string_view text);

// Keeps [A-Za-z0-9_.+-], writes every other byte as %XX.
std::string percent_encode(std::string_view text);

// Shortest decimal form that reads back as the same double: "0.1", "64", "1e+300".
std::string shortest(double value);

// Whole text as a number, or nothing.
std::optional<std::int64_t> to_int64(std::string_view text);
std::optional<double> to_double(std::string_view text);

// Lower-case hexadecimal.
std::string hex(std::string_view bytes);

bool is_utf8(std::string_view text);

// Every byte that does not belong to a valid sequence becomes U+FFFD; valid text comes back as is.
std::string valid_utf8(std::string_view text);

} // namespace assay
