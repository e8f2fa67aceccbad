// Callgrind as a counter of instructions: how it is put before a worker, and what it found.
//
//   options.wrap = callgrind_command(*valgrind_program());
//   ...the worker runs one counted batch and quits in its folder...
//   Result<std::uint64_t> instructions = instructions_in(*read_file(folder + "/" + file));
//
// It simulates the processor, about 50 times slower, and is exact: the same work gives the same
// count. Pure but for valgrind_program(); callable from any thread.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::workers {

// How much slower than the processor it is at most, for deadlines.
inline constexpr int kCallgrindSlowness = 50;

// Where valgrind is, by PATH. Errors: kind unavailable.
Result<std::string> valgrind_program();

// What stands before the worker's own arguments: collects only while the worker is in its counted
// call (measure/counting.hpp) and writes callgrind_file() into the worker's folder.
std::vector<std::string> callgrind_command(const std::string& valgrind);

// The name of the file that the process with this id writes. A child that the plugin forks writes
// one of its own.
std::string callgrind_file(int pid);

// The total of the event Ir in a callgrind.out file. Errors: kind unavailable, what was wrong with
// the text; a total of 0 is one, for then nothing was collected.
Result<std::uint64_t> instructions_in(std::string_view text);

} // namespace assay::workers
