#include "worker/host_watch.hpp"

#include "measure/protocol.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::worker {
namespace {

std::atomic<bool> is_busy{true};

void end_if_host_is_gone() noexcept {
    if (!is_busy.load()) {
        return;
    }
    pollfd commands{measure::kCommandsInFd, 0, 0};
    const bool closed = ::poll(&commands, 1, 0) > 0 && (commands.revents & POLLHUP) != 0;
    int unread = 0;
    // Bytes in the pipe are a QUIT that is still to be answered.
    if (closed && ::ioctl(measure::kCommandsInFd, FIONREAD, &unread) == 0 && unread == 0) {
        ::_exit(0);
    }
}

// Comes with every command that arrives and when the last writer closes.
void on_pipe_event(int /*signal*/) {
    const int kept = errno;
    end_if_host_is_gone();
    errno = kept;
}

} // namespace

void watch_host() noexcept {
    struct sigaction action {};

    ::sigemptyset(&action.sa_mask);
    action.sa_handler = on_pipe_event;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGIO, &action, nullptr);
    ::fcntl(measure::kCommandsInFd, F_SETOWN, ::getpid());
    const int flags = ::fcntl(measure::kCommandsInFd, F_GETFL);
    ::fcntl(measure::kCommandsInFd, F_SETFL, flags | O_ASYNC);
}

void set_busy(bool busy) noexcept {
    is_busy.store(busy);
    end_if_host_is_gone(); // it may have closed just before
}

} // namespace assay::worker
