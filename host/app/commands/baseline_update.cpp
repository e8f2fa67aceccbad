// `assay baseline update`: proposes where figures could move to, asks, and moves them. Every figure
// that moves is a new row of the history with the runs behind it, and a line of the baselines file.
#include "app/baselines/approval.hpp"
#include "app/baselines/disagreements.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/baselines/update_proposals.hpp"
#include "app/baselines/usual_branch.hpp"
#include "app/commands/baseline_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "tracking/ended_series.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/stored_points.hpp"

#include <algorithm>
#include <unistd.h>

namespace assay::app {
namespace {

// What one call of the command works on.
struct Update {
    OpenedHistory opened;
    ProjectBaselines ours;
    std::vector<UpdateProposal> proposals;
    std::string branch = {}; // which one, and why: for people
    std::vector<RunWarning> warnings = {};

    [[nodiscard]] std::size_t moving() const {
        return static_cast<std::size_t>(std::ranges::count_if(proposals, &UpdateProposal::moves));
    }
};

UpdateRequest request_from(const Invocation& invocation) {
    UpdateRequest request{.branch = invocation.value("--branch"),
                          .now = now_nanoseconds(),
                          .pinned_too = invocation.has("--pinned-too")};
    if (const auto policy = invocation.value("--policy")) {
        request.policy = verdict::baseline_policy_from(*policy).value_or(request.policy);
    }
    if (const auto runs = invocation.count("--min-runs")) {
        request.min_runs = static_cast<std::size_t>(*runs);
    }
    return request;
}

// A figure of one run is chance: no flag makes it a baseline.
Status check_min_runs(const UpdateRequest& request) {
    constexpr std::size_t kFewest = 2;
    if (request.min_runs < kFewest || request.min_runs > verdict::kSegmentRuns) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--min-runs: " + std::to_string(request.min_runs) +
                                " will not do, expected " + std::to_string(kFewest) + " to " +
                                std::to_string(verdict::kSegmentRuns),
                     .hint = "'assay baseline pin' takes the figure of a single run"};
    }
    return {};
}

// Never the branch of whichever run happened to be the newest: a topic branch's figures are no
// baseline of the main line.
Result<std::string> settle_branch(history::Store& store, UpdateRequest& request) {
    if (request.branch) {
        return "runs of branch '" + *request.branch + "'";
    }
    const auto usual = usual_branch(store, branch_checked_out());
    if (!usual) {
        return usual.error();
    }
    request.branch = usual->name;
    return (usual->name ? "runs of branch '" + *usual->name + "'"
                        : std::string("runs of each series' newest branch")) +
           " (" + usual->why + "; --branch names another)";
}

Result<Update> prepare_update(const Invocation& invocation, bool read_only) {
    UpdateRequest request = request_from(invocation);
    if (Status fit = check_min_runs(request); !fit) {
        return fit.error();
    }
    Result<OpenedHistory> opened = open_history(invocation, {.read_only = read_only});
    if (!opened) {
        return opened.error();
    }
    Result<ProjectBaselines> ours = load_project_baselines(invocation, opened->project);
    if (!ours) {
        return ours.error();
    }
    const Result<Narrowing> asked = narrowing_from(invocation, now_nanoseconds());
    if (!asked) {
        return asked.error();
    }
    if (Status known = check_known(*opened->store, *asked); !known) {
        return known.error();
    }
    const tracking::SeriesChoice choice{.case_words = invocation.words.empty()
                                                          ? std::nullopt
                                                          : std::optional(invocation.words.front()),
                                        .metric = invocation.value("--metric"),
                                        .platform = asked->platform};
    if (Status known = check_known(*opened->store, choice); !known) {
        return known.error();
    }
    Result<std::vector<history::SeriesRow>> rows = tracking::chosen_series(*opened->store, choice);
    if (!rows) {
        return rows.error();
    }
    if (Status kept = tracking::keep_current(*opened->store, *rows); !kept) {
        return kept.error();
    }
    auto baselines = tracking::series_baselines(*opened->store, std::move(*rows), ours->file());
    if (!baselines) {
        return baselines.error();
    }
    std::vector<RunWarning> warnings = disagreements(*baselines, ours->path());
    auto branch = settle_branch(*opened->store, request);
    if (!branch) {
        return branch.error();
    }
    auto proposals = update_proposals(*opened->store, std::move(*baselines), request);
    if (!proposals) {
        return proposals.error();
    }
    return Update{std::move(*opened),
                  std::move(*ours),
                  std::move(*proposals),
                  std::move(*branch),
                  std::move(warnings)};
}

// The figure into the project's file, where there is one.
Status note_down(Update& update, const UpdateProposal& proposal, const history::BaselineRow& row) {
    if (update.ours.path().empty()) {
        return {};
    }
    const history::Series& series = proposal.series.row.series;
    history::BaselineFigure figure = tracking::figure_of(row, series);
    figure.commit = proposal.commit;
    figure.branch = proposal.branch;
    if (Status set = update.ours.set(series, std::move(figure)); !set) {
        return set;
    }
    update.ours.sign(series.platform.label, row.created, proposal.commit, proposal.branch);
    return {};
}

// The rows of the history first, all of them at once: they are what verdicts are held against.
int apply_all(const Messages& say, Update& update, const std::string& why) {
    ExitCode code = ExitCode::pass;
    std::vector<history::BaselineRow> rows;
    for (const UpdateProposal& proposal : update.proposals) {
        if (!proposal.moves()) {
            continue;
        }
        history::BaselineRow row = baseline_row(proposal, who_decides(), why, now_nanoseconds());
        if (const Status noted = note_down(update, proposal, row); !noted) {
            code = graver(code, static_cast<ExitCode>(report(say, noted.error())));
        } else {
            rows.push_back(std::move(row));
        }
    }
    if (const auto added = update.opened.store->add_baselines(rows); !added) {
        return report(say, added.error());
    }
    if (const Status saved = update.ours.save(); !saved) {
        code = graver(code, static_cast<ExitCode>(report(say, saved.error())));
    }
    const std::string& file = update.ours.path();
    say.note("moved " + std::to_string(rows.size()) + " of " + std::to_string(update.moving()) +
             (update.moving() == 1 ? " figure in " : " figures in ") +
             update.opened.store->where() +
             (file.empty() ? "" : " and " + file + "; next: git diff " + file));
    return static_cast<int>(code);
}

int print_proposals(const Invocation& invocation,
                    const Messages& say,
                    const Update& update,
                    bool approved) {
    const std::string format = format_of(invocation);
    if (format == "json") {
        return print_document(
            say, proposals_document(update.proposals, update.opened.store->where(), approved));
    }
    return print_result(say,
                        format == "csv" ? proposals_table(update.proposals).csv()
                                        : proposals_text(update.proposals));
}

} // namespace

int baseline_update(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<Approval> approval = approval_from(invocation, ::isatty(STDIN_FILENO) == 1);
    if (!approval) {
        return report(say, approval.error());
    }
    Result<Update> update = prepare_update(invocation, *approval == Approval::denied);
    if (!update) {
        return report(say, update.error());
    }
    for (const RunWarning& one : update->warnings) {
        say.warning(one.text, one.next);
    }
    say.note(update->branch);
    const std::size_t moving = update->moving();
    const bool granted = *approval == Approval::granted && moving > 0;
    const int printed = print_proposals(invocation, say, *update, granted);
    if (printed != 0 || moving == 0) {
        if (moving == 0) {
            say.note("nothing to move");
        }
        return printed;
    }
    if (*approval == Approval::denied) {
        say.note("dry run: nothing was changed");
        return 0;
    }
    if (*approval == Approval::ask &&
        !asks_yes(STDIN_FILENO, STDERR_FILENO, "Apply these updates?")) {
        say.note("not a yes: nothing was changed");
        return 0;
    }
    return apply_all(say, *update, invocation.value("--why").value_or(""));
}

} // namespace assay::app
