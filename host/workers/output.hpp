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

// The lines that backtrace_symbols_fd writes ("./lib.so(run+0x1f) [0x7f...]"), in order; empty
// where there is no such block. Looks at the last block only: the dump of a hang may be followed
// by one of the crash that ended it.
[[nodiscard]] std::string stack_in(std::string_view stderr_tail);

} // namespace assay::workers
