// A run into the history: its events go into a bundle while it is measured, and when that is sealed
// the store is filled from it. A store that fails then loses nothing: the bundle can be pulled.
//
//   auto recording = RunRecording::open(invocation, settings, say, run_id, bus);
//   ...                                        // the run, and the end of the bus
//   ExitCode code = recording->keep(say);      // "recorded run 0192... in .assay/history.db"
//
// Called from main's thread; its receiver works on the bus's thread for it.
#pragma once

#include "app/command_table.hpp"
#include "app/exit_code.hpp"
#include "app/message.hpp"
#include "app/recording/history_place.hpp"
#include "app/settings.hpp"
#include "report/bus.hpp"
#include "support/result.hpp"

#include <memory>
#include <optional>
#include <string>

namespace assay::app {

class RunRecording {
public:
    // Whether and where is said by command line, environment and project (history_place.hpp). A
    // place that cannot be written to, or a file that is no history, is an error where a record was
    // asked for. Else the one is a warning, and of the other keep() tells: the run is in its
    // bundle.
    static Result<RunRecording> open(const Invocation& invocation,
                                     const Settings& settings,
                                     const Messages& say,
                                     const std::string& run_id,
                                     report::Bus& bus);

    [[nodiscard]] bool is_on() const noexcept { return place_.has_value(); }

    // After the bus has finished. Says where the run is now, or what to do about it (3).
    [[nodiscard]] ExitCode keep(const Messages& say) const;

private:
    std::optional<HistoryPlace> place_; // nothing: not recorded
    std::string run_id_;
    bool named_ = false; // the configuration says what the project is called
};

// Writes every event but progress into a bundle, and seals it when it finishes. Errors: io.
Result<std::unique_ptr<report::Receiver>> open_spool(const HistoryPlace& place,
                                                     const std::string& run_id);

} // namespace assay::app
