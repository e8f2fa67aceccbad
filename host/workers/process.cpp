#include "workers/process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace assay::workers {

namespace {

constexpr std::chrono::seconds kDyingTime{10}; // after SIGKILL; only a stuck device needs longer

double seconds(const timeval& time) noexcept {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

std::uint64_t peak_rss_of_this_process() noexcept {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

// VmHWM of a living process in bytes, 0 if it cannot be read.
std::uint64_t peak_rss_in_proc(pid_t pid) noexcept {
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%d/status", static_cast<int>(pid));
    std::FILE* file = std::fopen(path, "re");
    if (file == nullptr) {
        return 0;
    }
    char line[256];
    unsigned long kib = 0;
    while (std::fgets(line, sizeof line, file) != nullptr) {
        if (std::sscanf(line, "VmHWM: %lu", &kib) == 1) {
            break;
        }
    }
    std::fclose(file);
    return std::uint64_t{kib} * 1024;
}

} // namespace

Process::Process(pid_t pid, UniqueFd pidfd, ProcessPipes pipes, MappedPage page, UniqueFd wake)
    : pid_(pid)
    , pidfd_(std::move(pidfd))
    , pipes_(std::move(pipes))
    , page_(std::move(page))
    , wake_(std::move(wake))
    , host_peak_rss_bytes_(peak_rss_of_this_process()) {}

Process::~Process() {
    reap();
}

void Process::cancel() noexcept {
    cancelled_.store(true);
    page_->cancel.store(1);
    const std::uint64_t one = 1;
    // Can only fail by being full, and then the reader is awake anyway.
    [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

void Process::signal(int number) noexcept {
    const std::lock_guard lock(mutex_);
    if (ending_.reaped || has_ended()) {
        return;
    }
    sent_quit_ = sent_quit_ || number == SIGQUIT;
    sent_kill_ = sent_kill_ || number == SIGKILL;
    ::syscall(SYS_pidfd_send_signal, pidfd_.get(), number, nullptr, 0);
}

void Process::kill_group() noexcept {
    const std::lock_guard lock(mutex_);
    if (ending_.reaped) {
        return;
    }
    sent_kill_ = sent_kill_ || !has_ended();
    ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
    ::kill(-pid_, SIGKILL);
}

bool Process::has_ended() const noexcept {
    return wait_for_end(std::chrono::steady_clock::time_point{});
}

bool Process::wait_for_end(std::chrono::steady_clock::time_point until) const noexcept {
    using namespace std::chrono;
    pollfd entry{pidfd_.get(), POLLIN, 0};
    while (true) {
        const auto left = ceil<milliseconds>(until - steady_clock::now());
        const auto wait_ms = std::clamp<milliseconds::rep>(left.count(), 0, 60'000);
        const int ready = ::poll(&entry, 1, static_cast<int>(wait_ms));
        if (ready > 0) {
            return true;
        }
        if (ready == 0 && steady_clock::now() >= until) {
            return false;
        }
    }
}

void Process::sample_peak_rss() noexcept {
    sampled_peak_rss_bytes_ = std::max(sampled_peak_rss_bytes_, peak_rss_in_proc(pid_));
}

const Ending& Process::reap() noexcept {
    if (!ending_.reaped) {
        kill_group();
        if (wait_for_end(std::chrono::steady_clock::now() + kDyingTime)) {
            take_away();
        }
    }
    return ending_;
}

void Process::take_away() noexcept {
    siginfo_t info{};
    if (::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED | WNOWAIT) == 0) {
        ending_.killed = info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED;
        (ending_.killed ? ending_.signal : ending_.exit_code) = info.si_status;
    }
    const std::lock_guard lock(mutex_);
    // The leader is a zombie: its number still names this group and no other.
    ::kill(-pid_, SIGKILL);
    int status = 0;
    rusage usage{};
    while (::wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    ending_.reaped = true;
    ending_.killed_by_host = ending_.killed && ((ending_.signal == SIGKILL && sent_kill_) ||
                                                (ending_.signal == SIGQUIT && sent_quit_));
    ending_.user_cpu_s = seconds(usage.ru_utime);
    ending_.system_cpu_s = seconds(usage.ru_stime);
    const auto kernel_peak = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    const std::uint64_t seen =
        std::max(sampled_peak_rss_bytes_, page_->rss_bytes.load(std::memory_order_relaxed));
    ending_.peak_rss_bytes = kernel_peak > host_peak_rss_bytes_ || seen == 0 ? kernel_peak : seen;
}

} // namespace assay::workers
