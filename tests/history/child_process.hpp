// A process of a test's own that does one thing.
//
//   ChildProcess child([&] { return store->record(run(1)).ok(); });
//   CHECK(child.succeeded());
//
// Forks: the test program has one thread. What the child checks it says by its answer; nothing of
// the test framework runs in it.
#pragma once

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace assay::history::test {

class ChildProcess {
public:
    template <class Work>
    explicit ChildProcess(const Work& work)
        : pid_(::fork()) {
        if (pid_ == 0) {
            ::_exit(work() ? 0 : 1);
        }
    }

    ChildProcess(ChildProcess&& other) noexcept
        : pid_(std::exchange(other.pid_, -1)) {}

    ChildProcess& operator=(ChildProcess&&) = delete;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    ~ChildProcess() {
        if (pid_ > 0) {
            kill();
            (void)succeeded();
        }
    }

    void kill() const noexcept { ::kill(pid_, SIGKILL); }

    // Waits for its end.
    [[nodiscard]] bool succeeded() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    pid_t pid_;
};

} // namespace assay::history::test
