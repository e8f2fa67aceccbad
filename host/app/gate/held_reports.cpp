#include "app/gate/held_reports.hpp"

#include "app/session/announced_run.hpp"
#include "app/session/reporters.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace assay::app {
namespace {

// Shorter than that of the source, which waits for the forwarding as it does for any reporter.
constexpr double kPatience_s = 8.0;

} // namespace

struct HeldReports::Kept {
    report::Bus bus{report::BusOptions{.patience_s = kPatience_s}};
    std::optional<report::Event> end = {};
    bool begun = false, finished = false;
};

class HeldReports::Forwarding final : public report::Receiver {
public:
    explicit Forwarding(std::shared_ptr<Kept> kept)
        : kept_(std::move(kept)) {}

    [[nodiscard]] std::string name() const override { return "reports"; }

    Status on_event(const report::Event& event) override {
        kept_->begun = true;
        if (event.kind == report::EventKind::run_end) {
            kept_->end = event;
        } else {
            kept_->bus.publish(event);
        }
        return {};
    }

    Status finish() override { return {}; }

private:
    std::shared_ptr<Kept> kept_;
};

HeldReports::HeldReports(report::Bus& source)
    : kept_(std::make_shared<Kept>()) {
    source.add(std::make_unique<Forwarding>(kept_));
}

report::Bus& HeldReports::reporters() noexcept {
    return kept_->bus;
}

ExitCode HeldReports::finish(const Messages& say, std::optional<json::object> gate) {
    if (!kept_->begun || std::exchange(kept_->finished, true)) {
        return ExitCode::pass;
    }
    if (gate) {
        kept_->bus.publish(run_event(report::EventKind::gate, {{"gate", *std::move(gate)}}));
    }
    if (kept_->end) {
        kept_->bus.publish(*std::move(kept_->end));
    }
    return finish_reports(say, kept_->bus);
}

} // namespace assay::app
