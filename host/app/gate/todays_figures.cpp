#include "app/gate/todays_figures.hpp"

#include "app/session/interrupt.hpp"
#include "app/session/launchers.hpp"
#include "app/session/run_session.hpp"
#include "lanes/lanes.hpp"

#include <fmt/format.h>

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
                            const MachineResolution& machine,
                            const Side& side,
                            const GatePlan& gate) {
    TodaysFigures today;
    if (gate.case_ids.empty()) {
        return today;
    }
    plan::Plan plan;
    for (const plan::PlannedCase& planned : side.cases) {
        if (std::ranges::find(gate.case_ids, planned.id) != gate.case_ids.end()) {
            plan.cases.push_back(planned);
        }
    }
    Settings own = settings;
    SessionOptions& options = own.session;
    options.counts = gate.counts_today;
    options.memory = gate.memory_today;
    follow(machine, options);
    RunLaunchers launchers(own, lanes::Lanes(options.lanes).count());
    Interrupt interrupt([&] { launchers.cancel(); }, [&] { launchers.kill_all(); });
    say.note_line(fmt::format("limits: {} {} of {}, mode {}",
                              plan.cases.size(),
                              plan.cases.size() == 1 ? "case" : "cases",
                              side.name,
                              plan::name_of(options.mode)));
    report::Bus bus;
    bus.add(std::make_unique<Collector>(today.results));
    Progress progress({.terminal = say.terminal().interactive,
                       .quiet = say.loudness() == Loudness::quiet,
                       .columns = say.terminal().columns});
    RunSession session(side.suites, plan, options, launchers.first(), bus, progress);
    today.cancelled = session.run([&] { return interrupt.requested(); }).cancelled;
    bus.finish();
    today.warnings = launchers.warnings();
    return today;
}

} // namespace assay::app
