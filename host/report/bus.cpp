#include "report/bus.hpp"

#include "support/text.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace assay::report {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// One receiver, its queue and its thread. Shared between the bus and the thread, because a receiver
// that hangs keeps its thread, and so its channel, for as long as the process lives.
struct Channel {
    explicit Channel(std::unique_ptr<Receiver> given)
        : receiver(std::move(given))
        , name(receiver->name())
        , file(receiver->file()) {}

    std::unique_ptr<Receiver> receiver; // touched by the channel's thread alone
    const std::string name, file;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<const Event>> queue;
    bool closed = false;    // no more events will come
    bool abandoned = false; // what waits is to be dropped, nothing is to be finished
    bool done = false;      // the thread is about to end
    std::string doing;      // what the receiver is busy with, for the message about a hanging one
    SteadyClock::time_point since = SteadyClock::now(); // last sign of life
    std::optional<Error> failure;
};

// Runs one call of the receiver; whatever goes wrong in it is that receiver's failure alone.
template <class Call>
Status guarded(const Call& call) {
    try {
        return call();
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::plugin, std::string("threw an exception: ") + thrown.what(), {}};
    } catch (...) {
        return Error{ErrorKind::plugin, "threw something that is no std::exception", {}};
    }
}

void note_failure(Channel& channel, const Status& status) {
    if (!status && !channel.failure) {
        channel.failure = status.error();
        channel.queue.clear();
        channel.changed.notify_all();
    }
}

std::string described(const Event& event) {
    return "event " + std::to_string(event.sequence) +
           (event.case_id.empty() ? std::string() : " (" + event.case_id + ")");
}

// Takes the next event, or nothing when there will be none.
std::shared_ptr<const Event> next_event(Channel& channel) {
    std::unique_lock lock(channel.mutex);
    channel.doing.clear();
    channel.since = SteadyClock::now();
    channel.changed.wait(lock, [&] { return channel.closed || !channel.queue.empty(); });
    if (channel.queue.empty() || channel.abandoned || channel.failure) {
        return nullptr;
    }
    std::shared_ptr<const Event> event = std::move(channel.queue.front());
    channel.queue.pop_front();
    channel.doing = described(*event);
    channel.since = SteadyClock::now();
    channel.changed.notify_all();
    return event;
}

void end_channel(Channel& channel) {
    bool finish = false;
    {
        const std::lock_guard lock(channel.mutex);
        finish = !channel.failure && !channel.abandoned;
        channel.doing = "finish";
        channel.since = SteadyClock::now();
    }
    Status status = finish ? guarded([&] { return channel.receiver->finish(); }) : Status{};
    const Status destroyed = guarded([&] {
        channel.receiver.reset();
        return Status{};
    });
    const std::lock_guard lock(channel.mutex);
    note_failure(channel, status);
    note_failure(channel, destroyed);
    channel.done = true;
    channel.changed.notify_all();
}

void drive(const std::shared_ptr<Channel>& shared) {
    Channel& channel = *shared;
    while (const auto event = next_event(channel)) {
        const Status status = guarded([&] { return channel.receiver->on_event(*event); });
        const std::lock_guard lock(channel.mutex);
        note_failure(channel, status);
        if (channel.failure) {
            break;
        }
    }
    end_channel(channel);
}

Error hanging(const Channel& channel, double patience_s) {
    return Error{ErrorKind::plugin,
                 "did not return from " +
                     (channel.doing.empty() ? std::string("its call") : channel.doing) +
                     " within " + shortest(patience_s) + " s",
                 "its output is discarded; run again without this reporter"};
}

// Waits until `ready`, at most `patience_s` after the receiver's last sign of life. Gives the
// channel up (and returns false) when that time is over.
template <class Ready>
bool wait_for(Channel& channel,
              std::unique_lock<std::mutex>& lock,
              double patience_s,
              const Ready& ready) {
    while (!ready()) {
        const auto deadline =
            channel.since + std::chrono::duration_cast<SteadyClock::duration>(Seconds(patience_s));
        channel.changed.wait_until(lock, deadline);
        if (!ready() && SteadyClock::now() >= channel.since + Seconds(patience_s)) {
            note_failure(channel, hanging(channel, patience_s));
            return false;
        }
    }
    return true;
}

std::uint64_t unix_time_ns() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

} // namespace

struct Bus::State {
    struct Lane {
        std::shared_ptr<Channel> channel;
        std::thread thread;
    };

    BusOptions options;
    std::mutex publishing; // one event at a time, so that every receiver sees the same order
    std::uint64_t published = 0;
    bool finished = false;
    std::vector<Lane> lanes;
    std::vector<std::string> files;

    void close(bool abandon) {
        for (const Lane& lane : lanes) {
            const std::lock_guard lock(lane.channel->mutex);
            lane.channel->closed = true;
            lane.channel->abandoned = abandon;
            lane.channel->since =
                lane.channel->doing.empty() ? SteadyClock::now() : lane.channel->since;
            lane.channel->changed.notify_all();
        }
    }

    std::vector<ReporterFailure> wait(double patience_s) {
        std::vector<ReporterFailure> failures;
        for (Lane& lane : lanes) {
            Channel& channel = *lane.channel;
            std::unique_lock lock(channel.mutex);
            const bool ended = wait_for(channel, lock, patience_s, [&] { return channel.done; });
            if (channel.failure) {
                failures.push_back({channel.name, *channel.failure});
            } else if (!channel.file.empty()) {
                files.push_back(channel.file);
            }
            lock.unlock();
            ended ? lane.thread.join() : lane.thread.detach();
        }
        lanes.clear();
        return failures;
    }
};

Bus::Bus(BusOptions options)
    : state_(std::make_unique<State>()) {
    state_->options = options;
}

Bus::~Bus() {
    if (!state_->finished) {
        state_->close(true);
        state_->wait(state_->options.patience_s);
    }
}

const std::vector<std::string>& Bus::files() const noexcept {
    return state_->files;
}

void Bus::add(std::unique_ptr<Receiver> receiver) {
    auto channel = std::make_shared<Channel>(std::move(receiver));
    std::thread thread([channel] { drive(channel); });
    state_->lanes.push_back({channel, std::move(thread)});
}

void Bus::publish(Event event) {
    const std::lock_guard publishing(state_->publishing);
    if (state_->finished) {
        return;
    }
    event.sequence = ++state_->published;
    event.unix_ns = event.unix_ns == 0 ? unix_time_ns() : event.unix_ns;
    const auto shared = std::make_shared<const Event>(std::move(event));
    for (const State::Lane& lane : state_->lanes) {
        Channel& channel = *lane.channel;
        std::unique_lock lock(channel.mutex);
        const bool taken = wait_for(channel, lock, state_->options.patience_s, [&] {
            return channel.failure || channel.queue.size() < state_->options.queue_max;
        });
        if (taken && !channel.failure) {
            if (channel.doing.empty() && channel.queue.empty()) {
                channel.since = SteadyClock::now(); // it was idle, not slow
            }
            channel.queue.push_back(shared);
            channel.changed.notify_all();
        }
    }
}

std::vector<ReporterFailure> Bus::finish(double patience_s) {
    {
        const std::lock_guard publishing(state_->publishing);
        if (state_->finished) {
            return {};
        }
        state_->finished = true;
    }
    state_->close(false);
    return state_->wait(patience_s);
}

} // namespace assay::report
