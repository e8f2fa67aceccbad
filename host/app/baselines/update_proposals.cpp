#include "app/baselines/update_proposals.hpp"

#include "history/timestamp.hpp"
#include "lanes/lanes.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/stored_points.hpp"
#include "verdict/levels.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace assay::app {
namespace {

std::optional<verdict::StoredBaseline> current_of(const tracking::SeriesBaseline& series) {
    const std::optional<history::BaselineFigure> figure = series.current();
    if (!figure) {
        return std::nullopt;
    }
    verdict::SeriesKind kind = tracking::kind_of(series.row.series);
    kind.unit = figure->unit;
    kind.direction = figure->direction;
    return verdict::StoredBaseline{.center = figure->value, .kind = kind};
}

// A proposal and what it is to be made of.
struct Pending {
    UpdateProposal proposal;
    std::vector<verdict::StoredPoint> points = {};
    std::vector<std::string> accepted = {}; // runs that begin a level which a person has accepted
};

Result<Pending>
pending_of(history::Store& store, tracking::SeriesBaseline series, const UpdateRequest& request) {
    auto read = tracking::points_of_branch(store, series.row.id, request.branch);
    if (!read) {
        return read.error();
    }
    std::erase_if(*read, [&request](const history::SeriesPoint& point) {
        return history::is_in_future(point.started, request.now);
    });
    Pending pending{.proposal = {.series = std::move(series)}};
    pending.proposal.branch = read->empty() ? std::string() : read->back().branch;
    pending.points = tracking::stored_points(std::move(*read));
    auto accepted = tracking::accepted_onsets(store, pending.proposal.series.row.id);
    if (!accepted) {
        return accepted.error();
    }
    pending.accepted = std::move(*accepted);
    return pending;
}

void propose(Pending& pending, const UpdateRequest& request) {
    UpdateProposal& proposal = pending.proposal;
    const verdict::SeriesKind kind = tracking::kind_of(proposal.series.row.series);
    verdict::mark_levels(pending.points, kind, pending.accepted);
    proposal.answer =
        verdict::propose_update(pending.points,
                                kind,
                                current_of(proposal.series),
                                {.policy = request.policy, .min_runs = request.min_runs});
    const bool pinned = proposal.series.is_pinned();
    if ((pinned || proposal.series.is_accepted_elsewhere()) && !request.pinned_too &&
        proposal.moves()) {
        proposal.answer.refusal = verdict::Refusal::pinned;
        proposal.answer.reason =
            std::string(pinned ? "a person has fixed it"
                               : "a person has accepted it, in another history") +
            ": 'assay baseline pin', or --pinned-too here, moves it";
    }
    if (proposal.answer.proposed) {
        proposal.commit = proposal.answer.proposed->sha;
    }
}

} // namespace

Result<std::vector<UpdateProposal>> update_proposals(history::Store& store,
                                                     std::vector<tracking::SeriesBaseline> series,
                                                     const UpdateRequest& request) {
    std::vector<Pending> all;
    all.reserve(series.size());
    for (tracking::SeriesBaseline& one : series) {
        Result<Pending> pending = pending_of(store, std::move(one), request);
        if (!pending) {
            return pending.error();
        }
        all.push_back(std::move(*pending));
    }
    lanes::Lanes().run(all.size(), [&](std::size_t i, std::uint32_t) { propose(all[i], request); });
    std::vector<UpdateProposal> proposals;
    proposals.reserve(all.size());
    for (Pending& pending : all) {
        proposals.push_back(std::move(pending.proposal));
    }
    std::ranges::stable_sort(proposals, {}, [](const UpdateProposal& one) {
        const history::Platform& platform = one.series.row.series.platform;
        return std::tie(platform.label, platform.fingerprint);
    });
    return proposals;
}

history::BaselineRow baseline_row(const UpdateProposal& proposal,
                                  const std::string& who,
                                  const std::string& why,
                                  std::int64_t now) {
    const verdict::Baseline& figure = *proposal.answer.proposed;
    history::BaselineRow row{.series_id = proposal.series.row.id,
                             .policy = std::string(verdict::name_of(figure.policy)),
                             .center = figure.center,
                             .spread = figure.spread(),
                             .n = static_cast<std::int64_t>(figure.n),
                             .from_run = {},
                             .to_run = {},
                             .who = who,
                             .why = why.empty() ? proposal.answer.reason : why,
                             .evidence = figure.runs,
                             .created = now};
    if (!figure.runs.empty()) {
        row.from_run = figure.runs.front();
        row.to_run = figure.runs.back();
    }
    if (proposal.series.stored) {
        row.previous = proposal.series.stored->id;
    }
    return row;
}

} // namespace assay::app
