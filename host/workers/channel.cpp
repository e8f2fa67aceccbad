#include "workers/channel.hpp"

#include "support/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <poll.h>
#include <utility>

namespace assay::workers {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
// Frames that are already here are worth more than the deadline, but not for ever: a worker that
// floods its channel must not escape it.
constexpr std::chrono::seconds kOverdueFrames{1};
// A pipe holds 64 KiB; children that outlive the worker's group for a moment may refill it.
constexpr int kDrainChunksMax = 64;
// A closed frame stream and the end of the process come together, in either order.
constexpr std::chrono::milliseconds kEndAfterClose{500};

// A worker that died leaves a pipe without a reader. write() then raises SIGPIPE, which would end
// the host; the signal is held back and taken away for this thread alone.
ssize_t write_without_sigpipe(int fd, std::string_view bytes) noexcept {
    sigset_t pipe_signal, before, pending;
    ::sigemptyset(&pipe_signal);
    ::sigaddset(&pipe_signal, SIGPIPE);
    ::sigpending(&pending);
    const bool was_pending = ::sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    const int error = errno;
    if (written < 0 && error == EPIPE && !was_pending) {
        const timespec at_once{};
        ::sigtimedwait(&pipe_signal, nullptr, &at_once);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return written;
}

} // namespace

Channel::Channel(std::shared_ptr<Process> process)
    : process_(std::move(process)) {}

void Channel::send(measure::FrameType type, std::string_view payload) {
    outgoing_ += encode_frame(
        static_cast<std::uint16_t>(type), measure::kProtocolVersion, sequence_++, payload);
}

Event Channel::wait(TimePoint until) {
    bool looked = false;
    while (true) {
        const TimePoint now = steady_clock::now();
        if (now < until) {
            overdue_since_.reset();
        } else if (!overdue_since_) {
            overdue_since_ = now;
        }
        if (std::exchange(cancel_seen_, false)) {
            return {EventKind::cancelled, {}, {}};
        }
        const bool flooding = overdue_since_ && now - *overdue_since_ >= kOverdueFrames;
        if (!flooding) {
            if (auto event = next_frame()) {
                return std::move(*event);
            }
        }
        if (ended_ && !flooding) {
            return {EventKind::ended, {}, {}};
        }
        if (flooding || (overdue_since_ && looked)) {
            overdue_since_.reset();
            return {EventKind::deadline, {}, {}};
        }
        poll_once(until);
        looked = true;
    }
}

std::optional<Event> Channel::next_frame() {
    if (!stream_is_bad_) {
        Result<std::optional<Frame>> next = reader_.next();
        if (next && next->has_value()) {
            return Event{EventKind::frame, std::move(**next), {}};
        }
        if (!next) {
            stream_is_bad_ = true;
            broken_ = next.error().message;
        }
    }
    if (!broken_.empty()) {
        return Event{EventKind::broken, {}, broken_};
    }
    return std::nullopt;
}

namespace {

int milliseconds_until(TimePoint until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 60'000));
}

// Reads one chunk; false when the stream is over (end of file or an error), which closes it.
template <class Take>
bool take_chunk(UniqueFd& fd, Take take) {
    thread_local std::array<char, kChunkBytes> chunk;
    const ssize_t got = ::read(fd.get(), chunk.data(), chunk.size());
    if (got > 0) {
        take(std::string_view(chunk.data(), static_cast<std::size_t>(got)));
        return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        fd.reset();
    }
    return false;
}

} // namespace

void Channel::poll_once(TimePoint until) {
    ProcessPipes& pipes = process_->pipes();
    // poll ignores negative descriptors: what is closed, or has nothing to say, is left out.
    std::array<pollfd, 6> entries{{
        {pipes.frames.get(), POLLIN, 0},
        {pipes.output.get(), POLLIN, 0},
        {pipes.errors.get(), POLLIN, 0},
        {ended_ ? -1 : process_->pidfd(), POLLIN, 0},
        {process_->wake_fd(), POLLIN, 0},
        {outgoing_.empty() ? -1 : pipes.commands.get(), POLLOUT, 0},
    }};
    if (::poll(entries.data(), entries.size(), milliseconds_until(until)) <= 0) {
        return;
    }
    const auto ready = [&](std::size_t index) { return entries[index].revents != 0; };
    if (ready(5)) {
        write_commands();
    }
    if (ready(1)) {
        take_chunk(pipes.output, [&](std::string_view bytes) { output_.add_stdout(bytes); });
    }
    if (ready(2)) {
        take_chunk(pipes.errors, [&](std::string_view bytes) { output_.add_stderr(bytes); });
    }
    if (ready(4)) {
        std::uint64_t count = 0;
        cancel_seen_ = ::read(process_->wake_fd(), &count, sizeof count) == sizeof count;
    }
    if (ready(3)) {
        on_end();
    } else if (ready(0)) {
        take_in_frames();
    }
}

// What comes behind a broken frame is not kept: nothing reads it any more.
void Channel::feed(std::string_view bytes) {
    if (!stream_is_bad_) {
        reader_.feed(bytes);
    }
}

void Channel::take_in_frames() {
    UniqueFd& frames = process_->pipes().frames;
    take_chunk(frames, [&](std::string_view bytes) { feed(bytes); });
    if (!frames && broken_.empty()) {
        on_frames_closed();
    }
}

// Either the process is ending, which closes everything it has, or something in it closed the
// stream alone. Then the shared page's descriptor is still there.
void Channel::on_frames_closed() {
    const std::string page_fd = "/proc/" + std::to_string(process_->pid()) + "/fd/" +
                                std::to_string(measure::kSharedPageFd);
    if (::access(page_fd.c_str(), F_OK) == 0 ||
        !process_->wait_for_end(steady_clock::now() + kEndAfterClose)) {
        broken_ = "the worker's end of the frames (descriptor 3) was closed while it was running";
    }
}

void Channel::on_end() {
    ended_ = true;
    // Children that the plugin forked hold the pipes open and would go on writing.
    process_->kill_group();
    UniqueFd& frames = process_->pipes().frames;
    for (int i = 0; i < kDrainChunksMax && frames; ++i) {
        if (!take_chunk(frames, [&](std::string_view bytes) { feed(bytes); })) {
            break;
        }
    }
    drain_output();
    outgoing_.clear();
}

void Channel::drain_output() {
    ProcessPipes& pipes = process_->pipes();
    for (int i = 0; i < kDrainChunksMax && pipes.output; ++i) {
        if (!take_chunk(pipes.output, [&](std::string_view b) { output_.add_stdout(b); })) {
            break;
        }
    }
    for (int i = 0; i < kDrainChunksMax && pipes.errors; ++i) {
        if (!take_chunk(pipes.errors, [&](std::string_view b) { output_.add_stderr(b); })) {
            break;
        }
    }
}

void Channel::write_commands() {
    UniqueFd& commands = process_->pipes().commands;
    const ssize_t written = write_without_sigpipe(commands.get(), outgoing_);
    if (written > 0) {
        outgoing_.erase(0, static_cast<std::size_t>(written));
    } else if (errno != EAGAIN && errno != EINTR) {
        // Nobody reads any more. Why, the end of the process will say; if it lives on without
        // listening, the deadline does.
        commands.reset();
        outgoing_.clear();
    }
}

} // namespace assay::workers
