#include "paired.hpp"

#include "bad_plugin.hpp"
#include "processes.hpp"

#include <doctest/doctest.h>

#include <sched.h>

namespace assay::workers::testing {

int some_cpu() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    REQUIRE(::sched_getaffinity(0, sizeof mask, &mask) == 0);
    int cpu = 0;
    while (!CPU_ISSET(static_cast<unsigned>(cpu), &mask)) {
        ++cpu;
    }
    return cpu;
}

PairSide side_of(const std::string& sin, bool sinful) {
    PairSide side;
    side.worker.plugin_path = plugin_path(sin);
    side.worker.cpu = some_cpu();
    side.request.suite = "bad_" + sin;
    side.request.family = sinful ? 1 : 0;
    side.request.case_id = side.request.suite + (sinful ? "/sin" : "/fine");
    side.request.verify = true;
    side.request.slices = 6;
    side.request.iterations = 50'000;
    side.request.warmup_slices_max = 2;
    side.request.slice_target_s = 0.2e-3;
    return side;
}

Paired run(const PairRequest& request,
           const Deadline& deadline,
           const std::function<void(Supervisor&)>& during_turn) {
    const TemporaryRoot root;
    RecordedTurns turns;
    Paired result;
    {
        Supervisor supervisor(real_worker());
        if (during_turn) {
            turns.during_acquire = [&] { during_turn(supervisor); };
        }
        const auto before = std::chrono::steady_clock::now();
        result.outcome = run_pair(supervisor, request, turns, deadline);
        result.took = std::chrono::steady_clock::now() - before;
        CHECK_FALSE(has_children());
    }
    for (const std::optional<Hello>& hello : result.outcome.hellos) {
        CHECK((!hello || eventually([&] { return living_in_group(hello->pid).empty(); })));
    }
    CHECK(root.is_empty());
    CHECK(turns.acquired == turns.released);
    result.acquired = turns.acquired;
    result.phases = turns.phases;
    return result;
}

} // namespace assay::workers::testing
