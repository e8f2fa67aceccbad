#include "measure/lane_crew.hpp"

#include "measure/signal_stack.hpp"

#include <pthread.h>
#include <sched.h>

namespace assay::measure {
namespace {

bool keep_to(std::thread& thread, int cpu) noexcept {
    if (cpu < 0 || cpu >= CPU_SETSIZE) {
        return false;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(cpu), &one);
    return ::pthread_setaffinity_np(thread.native_handle(), sizeof one, &one) == 0;
}

} // namespace

LaneCrew::LaneCrew(std::uint32_t lanes, std::span<const int> cpus)
    : lanes_(lanes)
    , barrier_(static_cast<std::ptrdiff_t>(lanes)) {
    if (lanes_ < 2) {
        return;
    }
    try {
        for (std::uint32_t lane = 0; lane < lanes_; ++lane) {
            threads_.emplace_back([this, lane] { work(lane); });
            if (lane < cpus.size() && keep_to(threads_.back(), cpus[lane])) {
                ++pinned_;
            }
        }
    } catch (...) {
        dismiss();
        throw;
    }
}

LaneCrew::~LaneCrew() {
    dismiss();
}

void LaneCrew::dismiss() noexcept {
    {
        const std::lock_guard lock(mutex_);
        leaving_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

void LaneCrew::on_all(const std::function<void(std::uint32_t)>& task) {
    if (lanes_ < 2) {
        task(0);
        return;
    }
    std::unique_lock lock(mutex_);
    task_ = &task;
    busy_ = lanes_;
    ++round_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return busy_ == 0; });
    task_ = nullptr;
}

void LaneCrew::meet() {
    if (lanes_ > 1) {
        barrier_.arrive_and_wait();
    }
}

void LaneCrew::work(std::uint32_t lane) {
    const SignalStack stack; // a stack overflow on a lane must still be reported
    std::uint64_t done_round = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return leaving_ || round_ != done_round; });
        if (leaving_) {
            return;
        }
        done_round = round_;
        const std::function<void(std::uint32_t)>& task = *task_;
        lock.unlock();
        task(lane);
        lock.lock();
        if (--busy_ == 0) {
            changed_.notify_all();
        }
    }
}

} // namespace assay::measure
