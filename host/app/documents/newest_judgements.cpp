#include "app/documents/newest_judgements.hpp"

#include "app/gate/asked_of_run.hpp"
#include "app/gate/gate_document.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/gate/known_series.hpp"
#include "app/gate/recorded_cases.hpp"
#include "tracking/expected_series.hpp"
#include "tracking/judged_run.hpp"
#include "verdict/stored_gate.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace assay::app {
namespace {

using tracking::GateJudgement;
using verdict::GateOutcome;

constexpr std::array<GateOutcome, 7> kToldFirst{GateOutcome::broken,
                                                GateOutcome::failed,
                                                GateOutcome::nothing,
                                                GateOutcome::undecided,
                                                GateOutcome::warned,
                                                GateOutcome::passed,
                                                GateOutcome::not_applicable};

void count_outcomes(const std::map<std::string, std::size_t>& counts, GateJudgement& judgement) {
    for (const GateOutcome outcome : kToldFirst) {
        const std::string word(name_of(outcome));
        if (const auto found = counts.find(word); found != counts.end()) {
            judgement.outcomes.emplace_back(word, found->second);
        }
    }
}

// Of words that a newer Assay kept nothing is made.
GateJudgement kept_judgement(const std::vector<history::GateRow>& rows) {
    GateJudgement judgement{.recorded = true};
    std::map<std::string, std::size_t> counts;
    ExitCode code = ExitCode::pass;
    for (const history::GateRow& row : rows) {
        ++counts[row.verdict];
        for (const GateOutcome outcome : kToldFirst) {
            code = row.verdict == name_of(outcome) ? graver(code, code_of(outcome)) : code;
        }
    }
    count_outcomes(counts, judgement);
    judgement.exit_code = static_cast<int>(code);
    return judgement;
}

Result<GateJudgement> judge_now(const verdict::GateFile& file,
                                history::Store& store,
                                const history::Run& run,
                                const history::BaselinesFile& baselines) {
    verdict::GateFile gates = file;
    std::vector<verdict::GateCase> cases = recorded_cases(run);
    const auto lost =
        tracking::lost_series(store, run, {.baselines = &baselines, .question = asked_of_run});
    if (!lost) {
        return lost.error();
    }
    add_lost(*lost, run, cases);
    if (const auto known = add_known_series(store, run, baselines, cases); !known) {
        return known.error();
    }
    add_gated_metrics(gates, run, *lost);
    const verdict::GateReport judged =
        verdict::judge_stored(gates,
                              cases,
                              {.calibration = tracking::calibration_of(store, run),
                               .host_noise = run.host_score,
                               .is_ci = run.kind == "ci",
                               .cancelled = run.status == "cancelled",
                               .alerts = {.reason = "a report opens no alert"}});
    GateJudgement judgement{.gates = gates.name};
    std::map<std::string, std::size_t> counts;
    for (const verdict::GateLine& line : judged.lines) {
        ++counts[std::string(name_of(line.outcome))];
    }
    count_outcomes(counts, judgement);
    const bool any_broken =
        std::ranges::count(cases, verdict::CaseStanding::broken, &verdict::GateCase::standing) > 0;
    GateHeading heading;
    heading.reports = any_broken ? ExitCode::failed : ExitCode::pass;
    judgement.exit_code = static_cast<int>(code_of(judged, heading));
    return judgement;
}

Result<GateJudgement> judgement_of(const verdict::GateFile& gates,
                                   history::Store& store,
                                   const std::string& run_uuid,
                                   const history::BaselinesFile& baselines) {
    const auto rows = store.gate_results(run_uuid);
    if (!rows) {
        return rows.error();
    }
    if (!rows->empty()) {
        return kept_judgement(*rows);
    }
    const auto run = store.run(run_uuid);
    return run ? judge_now(gates, store, *run, baselines) : Result<GateJudgement>(run.error());
}

} // namespace

Result<tracking::GateSummary> judge_newest_runs(const Invocation& invocation,
                                                history::Store& store,
                                                const tracking::Dashboard& shown,
                                                const history::BaselinesFile& baselines) {
    tracking::GateSummary summary;
    if (shown.branches.empty()) {
        return summary;
    }
    const auto settled = settle_gate(invocation);
    if (!settled) {
        return settled.error();
    }
    ExitCode worst = ExitCode::pass;
    for (const tracking::DashboardBranch& branch : shown.branches) {
        const std::string& run = branch.runs.back().row.uuid;
        if (!branch.project.empty()) { // of several: what others measured is not its past
            if (Status looked = store.look_at(branch.project); !looked) {
                return looked.error();
            }
        }
        auto judged = judgement_of(settled->gate.gates, store, run, baselines);
        if (!branch.project.empty()) {
            if (Status whole = store.look_at(std::nullopt); !whole) {
                return whole.error();
            }
        }
        if (!judged) {
            return judged.error();
        }
        judged->platform = branch.platform.label;
        judged->run = run;
        worst = graver(worst, static_cast<ExitCode>(judged->exit_code));
        summary.judgements.push_back(std::move(*judged));
    }
    summary.exit_code = static_cast<int>(worst);
    return summary;
}

} // namespace assay::app
