#include "app/gate/todays_figures.hpp"

#include "app/session/interrupt.hpp"
#include "app/session/machine_resolution.hpp"
#include "app/session/run_document.hpp"
#include "app/session/run_session.hpp"
#include "app/session/supervisor_options.hpp"

#include <algorithm>

namespace assay::app {
namespace {

class Collector final : public report::Receiver {
public:
    explicit Collector(std::map<std::string, report::CaseResult>& results)
        : results_(results) {}

    [[nodiscard]] std::string name() const override { return "gate"; }

    Status on_event(const report::Event& event) override {
        if (event.kind == report::EventKind::case_end && event.result) {
            results_.insert_or_assign(event.result->id, *event.result);
        }
        return {};
    }

    Status finish() override { return {}; }

private:
    std::map<std::string, report::CaseResult>& results_;
};

} // namespace

TodaysFigures measure_today(const Messages& say,
                            const Settings& settings,
                            const Side& side,
                            const std::vector<std::string>& case_ids) {
    TodaysFigures today;
    if (case_ids.empty()) {
        return today;
    }
    plan::Plan plan;
    for (const plan::PlannedCase& planned : side.cases) {
        if (std::ranges::find(case_ids, planned.id) != case_ids.end()) {
            plan.cases.push_back(planned);
        }
    }
    SessionOptions options = settings.session;
    follow(machine_resolution(resolution_file(), unix_now_ns()), options);
    workers::Supervisor supervisor(supervisor_options(settings));
    WorkerLauncher launcher(
        supervisor, options.isolation, options.pin, lanes::Lanes(options.lanes).count());
    Interrupt interrupt([&] { launcher.cancel(); }, [&] { supervisor.kill_all(); });
    report::Bus bus;
    bus.add(std::make_unique<Collector>(today.results));
    Progress progress({.terminal = say.terminal().interactive,
                       .quiet = say.loudness() == Loudness::quiet,
                       .columns = say.terminal().columns});
    RunSession session(side.suites, plan, options, launcher, bus, progress);
    today.cancelled = session.run([&] { return interrupt.requested(); }).cancelled;
    bus.finish();
    return today;
}

} // namespace assay::app
