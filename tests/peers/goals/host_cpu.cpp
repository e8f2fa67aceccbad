#include "host_cpu.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <time.h>

namespace goals {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kInterval{50};
constexpr double kSettled_s = 0.5; // plugins are loaded and the case is verified by then
constexpr double kWatched_s = 1;   // shorter tells nothing

// The CPU time of all threads of a process, those that ended included. Nothing once it is gone.
std::optional<double> cpu_seconds(int pid) {
    clockid_t clock{};
    timespec now{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &now) != 0) {
        return std::nullopt;
    }
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void watch(int pid, HostCpu& used) {
    const auto begun = Clock::now();
    std::optional<double> first;
    Clock::time_point first_at;
    while (const std::optional<double> now = cpu_seconds(pid)) {
        const auto at = Clock::now();
        if (!first && std::chrono::duration<double>(at - begun).count() >= kSettled_s) {
            first = now;
            first_at = at;
        } else if (first) {
            used.cpu_s = *now - *first;
            used.wall_s = std::chrono::duration<double>(at - first_at).count();
        }
        std::this_thread::sleep_for(kInterval);
    }
}

} // namespace

HostCpu host_cpu(const integration::Sandbox& sandbox) {
    HostCpu used;
    std::thread watcher;
    const integration::Ended ended = sandbox.assay(
        {"run", "--plugin", GOALS_PLUGIN, "--mode", "comprehensive", "goals/long"},
        {.timeout = std::chrono::seconds(100), .wait_for = "assay", .then = [&](int pid) {
             watcher = std::thread([pid, &used] { watch(pid, used); });
         }});
    if (watcher.joinable()) {
        watcher.join();
    }
    if (ended.exit_code != 0) {
        throw std::runtime_error("assay run ended with " + std::to_string(ended.exit_code) + ": " +
                                 ended.err);
    }
    if (used.wall_s < kWatched_s) {
        throw std::runtime_error("the run was over before its host could be watched");
    }
    return used;
}

} // namespace goals
