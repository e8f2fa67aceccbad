// How a worker's end is told: the kernel's facts, what the worker's own signal handler managed to
// say (DYING), and what the shared page still shows, put into one sentence.
//
//   Death death = tell_death(process->reap(), process->page(), last_words);
//   death.detail  // "SIGSEGV at 0x0 in demo/dot[n=64], phase measure, slice 3"
//
// Pure functions.
#pragma once

#include "support/json.hpp"
#include "workers/process.hpp"
#include "workers/worker.hpp"

#include <string>

namespace assay::workers {

// What the worker said about its end, if anything.
struct LastWords {
    bool said_bye = false;
    std::string case_id; // of the launch under way; empty between launches
    json::object dying;  // payload of DYING; empty if there was none
};

[[nodiscard]] Death
tell_death(const Ending& ending, const measure::SharedPage& page, const LastWords& words);

// The phase that the page shows: "measure"; "unknown" if a plugin has scribbled over it.
[[nodiscard]] std::string phase_text(const measure::SharedPage& page);

// "SIGSEGV"; "signal 63" where it has no name.
[[nodiscard]] std::string signal_name(int number);

// "7.9 GB", "512 MB".
[[nodiscard]] std::string memory_text(std::uint64_t bytes);

} // namespace assay::workers
