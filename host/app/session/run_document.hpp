// The "run" object of the results document: what was measured when, where, from which tree.
//
//   json::object run = run_document(identity, options);
//
// Pure but for the questions it asks the machine and git, once.
#pragma once

#include "app/session/session_options.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::app {

// A UUID of version 7 (RFC 9562 section 5.7): sorts by the time it was made.
std::string make_run_id();

// UTC with milliseconds, "2026-11-20T12:00:00.000Z".
std::string utc_text(std::uint64_t unix_ns);
std::uint64_t unix_now_ns();

// Everything known before the first measurement; "finished" is null until then.
json::object run_document(const std::string& run_id,
                          std::uint64_t started_ns,
                          const SessionOptions& options,
                          const std::vector<SessionSuite>& suites,
                          const std::vector<std::string>& argv,
                          std::uint32_t lanes);

} // namespace assay::app
