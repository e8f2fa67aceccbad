#include "app/gate/run_gate.hpp"

#include "app/baselines/disagreements.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/gate/asked_of_run.hpp"
#include "app/gate/ci_reports.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/gate/gate_document.hpp"
#include "app/gate/kept_lines.hpp"
#include "app/gate/known_history.hpp"
#include "app/gate/known_series.hpp"
#include "app/gate/left_out_notes.hpp"
#include "app/gate/new_alerts.hpp"
#include "app/gate/printed_gate.hpp"
#include "app/gate/recorded_cases.hpp"
#include "app/notifying/outbox_delivery.hpp"
#include "history/store.hpp"
#include "tracking/expected_series.hpp"
#include "tracking/judged_run.hpp"
#include "verdict/stored_gate.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

// Every case of the plan, whether or not it came to a result.
std::vector<verdict::GateCase> cases_of(const PreparedRun& run,
                                        const std::map<std::string, report::CaseResult>& results) {
    std::vector<verdict::GateCase> cases;
    for (const plan::PlannedCase& planned : run.plan.cases) {
        verdict::GateCase& one = cases.emplace_back();
        one.subject = subject_of(run.suites.at(planned.suite).description, planned);
        if (const auto found = results.find(planned.id); found != results.end()) {
            take_today(one, found->second);
        } else {
            one.standing = verdict::CaseStanding::missing;
            one.reason = "the run has no result of it";
        }
    }
    return cases;
}

void hold_against_nothing(std::vector<verdict::GateCase>& cases) {
    for (verdict::GateCase& one : cases) {
        for (verdict::GateFigure& figure : one.figures) {
            figure.stored = verdict::KnownSeries{
                .baseline = {.baseline = std::nullopt,
                             .reason = "there is no history: --record, or a project's .assay/, "
                                       "begins one"}};
        }
    }
}

struct Known {
    SeriesIds ids = {};
    std::vector<RunWarning> notes = {};
    std::vector<tracking::ExpectedSeries> lost = {};
};

// What the history and the baselines file know of the figures, into the cases.
Result<Known> ask_history(history::Store& store,
                          const history::Run& recorded,
                          const Invocation& invocation,
                          const PreparedRun& run,
                          std::vector<verdict::GateCase>& cases) {
    const auto ours = load_project_baselines(invocation, run.settings.places.project);
    if (!ours) {
        return ours.error();
    }
    // The plan knows nothing of a case that its plugin no longer has: the runs before it do.
    auto lost = tracking::lost_series(store, recorded, {.question = asked_of_run});
    if (!lost) {
        return lost.error();
    }
    add_lost(*lost, recorded, cases);
    auto ids = add_known_series(store, recorded, ours->file(), cases);
    if (!ids) {
        return ids.error();
    }
    if (Status added = add_lost_ids(store, *lost, *ids); !added) {
        return added.error();
    }
    auto notes = disagreements_on(store, recorded.platform, ours->file(), ours->path());
    return notes
               ? Result<Known>(Known{
                     .ids = std::move(*ids), .notes = std::move(*notes), .lost = std::move(*lost)})
               : notes.error();
}

// The run has to be in the history that is asked.
Result<verdict::AlertsAsked> alerts_asked(const verdict::GateFile& gates,
                                          history::Store* store,
                                          const history::Run& run,
                                          const RunRecording& recording,
                                          bool is_ci) {
    if (!asks_for_alerts(gates) && !(is_ci && store != nullptr && recording.is_on())) {
        return verdict::AlertsAsked{};
    }
    if (store == nullptr || !recording.is_on()) {
        return verdict::AlertsAsked{
            .reason = "the run is not recorded: --record, or a project's .assay/"};
    }
    return new_alerts(*store, run);
}

GateHeading heading_of(const verdict::GateFile& gates,
                       bool has_history,
                       const std::vector<verdict::GateCase>& cases,
                       bool cancelled) {
    return {.gates = gates.name,
            .baseline = has_history ? "recorded runs" : "no history",
            .compared = static_cast<std::size_t>(std::ranges::count(
                cases, verdict::CaseStanding::measured_only, &verdict::GateCase::standing)),
            .cases = cases.size(),
            .cancelled = cancelled,
            .null_control = "off",
            .positive_control = "off"};
}

// Of the reporters, which waited for it, then of CI: what failed is part of its document.
void write_reports(const Invocation& invocation,
                   const Messages& say,
                   HeldReports& held,
                   const verdict::GateReport& judged,
                   GateHeading& heading) {
    heading.reports = held.finish(say, gate_document(judged, heading));
    if (invocation.has("--ci")) {
        heading.reports =
            graver(heading.reports, write_gate_document(say, gate_document(judged, heading)));
    }
}

} // namespace

class RunGate::Watcher final : public report::Receiver {
public:
    explicit Watcher(std::shared_ptr<Seen> seen)
        : seen_(std::move(seen)) {}

    [[nodiscard]] std::string name() const override { return "gate"; }

    Status on_event(const report::Event& event) override {
        if (event.kind == report::EventKind::progress) {
            return {};
        }
        if (event.kind == report::EventKind::case_end && event.result) {
            seen_->results.insert_or_assign(event.result->id, *event.result);
        }
        return seen_->events.take(report::to_json(event).as_object());
    }

    Status finish() override { return {}; }

private:
    std::shared_ptr<Seen> seen_;
};

bool is_gated(const Invocation& invocation) {
    return invocation.has("--gate") || invocation.has("--ci");
}

Result<std::optional<RunGate>> RunGate::open(const Invocation& invocation,
                                             const Settings& settings,
                                             const fs::path& here,
                                             report::Bus& bus) {
    if (!is_gated(invocation)) {
        if (invocation.has("--regression-threshold")) {
            return Error{.kind = ErrorKind::usage,
                         .message = "--regression-threshold without --gate or --ci",
                         .hint = "--gate FILE names the rules; `assay gate` has rules of its own"};
        }
        return std::optional<RunGate>();
    }
    RunGate gate;
    auto rules = gate_settings(invocation, process_environment(), settings, here);
    if (!rules) {
        return rules.error();
    }
    gate.settings_ = std::move(*rules);
    gate.seen_ = std::make_shared<Seen>();
    bus.add(std::make_unique<Watcher>(gate.seen_));
    return std::optional(std::move(gate));
}

ExitCode RunGate::judge(const Invocation& invocation,
                        const Messages& say,
                        const PreparedRun& run,
                        const RunRecording& recording,
                        HeldReports& held,
                        bool cancelled) const {
    const auto failed = [&say](const Error& error) {
        return static_cast<ExitCode>(report(say, error));
    };
    const Result<history::Run> recorded = std::move(seen_->events).finish();
    if (!recorded) {
        return failed(recorded.error());
    }
    auto store = known_history(
        invocation, run.settings, recording.is_on() ? HistoryUse::write : HistoryUse::read);
    if (!store) {
        return failed(store.error());
    }
    std::vector<verdict::GateCase> cases = cases_of(run, seen_->results);
    Known known;
    if (*store != nullptr) {
        auto asked = ask_history(**store, *recorded, invocation, run, cases);
        if (!asked) {
            return failed(asked.error());
        }
        known = std::move(*asked);
    } else {
        hold_against_nothing(cases);
    }
    verdict::GateFile gates = settings_.gates;
    add_gated_metrics(gates, *recorded, known.lost);
    auto alerts = alerts_asked(gates, store->get(), *recorded, recording, invocation.has("--ci"));
    if (!alerts) {
        return failed(alerts.error());
    }
    const verdict::GateReport judged = verdict::judge_stored(
        gates,
        cases,
        {.calibration = *store != nullptr ? tracking::calibration_of(**store, *recorded)
                                          : verdict::Calibration{.now = recorded->calibration},
         .host_noise = recorded->host_score,
         .is_ci = recorded->kind == "ci",
         .cancelled = cancelled,
         .alerts = std::move(*alerts)});
    if (*store != nullptr && recording.is_on()) {
        if (const Status kept = keep_lines(**store, recorded->uuid, known.ids, judged); !kept) {
            return failed(kept.error());
        }
        tell_people(**store, invocation, say);
    }
    GateHeading heading = heading_of(gates, *store != nullptr, cases, cancelled);
    heading.notes = std::move(known.notes);
    std::ranges::move(recorded_notes(gates, cases, judged), std::back_inserter(heading.notes));
    heading.rule_lines = rule_lines_of(gates.name);
    heading.run = recording.is_on() ? recorded->uuid : std::string();
    write_reports(invocation, say, held, judged, heading);
    return print_gate_of_run(invocation, say, judged, heading);
}

} // namespace assay::app
