#include "app/comparison/history_run.hpp"

#include "history/events_from_run.hpp"

namespace assay::app {
namespace {

constexpr std::string_view kRunPrefix = "run:";

Status take_event(const json::value& event, RecordedRun& into) {
    if (const json::value* run = json_at(event, "/run"); run != nullptr && run->is_object()) {
        into.run = run->get_object();
    }
    const json::value* one = json_at(event, "/case");
    if (one == nullptr) {
        return {};
    }
    Result<RecordedCase> recorded = recorded_case(into.name, *one, "/case");
    if (!recorded) {
        return recorded.error();
    }
    into.cases.push_back(std::move(*recorded));
    return {};
}

} // namespace

bool is_history_run(std::string_view name) noexcept {
    return name.starts_with(kRunPrefix);
}

Result<RecordedRun> read_history_run(history::Store& store, const std::string& name) {
    const Result<history::Run> run = store.run(name.substr(kRunPrefix.size()));
    if (!run) {
        return run.error();
    }
    RecordedRun recorded{.name = std::string(kRunPrefix) + run->uuid, .run = {}, .cases = {}};
    const Status told = history::each_event(
        *run, [&recorded](const json::value& event) { return take_event(event, recorded); });
    return told ? Result<RecordedRun>(std::move(recorded)) : Result<RecordedRun>(told.error());
}

} // namespace assay::app
