// What a library could change about the process that loads it, taken before and after.
//
//   const ProcessState before = process_state();
//   ... load ...
//   for (const std::string& change : changes(before, process_state())) ...
//
// One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay::worker::conformance {

struct ProcessState {
    std::size_t threads = 0;
    std::map<int, std::string> descriptors; // and what they lead to
    std::map<int, std::uintptr_t> handlers; // by signal
    std::string locale, folder;
    std::vector<std::string> environment;
    std::uint32_t float_mode = 0; // rounding, exception masks, flush to zero
    std::map<int, std::array<std::uint64_t, 2>> limits;
};

[[nodiscard]] ProcessState process_state();

// One sentence per thing that is different.
[[nodiscard]] std::vector<std::string> changes(const ProcessState& before,
                                               const ProcessState& after);

[[nodiscard]] std::size_t thread_count();
[[nodiscard]] std::map<int, std::string> open_descriptors();

// Memory in use: what malloc has given out, and what is resident.
struct MemoryState {
    std::uint64_t allocated_bytes = 0, resident_bytes = 0;
};

[[nodiscard]] MemoryState memory_state();

// What is written to standard output (and standard error, if wanted) from now on, instead of going
// to the host.
class OutputCapture {
public:
    enum class Streams { output, both };

    explicit OutputCapture(Streams streams);
    OutputCapture(const OutputCapture&) = delete;
    OutputCapture& operator=(const OutputCapture&) = delete;
    ~OutputCapture();

    // Everything so far, cut at a few hundred bytes.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::uint64_t bytes() const;

private:
    int memory_ = -1;
    int kept_output_ = -1, kept_errors_ = -1;
};

} // namespace assay::worker::conformance
