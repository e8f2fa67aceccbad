// What a look at the history is narrowed to, read once from the command line.
//
//   Result<Narrowing> asked = narrowing_from(invocation, now);
//   if (Status known = check_known(*store, *asked); !known) ...
//   std::vector<history::RunRow> rows = *store->runs(run_query(*asked));
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/point_statistic.hpp"
#include "tracking/series_choice.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct Narrowing {
    std::optional<std::string> platform = {}; // label, or the first digits of a fingerprint
    bool platform_typed = false;              // else it comes from PERFORMANCE_PLATFORM
    std::optional<std::string> branch = {};
    std::optional<std::int64_t> since = {};
    std::size_t limit = 0; // 0: all
};

// --platform, with PERFORMANCE_PLATFORM behind it.
OptionSpec platform_option(const std::string& group);
OptionSpec branch_option(const std::string& group);
// --days, --since
std::vector<OptionSpec> since_options(const std::string& group);
OptionSpec limit_option(const std::string& group, const std::string& help);

// --statistic: which figure of every point; the median where nobody says.
OptionSpec statistic_option(const std::string& group);
tracking::PointStatistic statistic_from(const Invocation& invocation);

// Options that a command does not have are simply never given. Errors: usage.
Result<Narrowing> narrowing_from(const Invocation& invocation, std::int64_t now);

// A platform or branch that the history does not know is a misspelt word (usage), or, where the
// environment names it, one of which nothing was recorded yet (missing). Names the nearest.
Status check_known(history::Store& store, const Narrowing& asked);

// The same of the words for series: a case or metric that no series has, of a history that has
// some. What is known and was never seen together is for the caller to tell (missing).
Status check_known(history::Store& store, const tracking::SeriesChoice& choice);

history::RunQuery run_query(const Narrowing& asked);

// System time in the history's unit.
std::int64_t now_nanoseconds();

} // namespace assay::app
