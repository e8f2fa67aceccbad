#include "app/gate/todays_figures.hpp"

#include "app/session/announced_run.hpp"
#include "app/session/interrupt.hpp"
#include "app/session/launchers.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"
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

plan::Plan plan_of(const Side& side, const std::vector<std::string>& case_ids) {
    plan::Plan plan;
    for (const plan::PlannedCase& planned : side.cases) {
        if (std::ranges::find(case_ids, planned.id) != case_ids.end()) {
            plan.cases.push_back(planned);
        }
    }
    return plan;
}

} // namespace

TodaysFigures measure_today(const Messages& say, const WantedFigures& wanted, report::Bus& bus) {
    TodaysFigures today;
    const GatePlan& gate = wanted.plan;
    if (gate.case_ids.empty()) {
        return today;
    }
    today.measured = true;
    const plan::Plan plan = plan_of(wanted.side, gate.case_ids);
    Settings own = wanted.settings;
    SessionOptions& options = own.session;
    options.counts = gate.counts_today;
    options.memory = gate.memory_today;
    follow(wanted.machine, options);
    const std::uint32_t lanes = lanes::Lanes(options.lanes).count();
    json::object document = run_document(wanted.run_id,
                                         unix_now_ns(),
                                         options,
                                         measured_suites(wanted.side.suites, plan.cases),
                                         wanted.argv,
                                         lanes);
    describe_machine(wanted.machine, {}, document);
    RunLaunchers launchers(own, lanes);
    Interrupt interrupt([&] { launchers.cancel(); }, [&] { launchers.kill_all(); });
    say.note_line(fmt::format("today's figures: {} {} of {}, mode {}",
                              plan.cases.size(),
                              plan.cases.size() == 1 ? "case" : "cases",
                              wanted.side.name,
                              plan::name_of(options.mode)));
    bus.add(std::make_unique<Collector>(today.results));
    announce_run(bus, document);
    Progress progress({.terminal = say.terminal().interactive,
                       .quiet = say.loudness() == Loudness::quiet,
                       .columns = say.terminal().columns});
    RunSession session(wanted.side.suites, plan, options, launchers.first(), bus, progress);
    const SessionOutcome outcome = session.run([&] { return interrupt.requested(); });
    today.cancelled = outcome.cancelled;
    today.warnings = launchers.warnings();
    announce_end(bus,
                 document,
                 {.outcome = outcome,
                  .cases = plan.cases.size(),
                  .order_seed = options.order_seed,
                  .notes = today.warnings});
    today.reports = finish_reports(say, bus);
    return today;
}

} // namespace assay::app
