#include "app/session/announced_run.hpp"

#include "app/session/run_document.hpp"

#include <set>
#include <utility>

namespace assay::app {
namespace {

json::array note_lines(const std::vector<RunWarning>& warnings) {
    json::array notes;
    for (const RunWarning& warning : warnings) {
        notes.push_back(json::object{{"text", warning.text}, {"next", warning.next}});
    }
    return notes;
}

} // namespace

report::Event run_event(report::EventKind kind, json::object fields) {
    report::Event event;
    event.kind = kind;
    event.fields = std::move(fields);
    return event;
}

std::vector<SessionSuite> measured_suites(const std::vector<SessionSuite>& suites,
                                          const std::vector<plan::PlannedCase>& cases) {
    std::set<std::size_t> used;
    for (const plan::PlannedCase& planned : cases) {
        used.insert(planned.suite);
    }
    std::vector<SessionSuite> measured;
    for (const std::size_t index : used) {
        measured.push_back(suites[index]);
    }
    return measured;
}

void announce_run(report::Bus& bus, const json::object& document) {
    bus.publish(run_event(report::EventKind::run_begin, {{"run", document}}));
}

void announce_end(report::Bus& bus, json::object& document, EndedRun ended) {
    if (ended.outcome.cancelled) {
        ended.notes.insert(ended.notes.begin(),
                           {.text = "cancelled: only what was complete is reported", .next = ""});
    }
    document["finished"] = utc_text(unix_now_ns());
    bus.publish(run_event(report::EventKind::run_end,
                          {{"run", document},
                           {"summary", summary_object(ended.outcome, ended.cases)},
                           {"complexity", ended.outcome.complexity.document(ended.order_seed)},
                           {"notes", note_lines(ended.notes)},
                           {"next", std::move(ended.next)}}));
}

} // namespace assay::app
