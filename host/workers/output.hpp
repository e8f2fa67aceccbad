// What a worker prints, kept up to a limit: a plugin that writes a gigabyte must not make the host
// grow. The beginning is kept for people, the end of standard error for the stack that a dying
// worker dumps last.
//
//   CapturedOutput output;
//   output.add_stdout(bytes);  output.add_stderr(bytes);
//   Printed printed = output.take();
//
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::workers {

inline constexpr std::size_t kOutputBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kStderrTailBytes = std::size_t{32} << 10;

struct Printed {
    std::string text; // both streams in the order of arrival
    std::uint64_t bytes_dropped = 0;
    std::string stderr_tail; // the last bytes of standard error alone
};

class CapturedOutput {
public:
    void add_stdout(std::string_view bytes) { add(bytes); }

    void add_stderr(std::string_view bytes);

    // Hands over what was captured since the last call and starts anew.
    [[nodiscard]] Printed take();

private:
    void add(std::string_view bytes);

    Printed printed_;
};

// The stacks that a worker dumps when it dies or hangs: each a line "stack of thread 12 at
// SIGSEGV:" and the lines of backtrace_symbols_fd below it. Empty where there is none.
[[nodiscard]] std::string stack_in(std::string_view stderr_tail);

// The text without those stacks: what the plugin itself printed.
[[nodiscard]] std::string without_stacks(std::string_view text);

} // namespace assay::workers
