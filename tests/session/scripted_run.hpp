// A run without processes: a launcher that answers from a script, a receiver that keeps what was
// published, and launches made of round numbers.
#pragma once

#include "app/session/run_session.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace scripted {

using namespace assay;

// A slice whose clocks read `wall_ns`, half of it on the processor.
measure::SliceRecord slice(std::uint64_t wall_ns, std::uint64_t iterations = 1);
// A launch that passed, verified, with these recorded slices, in thread CPU time.
workers::LaunchOutcome passing(const std::vector<measure::SliceRecord>& slices);
// The launch that verifies has none.
workers::LaunchOutcome answer(const measure::LaunchRequest& request);
workers::LaunchOutcome ended(measure::CaseStatus status, std::string reason);

app::SessionOptions options_of(plan::Mode mode, std::uint32_t lanes);

// Suite "s" with one family "f" over an axis "n" of whole numbers.
app::SessionSuite suite(std::string name = "s");
// `cases` cases of the first suite: "s/f[n=0]", "s/f[n=1]", ...
plan::Plan plan_of(std::size_t cases);

class ScriptedLauncher final : public app::Launcher {
public:
    using Script = std::function<workers::LaunchOutcome(const measure::LaunchRequest&)>;

    explicit ScriptedLauncher(Script script)
        : script_(std::move(script)) {}

    workers::LaunchOutcome launch(const app::SessionSuite& suite,
                                  const measure::LaunchRequest& request,
                                  workers::LaunchTurns& turns,
                                  workers::Deadline deadline,
                                  std::uint32_t lane) override;

    void case_is_over(std::uint32_t) override {}

    void cancel() override {}

    // "s/f[n=0] 0", ... : case and number of every launch, in order.
    [[nodiscard]] std::vector<std::string> launches() const;

private:
    Script script_;
    mutable std::mutex mutex_;
    std::vector<std::string> launches_;
};

struct Told {
    std::vector<std::string> events; // "case_end s/f[n=0] passed"
    std::vector<report::CaseResult> results;
    app::SessionOutcome outcome;

    [[nodiscard]] const report::CaseResult& of(const std::string& id) const;
    [[nodiscard]] std::size_t count(measure::CaseStatus status) const;
};

// One lane unless the options say otherwise: the order of launches is then the plan's.
Told run(
    const plan::Plan& plan,
    app::Launcher& launcher,
    app::SessionOptions options = options_of(plan::Mode::quick, 1),
    const std::function<bool()>& interrupted = [] { return false; });

} // namespace scripted
