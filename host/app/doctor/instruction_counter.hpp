// Tries what no file tells for sure: whether the processor counts instructions for this process.
//
//   const CounterReading reading = try_instruction_counter();
//
// Counts the calling thread, for some microseconds.
#pragma once

#include "app/doctor/readings.hpp"

namespace assay::app {

[[nodiscard]] CounterReading try_instruction_counter() noexcept;

} // namespace assay::app
