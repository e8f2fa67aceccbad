// The only file of the host program that includes oneTBB: its headers cost about a second per unit.
#include "lanes/lanes.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <atomic>

namespace assay::lanes {
namespace {

std::uint32_t lanes_wanted(std::uint32_t count) {
    // TBB reads the affinity mask, so `taskset -c 0 assay run` gets one lane.
    const auto cpus = static_cast<std::uint32_t>(std::max(1, tbb::info::default_concurrency()));
    return std::clamp(count == 0 ? cpus : count, 1u, kLanesMax);
}

} // namespace

Lanes::Lanes(std::uint32_t count)
    : count_(lanes_wanted(count)) {}

void Lanes::run(std::size_t jobs,
                const std::function<void(std::size_t, std::uint32_t)>& body,
                const std::function<bool()>& stop) const {
    // By default TBB has one thread per CPU; lanes mostly sleep in poll(), so more of them than
    // CPUs are useful for preparing and for cases that wait.
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, count_);
    const auto lanes = static_cast<std::uint32_t>(std::min<std::size_t>(count_, jobs));
    std::atomic<std::size_t> next{0};
    const auto drive = [&](std::uint32_t lane) {
        for (std::size_t job = next++; job < jobs && !(stop && stop()); job = next++) {
            body(job, lane);
        }
    };
    tbb::task_arena arena(static_cast<int>(count_));
    arena.execute([&] {
        tbb::task_group group;
        for (std::uint32_t lane = 1; lane < lanes; ++lane) {
            group.run([&drive, lane] { drive(lane); });
        }
        if (lanes > 0) {
            group.run_and_wait([&drive] { drive(0); });
        }
    });
}

} // namespace assay::lanes
