// Names that people give to recorded runs: a named run is meant wherever a recorded run is asked
// for, and the name travels with what else was said about it (judgements.hpp).
//
//   if (Status good = check_run_name("before-rewrite"); !good) ...
//   Status named = store.add_verdicts({run_name_row(run, series_id, {.name = "before-rewrite"})});
//   Result<Run> run = store.run("before-rewrite");
//
// Of several runs of one name the one that got it last has it; where that was taken back, nobody
// has. A name is kept as a word about the run's first series, so a run without any figure can have
// none. Pure; any thread.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::history {

// In front of the name, in the source of such rows.
inline constexpr std::string_view kNameSource = "name:";

inline constexpr std::size_t kRunNameMax = 64; // fits a column of a table

struct RunNaming {
    std::string name, who;
    std::int64_t when = 0;
    bool removed = false; // the name means nothing from then on
};

// Letters, digits, '.', '_', '+' and '-'; not what begins with '-', looks like an id or a commit,
// or means a run already ("latest"). Errors: usage.
Status check_run_name(std::string_view name);

[[nodiscard]] VerdictRow
run_name_row(const std::string& run_uuid, std::int64_t series_id, const RunNaming& naming);

// The naming that a row tells of; an empty name: it is about something else.
[[nodiscard]] RunNaming naming_of(const VerdictRow& row);

// The names that a run got and that nobody took back, of what is said about it. A later run of the
// same name is not looked at.
[[nodiscard]] std::vector<std::string> run_names(const std::vector<VerdictRow>& rows);

} // namespace assay::history
