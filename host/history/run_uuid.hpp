// Names of runs: UUIDs of version 7 (RFC 9562 section 5.7), which sort by the time they were made.
//
//   run_uuid(started_ns, sha256_of(document))   // the same again for the same document
//
// Pure; callable from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::history {

// The first 20 hexadecimal digits of `digest` stand where a drawn number would.
std::string run_uuid(std::int64_t unix_ns, std::string_view digest);

// Thirty-two hexadecimal digits in five groups, of any version.
bool is_uuid(std::string_view text) noexcept;

} // namespace assay::history
