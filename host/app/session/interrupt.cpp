#include "app/session/interrupt.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace assay::app {
namespace {

constexpr int kExitInterrupted = 130;
constexpr std::array kSignals{SIGINT, SIGTERM};

// Where the handler leaves word: a signal handler has no object to ask. -1 = nobody listens.
std::atomic<int> listener{-1};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void leave_word(int) {
    const int before = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t put = ::write(listener.load(), &one, sizeof one);
    errno = before;
}

void set_mask(int how) noexcept {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : kSignals) {
        sigaddset(&set, number);
    }
    ::pthread_sigmask(how, &set, nullptr);
}

} // namespace

// Handlers hold for every thread, those included that loading the plugins has left behind. Blocked
// signals would not: a thread that began earlier still takes them, and the process dies of it. The
// mask only sees to it that the watcher is the one to be disturbed, as a rule.
Interrupt::Interrupt(std::function<void()> on_first, std::function<void()> on_second)
    : on_first_(std::move(on_first))
    , on_second_(std::move(on_second))
    , signals_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE))
    , wake_(::eventfd(0, EFD_CLOEXEC)) {
    listener.store(signals_);
    using Action = struct sigaction; // the function of that name hides the type
    Action action{};
    action.sa_handler = leave_word;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        ::sigaction(kSignals[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) { // nohup and the like mean it
            ::sigaction(kSignals[i], &action, nullptr);
        }
    }
    watcher_ = std::thread([this] { watch(); });
    set_mask(SIG_BLOCK);
}

Interrupt::~Interrupt() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        ::sigaction(kSignals[i], &before_[i], nullptr);
    }
    listener.store(-1);
    set_mask(SIG_UNBLOCK);
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t put = ::write(wake_, &one, sizeof one);
    watcher_.join();
    ::close(signals_);
    ::close(wake_);
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
        std::uint64_t one = 0; // a semaphore: one reading per signal
        if (::read(signals_, &one, sizeof one) != sizeof one) {
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
