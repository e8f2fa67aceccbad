// What a worker still says when it dies of a signal, and the stack it prints when the host asks
// why it hangs.
//
//   install_death_handlers(page);     // before the plugin is loaded
//   expect_death_in("suite/case");    // at every launch
//   mind_sequence(writer.next_sequence());   // after every frame that was written
//
// The handlers use only what is allowed in one: no allocation, no lock, no formatting library.
#pragma once

#include "measure/protocol.hpp"

#include <cstdint>
#include <string_view>

namespace assay::worker {

// SEGV, BUS, ILL, FPE, ABRT: a DYING frame {case_id, phase, slice, signal, name, address} on fd 3,
// the stack on stderr, then the signal's own effect. QUIT: the stacks of all threads on stderr.
void install_death_handlers(const measure::SharedPage& page) noexcept;

// The case that is to be named. Call while no plugin code runs.
void expect_death_in(std::string_view case_id);

// The number that the next frame must carry.
void mind_sequence(std::uint32_t next) noexcept;

} // namespace assay::worker
