// A run from its plan to its last event: verify everything first, then measure, over all lanes.
//
//   RunSession session(suites, plan, options, launcher, bus, progress);
//   SessionOutcome outcome = session.run([&] { return interrupt.requested(); });
//
// Used once, from one thread.
#pragma once

#include "app/exit_code.hpp"
#include "app/session/case_run.hpp"
#include "app/session/complexity_fits.hpp"
#include "app/session/progress.hpp"
#include "app/session/speedup.hpp"
#include "app/session/warnings.hpp"
#include "report/bus.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace assay::app {

struct SessionOutcome {
    std::map<measure::CaseStatus, std::size_t> counts; // of every case of the plan
    std::string first_crash;   // id of the first case that crashed, for advice
    WarningSigns signs;        // reasons to doubt the figures
    ComplexityFits complexity; // over the numeric axes
    bool cancelled = false;
    double seconds = 0;
};

// "cases" and a count per status, as in the results document.
json::object summary_object(const SessionOutcome& outcome, std::size_t cases);

// What the run amounts to. 0 needs a passed case, nothing worse, and a result for every one of the
// plan's `cases`: one that got lost, or ended although nobody interrupted the run, is a failure.
ExitCode code_of(const SessionOutcome& outcome, std::size_t cases);

class RunSession {
public:
    RunSession(const std::vector<SessionSuite>& suites,
               const plan::Plan& plan,
               const SessionOptions& options,
               Launcher& launcher,
               report::Bus& bus,
               Progress& progress);

    // `interrupted` is asked before every launch.
    SessionOutcome run(const std::function<bool()>& interrupted);

private:
    using Clock = std::chrono::steady_clock;

    void verify_all(const lanes::Lanes& lanes);
    void measure_all(const lanes::Lanes& lanes);
    static void guarded(CaseRun& run, const std::function<void()>& step);
    void finish(CaseRun& run);
    void publish(report::CaseResult result);
    void begin_suite(const std::string& suite);
    void end_suites();
    [[nodiscard]] bool suite_given_up(std::size_t suite) const;
    [[nodiscard]] bool stopping() const;

    const std::vector<SessionSuite>& suites_;
    const plan::Plan& plan_;
    const SessionOptions& options_;
    report::Bus& bus_;
    Progress& progress_;
    Launcher& launcher_;
    std::function<bool()> interrupted_;
    lanes::DomainTokens tokens_;
    CaseContext context_;
    std::vector<std::unique_ptr<CaseRun>> runs_;
    std::vector<std::atomic<std::uint32_t>> crashes_; // by suite
    std::atomic<bool> failed_fast_{false};
    std::mutex publishing_;
    Speedups speedups_;
    std::vector<std::string> begun_suites_;
    SessionOutcome outcome_;
};

} // namespace assay::app
