// One spawned process as the kernel knows it: its pidfd, the host's ends of its pipes, the page
// both map, and the truth about its end. Knows nothing of frames.
//
//   Result<std::shared_ptr<Process>> process = spawn(request);   // on the supervisor's thread
//   process->signal(SIGQUIT);
//   process->kill_group();
//   Ending ending = process->reap();
//
// signal, kill_group and cancel may be called from any thread at any time, also after the end;
// everything else by the one who drives the worker.
#pragma once

#include "measure/protocol.hpp"
#include "support/unique_fd.hpp"
#include "workers/mapped_page.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace assay::workers {

// How it ended, from waitid and wait4.
struct Ending {
    bool reaped = false; // false: not even SIGKILL ended it in time (stuck in a device)
    bool killed = false; // by `signal`
    int signal = 0;
    int exit_code = 0;
    bool killed_by_host = false; // the signal is one that the host sent
    std::uint64_t peak_rss_bytes = 0;
    double user_cpu_s = 0, system_cpu_s = 0;
};

// The host's ends.
struct ProcessPipes {
    UniqueFd output, errors, frames, commands;
};

using MappedPage = MappedMemory<measure::SharedPage>;

class Process {
public:
    Process(pid_t pid, UniqueFd pidfd, ProcessPipes pipes, MappedPage page, UniqueFd wake);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process(); // kills and reaps what is still there

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }

    [[nodiscard]] int pidfd() const noexcept { return pidfd_.get(); }

    [[nodiscard]] ProcessPipes& pipes() noexcept { return pipes_; }

    [[nodiscard]] measure::SharedPage& page() const noexcept { return *page_; }

    // Readable after cancel().
    [[nodiscard]] int wake_fd() const noexcept { return wake_.get(); }

    // Ctrl-C: sets the cancel word for good and wakes whoever drives the worker.
    void cancel() noexcept;

    [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(); }

    void signal(int number) noexcept;
    // SIGKILL to the whole group: children that the plugin forked die too. Does nothing once the
    // leader is reaped, for its number may be somebody else's by then.
    void kill_group() noexcept;

    // True when the process has ended (it may still be a zombie).
    [[nodiscard]] bool has_ended() const noexcept;

    // Waits until the process ends, at most until `until`.
    [[nodiscard]] bool wait_for_end(std::chrono::steady_clock::time_point until) const noexcept;

    // Remembers the peak RSS that /proc shows now: the kernel's own figure (wait4) also counts the
    // host's pages, which a spawned process borrows until it calls exec.
    void sample_peak_rss() noexcept;

    // Kills what is left of the group, waits for the end (10 s at most) and takes the zombie away.
    // The second call returns what the first one found.
    const Ending& reap() noexcept;

private:
    void take_away() noexcept;

    pid_t pid_;
    UniqueFd pidfd_;
    ProcessPipes pipes_;
    MappedPage page_;
    UniqueFd wake_;
    std::atomic<bool> cancelled_{false};
    std::uint64_t host_peak_rss_bytes_ = 0; // at the spawn
    std::uint64_t sampled_peak_rss_bytes_ = 0;
    Ending ending_;

    std::mutex mutex_; // guards pid_ as a name of our child: sent_* and ending_.reaped
    bool sent_kill_ = false, sent_quit_ = false;
};

struct SpawnRequest {
    std::vector<std::string> argv; // argv[0] is looked up in PATH unless it has a slash
    std::vector<std::string> environment;
    std::string folder;    // working directory
    int pair_page_fd = -1; // a descriptor of the host's that becomes 6, or none
};

// fd 0 /dev/null, 1 and 2 captured, 3 frames out, 4 commands in, 5 the shared page, 6 the page of
// its pair if it has one; nothing else is inherited. Its own process group, no signal blocked or
// ignored. Must be called from a thread that outlives the process (PR_SET_PDEATHSIG).
Result<std::shared_ptr<Process>> spawn(const SpawnRequest& request);

} // namespace assay::workers
