#include "report/bus.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace assay;
using namespace assay::report;

namespace {

// What one receiver saw; outlives the receiver.
struct Seen {
    std::mutex mutex;
    std::vector<std::uint64_t> sequence;
    std::vector<std::string> texts;
    bool finished = false, destroyed = false;
};

class Recorder : public Receiver {
public:
    explicit Recorder(std::shared_ptr<Seen> seen)
        : seen_(std::move(seen)) {}

    ~Recorder() override {
        const std::lock_guard lock(seen_->mutex);
        seen_->destroyed = true;
    }

    [[nodiscard]] std::string name() const override { return "recorder"; }

    Status on_event(const Event& event) override {
        const std::lock_guard lock(seen_->mutex);
        seen_->sequence.push_back(event.sequence);
        seen_->texts.push_back(event.text);
        return {};
    }

    Status finish() override {
        const std::lock_guard lock(seen_->mutex);
        seen_->finished = true;
        return {};
    }

private:
    std::shared_ptr<Seen> seen_;
};

// Does what a function says, at every event.
class Scripted : public Receiver {
public:
    explicit Scripted(std::function<Status(const Event&)> script)
        : script_(std::move(script)) {}

    [[nodiscard]] std::string name() const override { return "scripted"; }

    Status on_event(const Event& event) override { return script_(event); }

    Status finish() override { return {}; }

private:
    std::function<Status(const Event&)> script_;
};

Event text_event(std::string text) {
    Event event;
    event.kind = EventKind::log;
    event.text = std::move(text);
    return event;
}

std::vector<std::uint64_t> numbers(std::uint64_t last) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t i = 1; i <= last; ++i) {
        all.push_back(i);
    }
    return all;
}

} // namespace

TEST_CASE("every receiver sees every event in the same order whoever published it") {
    auto first = std::make_shared<Seen>();
    auto second = std::make_shared<Seen>();
    Bus bus({.queue_max = 4, .patience_s = 60});
    bus.add(std::make_unique<Recorder>(first));
    bus.add(std::make_unique<Recorder>(second));
    std::vector<std::thread> publishers;
    for (int p = 0; p < 4; ++p) {
        publishers.emplace_back([&bus, p] {
            for (int i = 0; i < 50; ++i) {
                bus.publish(text_event(std::to_string(p) + "/" + std::to_string(i)));
            }
        });
    }
    for (std::thread& publisher : publishers) {
        publisher.join();
    }
    CHECK(bus.finish(60).empty());
    CHECK(first->sequence == numbers(200));
    CHECK(first->texts == second->texts);
    CHECK(first->finished);
    CHECK(first->destroyed);
}

TEST_CASE("an event gets its number and its time from the bus and keeps a time it has") {
    std::vector<std::uint64_t> times;
    Bus bus;
    bus.add(std::make_unique<Scripted>([&](const Event& event) {
        times.push_back(event.unix_ns);
        return Status{};
    }));
    Event stamped = text_event("then");
    stamped.unix_ns = 5;
    bus.publish(stamped);
    bus.publish(text_event("now"));
    CHECK(bus.finish().empty());
    REQUIRE(times.size() == 2);
    CHECK(times[0] == 5);
    CHECK(times[1] > 1'700'000'000'000'000'000u);
}

TEST_CASE("a failing receiver gets no more events and the others get all of them") {
    auto seen = std::make_shared<Seen>();
    int calls = 0;
    Bus bus;
    bus.add(std::make_unique<Scripted>([&](const Event&) -> Status {
        ++calls;
        return Error{ErrorKind::io, "no room", {}};
    }));
    bus.add(std::make_unique<Recorder>(seen));
    for (int i = 0; i < 500; ++i) {
        bus.publish(text_event("x"));
    }
    const auto failures = bus.finish();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].reporter == "scripted");
    CHECK(failures[0].error.message == "no room");
    CHECK(calls == 1);
    CHECK(seen->sequence.size() == 500);
}

TEST_CASE("an exception of a receiver is that receiver's failure") {
    auto seen = std::make_shared<Seen>();
    Bus bus;
    bus.add(std::make_unique<Scripted>(
        [](const Event&) -> Status { throw std::runtime_error("boom"); }));
    bus.add(std::make_unique<Recorder>(seen));
    bus.publish(text_event("x"));
    const auto failures = bus.finish();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].error.kind == ErrorKind::plugin);
    CHECK(failures[0].error.message == "threw an exception: boom");
    CHECK(seen->finished);
}

TEST_CASE("publishing waits for a slow receiver instead of piling up events") {
    std::promise<void> gate;
    std::shared_future<void> open(gate.get_future());
    std::atomic<int> published{0};
    std::atomic<int> received{0};
    Bus bus({.queue_max = 3, .patience_s = 60});
    bus.add(std::make_unique<Scripted>([&, open](const Event&) {
        open.wait();
        ++received;
        return Status{};
    }));
    std::thread publisher([&] {
        for (int i = 0; i < 20; ++i) {
            bus.publish(text_event("x"));
            ++published;
        }
    });
    // One event is with the receiver, three wait: the fifth does not get in.
    while (published < 4) {
        std::this_thread::yield();
    }
    CHECK(published == 4);
    gate.set_value();
    publisher.join();
    CHECK(bus.finish(60).empty());
    CHECK(received == 20);
}

TEST_CASE("a receiver that hangs is reported and the others finish") {
    auto seen = std::make_shared<Seen>();
    // Both outlive the test on purpose: the receiver's thread is left behind with them.
    auto release = std::make_shared<std::promise<void>>();
    auto left = std::make_shared<std::promise<void>>();
    {
        Bus bus;
        bus.add(
            std::make_unique<Scripted>([held = release->get_future().share(), left](const Event&) {
                held.wait();
                left->set_value();
                return Status{};
            }));
        bus.add(std::make_unique<Recorder>(seen));
        bus.publish(text_event("x"));
        const auto failures = bus.finish(2);
        REQUIRE(failures.size() == 1);
        CHECK(failures[0].reporter == "scripted");
        CHECK(failures[0].error.message == "did not return from event 1 within 2 s");
    }
    CHECK(seen->finished);
    release->set_value();
    left->get_future().wait();
}

TEST_CASE("a hanging receiver with a full queue does not stop the run") {
    auto release = std::make_shared<std::promise<void>>();
    auto left = std::make_shared<std::promise<void>>();
    auto seen = std::make_shared<Seen>();
    Bus bus({.queue_max = 2, .patience_s = 2});
    bus.add(std::make_unique<Scripted>([held = release->get_future().share(), left](const Event&) {
        held.wait();
        left->set_value();
        return Status{};
    }));
    bus.add(std::make_unique<Recorder>(seen));
    for (int i = 0; i < 100; ++i) {
        bus.publish(text_event("x"));
    }
    const auto failures = bus.finish(2);
    CHECK(failures.size() == 1);
    CHECK(seen->sequence.size() == 100);
    release->set_value();
    left->get_future().wait();
}

TEST_CASE("a bus that is dropped before it finished finishes no receiver") {
    auto seen = std::make_shared<Seen>();
    {
        Bus bus;
        bus.add(std::make_unique<Recorder>(seen));
        bus.publish(text_event("x"));
    }
    CHECK_FALSE(seen->finished);
    CHECK(seen->destroyed);
}

TEST_CASE("after the end nothing is published and nothing is finished twice") {
    auto seen = std::make_shared<Seen>();
    Bus bus;
    bus.add(std::make_unique<Recorder>(seen));
    CHECK(bus.finish().empty());
    bus.publish(text_event("late"));
    CHECK(bus.finish().empty());
    CHECK(seen->sequence.empty());
}

TEST_CASE("the files of receivers that have finished are told, those of failed ones are not") {
    class Writing : public Scripted {
    public:
        Writing(std::string file, bool fails)
            : Scripted([fails](const Event&) {
                return fails ? Status{Error{ErrorKind::io, "disk full", {}}} : Status{};
            })
            , file_(std::move(file)) {}

        [[nodiscard]] std::string file() const override { return file_; }

    private:
        std::string file_;
    };

    Bus bus;
    bus.add(std::make_unique<Writing>("good.json", false));
    bus.add(std::make_unique<Writing>("bad.json", true));
    bus.add(std::make_unique<Writing>("", false));
    bus.publish({});
    CHECK(bus.files().empty());
    CHECK(bus.finish().size() == 1);
    CHECK(bus.files() == std::vector<std::string>{"good.json"});
}
