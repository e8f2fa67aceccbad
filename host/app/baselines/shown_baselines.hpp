// `assay baseline show`: what every series is held against, from the history and from the file.
//
//   std::vector<ShownBaseline> all = shown_baselines(stored, ours.file(), {.metric = "time"});
//   std::string text = baselines_table(all).aligned();
//
// Pure; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "history/baselines_file.hpp"
#include "tracking/series_baseline.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct ShownBaseline {
    std::string label, fingerprint; // the latter empty: not bound to a machine yet
    std::string key;                // "CASE METRIC"
    history::BaselineFigure figure;
    bool stored = false;            // else the file alone has it
    std::string who = {}, why = {}; // the former of what is stored
};

struct ShownChoice {
    std::optional<std::string> case_words = {}, metric = {}, platform = {};
};

// Errors: usage (a pattern that is none, a case or metric that nobody knows, with those there are),
// missing (it is known and has no baseline).
Result<std::vector<ShownBaseline>>
shown_baselines(const std::vector<tracking::SeriesBaseline>& series,
                const history::BaselinesFile& file,
                const ShownChoice& choice);

TextTable baselines_table(const std::vector<ShownBaseline>& all);

// The same for programs: figures as numbers in the unit beside them.
TextTable baselines_rows(const std::vector<ShownBaseline>& all);

// assay.baselines/1. A second machine under one label stands as "LABEL@FINGERPRINT".
history::BaselinesFile baselines_file(const std::vector<ShownBaseline>& all);

} // namespace assay::app
