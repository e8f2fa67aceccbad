// Reporters of a gate: they hear of the run while it goes on, and of its end only once the gate has
// spoken, so that their reports tell what it found.
//
//   report::Bus bus;
//   HeldReports held(bus);
//   open_reporters(invocation, settings, loaded, say, held.reporters());
//   ... publish to bus, run_end included ...; finish_reports(say, bus);
//   ExitCode code = held.finish(say, gate_document(judged, heading));
//
// Called from main's thread.
#pragma once

#include "app/exit_code.hpp"
#include "app/message.hpp"
#include "report/bus.hpp"
#include "support/json.hpp"

#include <memory>
#include <optional>

namespace assay::app {

class HeldReports {
public:
    // `source` must not have begun.
    explicit HeldReports(report::Bus& source);

    // Who is added here hears of what is published to the source.
    [[nodiscard]] report::Bus& reporters() noexcept;

    // After the source has finished: tells what the gate found (nothing: it came to no end), then
    // the end, and waits for the reporters as finish_reports() does. Where nothing was published
    // they are left as they are, without a file. Happens once; 0 after that.
    ExitCode finish(const Messages& say, std::optional<json::object> gate);

private:
    struct Kept;
    class Forwarding;
    std::shared_ptr<Kept> kept_;
};

} // namespace assay::app
