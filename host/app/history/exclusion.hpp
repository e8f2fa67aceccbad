// Why somebody has taken figures of a run out, or back in: rows of what is said about them, which
// travel with the run's other verdicts.
//
//   Status noted = note_exclusion(*store, run, case_id, {.excluded = true, .why = "noisy host"});
//   std::string text = exclusions_text(page.verdicts);   // "excluded: 12 figures, noisy host
//   (eva)"
//
// Reads and writes the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

// The source of such rows.
inline constexpr std::string_view kExclusionSource = "exclude";

struct ExclusionNote {
    bool excluded = true; // false: they count again
    std::string why, who; // the former may be empty
    std::int64_t when = 0;
};

// Of every figure of the run, or of one case of it.
Status note_exclusion(history::Store& store,
                      const history::Run& run,
                      const std::optional<std::string>& case_id,
                      const ExclusionNote& note);

// A line for each time that somebody did so; of the rows of a run that are about it.
std::string exclusions_text(const std::vector<history::VerdictRow>& rows);

} // namespace assay::app
