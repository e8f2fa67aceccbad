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
    virtual Status on_event(const Event& event) = 0; // after a failure no more events come
    virtual Status finish() = 0;                     // also after a cancelled run
};

struct ReporterFailure {
    std::string reporter;
    Error error;
};

class Bus {
public:
    Bus();
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;
    ~Bus();

    void add(std::unique_ptr<Receiver> receiver);
    void publish(Event event);
    // Waits until every receiver has seen everything and finished (a hanging one: `patience_s`).
    std::vector<ReporterFailure> finish(double patience_s = 10.0);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace assay::report
