// A comparison without processes: pairs are answered from a script with times of known truth.
#pragma once

#include "app/comparison/comparison_session.hpp"
#include "scripted_run.hpp"

#include <functional>
#include <string>
#include <vector>

namespace scripted {

// Times of one side of a pair, by slice, in nanoseconds of CPU time.
using SliceTimes = std::function<std::uint64_t(std::uint32_t slice)>;

workers::LaunchOutcome timed(const measure::LaunchRequest& request, const SliceTimes& cpu_ns);

class ScriptedPairs final : public app::PairLauncher {
public:
    using Script = std::function<app::PairAnswer(const app::PairWish&)>;

    explicit ScriptedPairs(Script script)
        : script_(std::move(script)) {}

    app::PairAnswer run(const app::PairWish& wish) override;

    // Requests of the new side, in order.
    std::vector<measure::LaunchRequest> asked;
    std::vector<bool> new_was_worker_1, new_went_first;

private:
    Script script_;
};

// Both sides take 1 ms per slice, the new one `factor` times that, plus its handicap.
ScriptedPairs::Script new_is_slower_by(double factor);

app::ComparisonOptions comparison_options();

// `cases` cases "s/f[n=0]", ... that both sides have.
class TwoBuilds {
public:
    explicit TwoBuilds(std::size_t cases);

    app::Side old_side, new_side;

    [[nodiscard]] std::vector<app::MatchedCase> matched() const {
        return app::match(old_side, new_side);
    }
};

app::ComparisonOutcome compare(
    const TwoBuilds& builds,
    app::PairLauncher& pairs,
    const app::ComparisonOptions& options,
    ScriptedLauncher::Script verification = answer,
    const std::function<bool()>& interrupted = [] { return false; });

} // namespace scripted
