#include "app/gate/gate_recording.hpp"

#include "app/gate/kept_lines.hpp"
#include "app/gate/known_history.hpp"
#include "app/gate/known_series.hpp"
#include "app/recording/history_place.hpp"
#include "app/session/run_document.hpp"

#include <algorithm>
#include <utility>

namespace assay::app {
namespace {

// What is measured by itself where the gate is recorded, in the order of today's plan.
std::vector<std::string>
ids_to_record(const std::vector<MatchedCase>& matched, const GatePlan& plan, bool every_case) {
    std::vector<std::string> ids;
    for (const MatchedCase& one : matched) {
        const auto is_it = [&one](const MatchedCase& other) { return other.id == one.id; };
        const bool asked = std::ranges::find(plan.case_ids, one.id) != plan.case_ids.end() ||
                           std::ranges::any_of(plan.compared, is_it);
        if (one.new_case != nullptr && (asked || every_case)) {
            ids.push_back(one.id);
        }
    }
    return ids;
}

Status
keep_judged(history::Store& store, const std::string& run_id, const verdict::GateReport& judged) {
    const auto run = store.run(run_id);
    if (!run) {
        return run.error();
    }
    const auto ids = series_of(store, *run);
    return ids ? app::keep_lines(store, run_id, *ids, judged) : Status(ids.error());
}

} // namespace

Result<GateRecording> GateRecording::open(const Invocation& invocation,
                                          const Settings& settings,
                                          const Messages& say,
                                          const std::vector<MatchedCase>& matched,
                                          GatePlan& plan,
                                          report::Bus& bus) {
    GateRecording gate;
    gate.run_id_ = make_run_id();
    std::vector<std::string> ids = ids_to_record(matched, plan, invocation.has("--ci"));
    if (ids.empty()) {
        const auto wish =
            recording_wish(invocation, process_environment(), settings.places.project.has_value());
        if (!wish) {
            return wish.error();
        }
        if (*wish != Recording::off) {
            say.note_line("nothing is measured, so no run is recorded: --ci measures every case");
        }
        return gate;
    }
    auto recording = RunRecording::open(invocation, settings, say, gate.run_id_, bus);
    if (!recording) {
        return recording.error();
    }
    gate.recording_ = std::move(*recording);
    if (gate.is_on() || invocation.has("--ci")) {
        plan.case_ids = std::move(ids);
    }
    return gate;
}

ExitCode GateRecording::keep_lines(const Invocation& invocation,
                                   const Messages& say,
                                   const Settings& settings,
                                   const verdict::GateReport& judged) const {
    const auto store = known_history(invocation, settings, HistoryUse::write);
    if (!store) {
        return static_cast<ExitCode>(report(say, store.error()));
    }
    if (*store == nullptr) {
        return ExitCode::pass; // keep() has told that there is none
    }
    const Status kept = keep_judged(**store, run_id_, judged);
    return kept ? ExitCode::pass : static_cast<ExitCode>(report(say, kept.error()));
}

} // namespace assay::app
