// Carries one stream of events to any number of reporters, each on a thread of its own, in order.
//
//   Bus bus;
//   bus.add(std::move(reporter));
//   bus.publish(event);
//   std::vector<ReporterFailure> failures = bus.finish();
//
// publish() may be called from any thread; add() before the first event; finish() once.
#pragma once

#include "report/event.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace assay::report {

// A receiver of events: a hosted reporter plugin, the history, a test's recorder.
class Receiver {
public:
    Receiver() = default;
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;
    virtual ~Receiver() = default;

    [[nodiscard]] virtual std::string name() const = 0;

    // The file that will be there when it has finished; empty: none, such as stdout.
    [[nodiscard]] virtual std::string file() const { return {}; }

    virtual Status on_event(const Event& event) = 0; // after a failure no more events come
    virtual Status finish() = 0;                     // also after a cancelled run
};

struct ReporterFailure {
    std::string reporter;
    Error error;
};

struct BusOptions {
    // Events waiting for one receiver before publish() waits for it: memory stays bounded.
    std::size_t queue_max = 256;
    // A receiver that holds up publish() for this long over one event is given up.
    double patience_s = 10.0;
};

class Bus {
public:
    explicit Bus(BusOptions options = {});
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;
    // Without finish(): the receivers are dropped unfinished, so that no half output appears.
    ~Bus();

    void add(std::unique_ptr<Receiver> receiver);
    // Numbers the event, stamps it with the time where it has none, and hands it to every receiver
    // that still works. Nothing happens after finish().
    void publish(Event event);
    // Waits until every receiver has seen everything and finished. One that spends more than
    // `patience_s` on a single event is reported as hanging and left behind on its thread.
    std::vector<ReporterFailure> finish(double patience_s = 10.0);

    // The files of those that have finished without failure; empty before.
    [[nodiscard]] const std::vector<std::string>& files() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace assay::report
