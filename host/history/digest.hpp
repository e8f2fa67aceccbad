// The bytes behind a SHA-256 in hexadecimal digits, as a store keeps them in half the room.
//
//   statement.bind_blob(1, digest_bytes(series_key(series)));
//
// Pure; callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay::history {

[[nodiscard]] inline std::string digest_bytes(std::string_view digits) {
    const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<char>(value(digits[i]) * 16 + value(digits[i + 1])));
    }
    return bytes;
}

} // namespace assay::history
