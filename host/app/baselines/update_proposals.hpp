// `assay baseline update`: where figures could move to, series by series, and why others stay.
//
//   Result<UpdateProposals> found = update_proposals(*store, baselines, {.min_runs = 5});
//   std::string text = proposals_text(*found);
//   for (const UpdateProposal* one : found->accepted()) ...
//
// Reads the store, one thread at a time; what is decided of series is decided on all lanes.
#pragma once

#include "app/text_table.hpp"
#include "history/store.hpp"
#include "support/json.hpp"
#include "tracking/series_baseline.hpp"
#include "verdict/baseline_policy.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct UpdateRequest {
    verdict::BaselinePolicy policy = verdict::BaselinePolicy::segment;
    std::size_t min_runs = 5;
    std::optional<std::string> branch = {}; // nothing: of each series that of its newest run
    std::int64_t now = 0;                   // what began later has no right to be learnt
    bool pinned_too = false;                // figures that a person has fixed may move as well
};

struct UpdateProposal {
    tracking::SeriesBaseline series;
    std::string branch = {}; // empty: not known
    verdict::UpdateAnswer answer = {};
    std::string commit = {}; // of the newest run behind it

    [[nodiscard]] bool moves() const noexcept {
        return answer.refusal == verdict::Refusal::none && answer.proposed.has_value();
    }
};

Result<std::vector<UpdateProposal>> update_proposals(history::Store& store,
                                                     std::vector<tracking::SeriesBaseline> series,
                                                     const UpdateRequest& request);

// What moves, by platform, and what does not, with the reason of each.
std::string proposals_text(const std::vector<UpdateProposal>& proposals);
TextTable proposals_table(const std::vector<UpdateProposal>& proposals);
// schemas/history.json, kind "baseline-update".
json::object proposals_document(const std::vector<UpdateProposal>& proposals,
                                const std::string& where,
                                bool approved);

// The row that a proposal becomes.
history::BaselineRow baseline_row(const UpdateProposal& proposal,
                                  const std::string& who,
                                  const std::string& why,
                                  std::int64_t now);

} // namespace assay::app
