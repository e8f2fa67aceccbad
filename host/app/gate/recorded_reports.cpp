#include "app/gate/recorded_reports.hpp"

#include "app/exporting/run_bundle.hpp"
#include "app/gate/ci_reports.hpp"
#include "app/session/reporters.hpp"
#include "report/recorded_event.hpp"
#include "tracking/exports/told_run.hpp"

#include <utility>
#include <vector>

namespace assay::app {
namespace {

// Of some cases alone a summary has to be made anew, which only the history's events have.
history::Run with_cases(history::Run run, const std::set<std::string>& cases) {
    std::erase_if(run.points, [&cases](const history::Point& point) {
        return !cases.contains(point.series.case_id);
    });
    std::erase_if(run.failures, [&cases](const history::Failure& failure) {
        return !cases.contains(failure.case_id);
    });
    return run;
}

std::vector<json::object> events_of(const Messages& say, const ReportedRun& told) {
    if (told.cases) {
        return tracking::told_by_history(with_cases(told.run, *told.cases));
    }
    if (const auto bundle = bundle_of(told.run, told.bundles)) {
        auto whole = tracking::told_by_bundle(*bundle);
        if (!whole) {
            say.warning(whole.error().message + "; reported is what the history keeps of the run");
        } else if (*whole) {
            return std::move(**whole);
        }
    }
    return tracking::told_by_history(told.run);
}

} // namespace

Result<std::unique_ptr<RecordedReports>> RecordedReports::open(const Invocation& invocation,
                                                               const Messages& say) {
    auto settings = settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    const auto loaded = load_suites(*settings, {.store = true, .describe = false});
    if (!loaded) {
        return loaded.error();
    }
    if (invocation.has("--ci")) {
        settings->reporters =
            with_ci_reporters(std::move(settings->reporters), ReportsOf::run, *loaded, say);
    }
    auto reports = std::make_unique<RecordedReports>();
    if (Status opened = open_reporters(invocation,
                                       *settings,
                                       *loaded,
                                       say,
                                       reports->held_.reporters(),
                                       StdoutOf::reporters_asked_for);
        !opened) {
        return opened.error();
    }
    return reports;
}

ExitCode RecordedReports::tell(const Messages& say, const ReportedRun& told, json::object gate) {
    for (const json::object& event : events_of(say, told)) {
        bus_.publish(report::recorded_event(event));
    }
    const ExitCode forwarded = finish_reports(say, bus_); // first: then all of it has arrived
    return graver(forwarded, held_.finish(say, std::move(gate)));
}

} // namespace assay::app
