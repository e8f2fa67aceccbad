#include "app/session/interrupt.hpp"

#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace assay::app {
namespace {

constexpr int kExitInterrupted = 130;

sigset_t interrupting() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

Interrupt::Interrupt(std::function<void()> on_first, std::function<void()> on_second)
    : on_first_(std::move(on_first))
    , on_second_(std::move(on_second)) {
    const sigset_t set = interrupting();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    wake_ = ::eventfd(0, EFD_CLOEXEC);
    watcher_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t put = ::write(wake_, &one, sizeof one);
    watcher_.join();
    ::close(signals_);
    ::close(wake_);
    const sigset_t set = interrupting();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void Interrupt::watch() {
    for (;;) {
        pollfd waiting[2] = {{signals_, POLLIN, 0}, {wake_, POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0) {
            continue; // EINTR
        }
        if ((waiting[1].revents & POLLIN) != 0) {
            return;
        }
        signalfd_siginfo info{};
        if (::read(signals_, &info, sizeof info) != sizeof info) {
            continue;
        }
        if (requested_.exchange(true)) {
            on_second_();
            ::_exit(kExitInterrupted);
        }
        on_first_();
    }
}

} // namespace assay::app
