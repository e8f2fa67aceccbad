#include "scripted_run.hpp"

#include <algorithm>
#include <stdexcept>

namespace scripted {
namespace {

class Recorder final : public report::Receiver {
public:
    explicit Recorder(Told& told)
        : told_(told) {}

    [[nodiscard]] std::string name() const override { return "recorder"; }

    Status on_event(const report::Event& event) override {
        switch (event.kind) {
        case report::EventKind::suite_begin:
            told_.events.push_back("suite_begin " + event.suite);
            break;
        case report::EventKind::suite_end:
            told_.events.push_back("suite_end " + event.suite);
            break;
        case report::EventKind::case_begin:
            told_.events.push_back("case_begin " + event.case_id);
            break;
        case report::EventKind::case_end:
            told_.events.push_back("case_end " + event.case_id);
            told_.results.push_back(*event.result);
            break;
        default:
            break;
        }
        return {};
    }

    Status finish() override { return {}; }

private:
    Told& told_;
};

} // namespace

measure::SliceRecord slice(std::uint64_t wall_ns, std::uint64_t iterations) {
    measure::SliceRecord record;
    record.iterations = iterations;
    record.done = iterations;
    record.start_ns = 1'000'000;
    record.wall_ns = wall_ns;
    record.thread_cpu_ns = wall_ns / 2;
    record.process_cpu_ns = wall_ns / 2;
    return record;
}

workers::LaunchOutcome passing(const std::vector<measure::SliceRecord>& slices) {
    workers::LaunchOutcome outcome;
    outcome.record.verified = true;
    outcome.record.setup_s = 0.001;
    outcome.record.first_iteration_s = 0.002;
    outcome.record.calibration.emplace();
    outcome.record.calibration->iterations = slices.empty() ? 1 : slices.front().iterations;
    outcome.record.slices = slices;
    for (std::uint32_t i = 0; i < outcome.record.slices.size(); ++i) {
        outcome.record.slices[i].index = i;
    }
    outcome.death.emplace();
    outcome.death->said_bye = true;
    outcome.death->peak_rss_bytes = 4096;
    return outcome;
}

workers::LaunchOutcome answer(const measure::LaunchRequest& request) {
    return passing(std::vector<measure::SliceRecord>(request.slices, slice(1000)));
}

workers::LaunchOutcome ended(measure::CaseStatus status, std::string reason) {
    workers::LaunchOutcome outcome;
    outcome.record.status = status;
    outcome.record.reason = std::move(reason);
    return outcome;
}

app::SessionOptions options_of(plan::Mode mode, std::uint32_t lanes) {
    app::SessionOptions options;
    options.mode = mode;
    options.lanes = lanes;
    return options;
}

app::SessionSuite suite(std::string name) {
    app::SessionSuite suite;
    suite.plugin_id = "org.example." + name;
    suite.description.name = std::move(name);
    measure::FamilyDescription& family = suite.description.families.emplace_back();
    family.name = "f";
    family.domains = ASSAY_DOMAIN_CORES;
    measure::AxisDescription& axis = family.axes.emplace_back();
    axis.name = "n";
    return suite;
}

plan::Plan plan_of(std::size_t cases) {
    plan::Plan plan;
    for (std::size_t n = 0; n < cases; ++n) {
        plan::PlannedCase& planned = plan.cases.emplace_back();
        planned.id = "s/f[n=" + std::to_string(n) + "]";
        planned.params = {static_cast<std::int64_t>(n)};
    }
    return plan;
}

workers::LaunchOutcome ScriptedLauncher::launch(const app::SessionSuite&,
                                                const measure::LaunchRequest& request,
                                                workers::LaunchTurns& turns,
                                                workers::Deadline,
                                                std::uint32_t) {
    {
        const std::scoped_lock lock(mutex_);
        launches_.push_back(request.case_id + " " + std::to_string(request.launch));
    }
    if (request.slices > 0) {
        turns.acquire(); // left to the session to give back, as after a death
    }
    return script_(request);
}

std::vector<std::string> ScriptedLauncher::launches() const {
    const std::scoped_lock lock(mutex_);
    return launches_;
}

const report::CaseResult& Told::of(const std::string& id) const {
    const auto found = std::ranges::find(results, id, &report::CaseResult::id);
    if (found == results.end()) {
        throw std::runtime_error("no result of " + id);
    }
    return *found;
}

std::size_t Told::count(measure::CaseStatus status) const {
    const auto found = outcome.counts.find(status);
    return found == outcome.counts.end() ? 0 : found->second;
}

Told run(const plan::Plan& plan,
         app::Launcher& launcher,
         app::SessionOptions options,
         const std::function<bool()>& interrupted) {
    Told told;
    const std::vector<app::SessionSuite> suites{suite("s"), suite("other")};
    report::Bus bus;
    bus.add(std::make_unique<Recorder>(told));
    app::Progress progress({.terminal = false, .quiet = true, .columns = 80});
    app::RunSession session(suites, plan, options, launcher, bus, progress);
    told.outcome = session.run(interrupted);
    if (!bus.finish().empty()) {
        throw std::runtime_error("the recorder failed");
    }
    return told;
}

} // namespace scripted
