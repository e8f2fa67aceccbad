// The threads of a case's lanes. One lane runs on the calling thread itself; several get a fixed
// crew of threads, so that everything a lane does happens on the same thread and memory is touched
// first where it is used.
//
//   LaneCrew crew(2, std::vector{0, 1});   // each on a CPU of its own
//   crew.on_all([&](std::uint32_t lane) { prepare(lane); crew.meet(); run(lane); });
//
// on_all() from one thread; meet() from inside the task, by every lane equally often.
#pragma once

#include <barrier>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace assay::measure {

class LaneCrew {
public:
    // Several lanes keep to these CPUs, one each; none given: left to the scheduler, as is a lane
    // whose CPU the system denies (pinned() tells). Throws std::system_error when the system gives
    // no more threads.
    explicit LaneCrew(std::uint32_t lanes, std::span<const int> cpus = {});
    LaneCrew(const LaneCrew&) = delete;
    LaneCrew& operator=(const LaneCrew&) = delete;
    ~LaneCrew();

    // Runs the task once per lane, all at once, and returns when every lane is done. The task must
    // not throw.
    void on_all(const std::function<void(std::uint32_t lane)>& task);

    // Inside a task: waits until every lane of the crew is here.
    void meet();

    [[nodiscard]] std::uint32_t lanes() const noexcept { return lanes_; }

    // Lanes that keep to the CPU they were given.
    [[nodiscard]] std::uint32_t pinned() const noexcept { return pinned_; }

private:
    void work(std::uint32_t lane);
    void dismiss() noexcept;

    std::uint32_t lanes_;
    std::uint32_t pinned_ = 0;
    std::barrier<> barrier_;
    std::mutex mutex_;
    std::condition_variable changed_;
    const std::function<void(std::uint32_t)>* task_ = nullptr;
    std::uint64_t round_ = 0;
    std::uint32_t busy_ = 0;
    bool leaving_ = false;
    std::vector<std::thread> threads_;
};

} // namespace assay::measure
