#include "scripted_comparison.hpp"

#include <cmath>

namespace scripted {

workers::LaunchOutcome timed(const measure::LaunchRequest& request, const SliceTimes& cpu_ns) {
    std::vector<measure::SliceRecord> slices;
    for (std::uint32_t i = 0; i < request.slices; ++i) {
        measure::SliceRecord one = slice(cpu_ns(i) * 2, request.iterations);
        one.thread_cpu_ns = cpu_ns(i);
        one.process_cpu_ns = cpu_ns(i);
        one.seed = i + 1;
        one.checksum = 77;
        slices.push_back(one);
    }
    return passing(slices);
}

app::PairAnswer ScriptedPairs::run(const app::PairWish& wish) {
    asked.push_back(wish.new_request);
    new_was_worker_1.push_back(wish.new_is_worker_1);
    new_went_first.push_back(wish.new_goes_first);
    return script_(wish);
}

ScriptedPairs::Script new_is_slower_by(double factor) {
    return [factor](const app::PairWish& wish) {
        const bool control = &wish.old_suite == &wish.new_suite;
        const double ratio = (control ? 1.0 : factor) * (1 + wish.new_request.handicap);
        app::PairAnswer answer;
        answer.seconds = 0.05;
        answer.old_side = timed(wish.old_request, [](std::uint32_t i) { return 1'000'000u + i; });
        answer.new_side = timed(wish.new_request, [ratio](std::uint32_t i) {
            return static_cast<std::uint64_t>(std::llround(ratio * (1'000'000.0 + i)));
        });
        return answer;
    };
}

app::ComparisonOptions comparison_options() {
    app::ComparisonOptions options;
    options.session = options_of(plan::Mode::quick, 1);
    options.session.order_seed = 7;
    return options;
}

TwoBuilds::TwoBuilds(std::size_t cases) {
    for (app::Side* side : {&old_side, &new_side}) {
        side->suites = {suite()};
        side->cases = plan_of(cases).cases;
    }
}

app::ComparisonOutcome compare(const TwoBuilds& builds,
                               app::PairLauncher& pairs,
                               const app::ComparisonOptions& options,
                               ScriptedLauncher::Script verification,
                               const std::function<bool()>& interrupted) {
    ScriptedLauncher launcher(std::move(verification));
    app::Progress progress({.terminal = false, .quiet = true, .columns = 80});
    app::ComparisonSession session(builds.matched(), options, launcher, pairs, progress);
    return session.run(interrupted);
}

} // namespace scripted
