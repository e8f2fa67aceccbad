// What an importer makes of a foreign file, as values that travel from the worker to the host:
// whose run it is, one result after the other, and how it ended.
//
//   Result<ImportedEvent> event = imported_event(*given);         // of the ABI, in the worker
//   std::string text = write_json(to_json(*event));
//   Result<ImportedEvent> same = imported_event_from_json(document);   // in the host
//
// Plain values; pure functions.
#pragma once

#include "measure/description.hpp"
#include "measure/launch.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <assay/plugin.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace assay::measure {

// A document larger than this is refused before a byte of it is read.
inline constexpr std::uint64_t kImportBytesMax = std::uint64_t{256} << 20;
inline constexpr std::size_t kProbedBytes = std::size_t{64} << 10; // what probe() is shown
inline constexpr std::uint64_t kImportedCasesMax = 1'000'000;

// PROBE and IMPORT. `path`: where the bytes lie; `name`: what the importer is told.
struct ImportRequest {
    std::string importer, path, name;
    std::string options = "{}";
};

struct ImportedRun {
    std::string commit, parent_commit, branch, repository, tool, machine;
    std::optional<bool> dirty = {};
    std::optional<std::int64_t> date = {}, commit_time = {}; // nanoseconds since 1970
    json::object hardware = {}, environment = {};
};

struct ImportedMetric {
    std::string key, unit, source_unit;
    Direction direction = Direction::none;
    Clock clock = Clock::automatic;
    bool exact = false;
    std::vector<double> samples = {};         // of all launches, in the order taken
    std::vector<std::uint64_t> launches = {}; // how many of each; empty: one launch
    // What the tool computed; nothing where it is not known.
    std::optional<double> median = {}, mean = {}, stddev = {}, min = {}, max = {}, p95 = {},
                          p99 = {}, lo = {}, hi = {};
    std::uint64_t n = 0;
};

struct ImportedCase {
    std::string suite, name; // as the tool calls them
    json::object parameters = {};
    CaseStatus status = CaseStatus::passed;
    std::string reason = {}, note = {};
    std::vector<ImportedMetric> metrics = {};
};

struct ImportedEnd {
    std::string partial;                  // why the rest could not be read; empty: all of it was
    std::vector<std::string> unread = {}; // of a folder: files that are none of the tool's
    std::uint64_t unread_count = 0;       // there may be more than are named
};

using ImportedEvent = std::variant<ImportedRun, ImportedCase, ImportedEnd>;

// Nothing for kinds that are none of an import. Errors (plugin): a figure that is not external, a
// metric without key or unit, lengths that do not add up. A figure that is not finite fails its
// case
// ("non-finite"), and is told to nobody.
Result<std::optional<ImportedEvent>> imported_event(const assay_event& event);

json::value to_json(const ImportRequest& request);
Result<ImportRequest> import_request_from_json(const json::value& document);
json::value to_json(const ImportedEvent& event);
// The facts of a run, as both an importer's event and the worker's message name them.
ImportedRun imported_run_from_json(const json::object& said);
ImportedEnd imported_end_from_json(const json::object& said);
Result<ImportedEvent> imported_event_from_json(const json::value& document);

} // namespace assay::measure
