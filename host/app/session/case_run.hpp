// One case from its verifying launch to its result.
//
//   CaseRun run(suite, planned, options, context);
//   if (run.verify(lane)) run.measure(lane);
//   report::CaseResult result = std::move(run).result();
//
// verify() and measure() are called by one lane at a time, not necessarily the same.
#pragma once

#include "app/session/launch_figures.hpp"
#include "app/session/launcher.hpp"
#include "app/session/session_options.hpp"
#include "lanes/lanes.hpp"
#include "plan/plan.hpp"
#include "report/event.hpp"

#include <functional>
#include <string>

namespace assay::app {

// What every case of a session shares.
struct CaseContext {
    const SessionOptions& options;
    Launcher& launcher;
    lanes::DomainTokens& tokens;
    std::function<bool()> stopping; // nobody should start another launch
    std::function<void(const std::string& case_id, std::uint32_t launch, std::uint32_t launches)>
        on_launch;
    std::function<void(const std::string& case_id, std::int32_t level, std::string_view text)>
        on_log;
};

class CaseRun {
public:
    CaseRun(const SessionSuite& suite,
            const plan::PlannedCase& planned,
            const CaseContext& context);

    // The untimed launch: verification, first iteration, n against 2n. False = the case is over.
    bool verify(std::uint32_t lane);
    // The measuring launches.
    void measure(std::uint32_t lane);
    // The case is over without (more) measuring.
    void end(measure::CaseStatus status, std::string reason);

    [[nodiscard]] measure::CaseStatus status() const noexcept { return status_; }

    [[nodiscard]] const plan::PlannedCase& planned() const noexcept { return planned_; }

    [[nodiscard]] report::CaseResult result() const;

private:
    [[nodiscard]] measure::LaunchRequest request(std::uint32_t launch) const;
    workers::LaunchOutcome run_launch(const measure::LaunchRequest& request, std::uint32_t lane);
    void count(const measure::LaunchRecord& verified);
    void add_counts(report::CaseResult& result) const;
    bool take_failure(const workers::LaunchOutcome& outcome, std::uint32_t launch);
    void try_once_more(const measure::LaunchRequest& request, std::uint32_t lane);
    [[nodiscard]] const measure::FamilyDescription& family() const noexcept;
    [[nodiscard]] std::vector<std::pair<std::string, measure::ParameterValue>> named_params() const;

    const SessionSuite& suite_;
    const plan::PlannedCase& planned_;
    const CaseContext& context_;
    CaseFigures figures_;
    std::optional<CountedWork> counted_;  // with --counts
    std::optional<MemoryFigures> memory_; // with --memory
    measure::CaseStatus status_ = measure::CaseStatus::passed;
    std::string reason_;
    bool verified_ = false;
    std::vector<std::string> notes_;
    std::string output_, stack_;
    std::uint64_t output_bytes_dropped_ = 0;
};

} // namespace assay::app
