#include "workers/output.hpp"

#include <algorithm>
#include <utility>

namespace assay::workers {

void CapturedOutput::add(std::string_view bytes) {
    const std::size_t room = kOutputBytesMax - printed_.text.size();
    const std::size_t kept = std::min(room, bytes.size());
    printed_.text.append(bytes.substr(0, kept));
    printed_.bytes_dropped += bytes.size() - kept;
}

void CapturedOutput::add_stderr(std::string_view bytes) {
    add(bytes);
    if (bytes.size() > kStderrTailBytes) {
        bytes.remove_prefix(bytes.size() - kStderrTailBytes);
    }
    std::string& tail = printed_.stderr_tail;
    tail.append(bytes);
    if (tail.size() > kStderrTailBytes) {
        tail.erase(0, tail.size() - kStderrTailBytes);
    }
}

Printed CapturedOutput::take() {
    return std::exchange(printed_, Printed{});
}

namespace {

// Longer than any path and symbol: then it is something printed before, without a line end.
constexpr std::size_t kFrameLineMax = 8192;

bool is_frame_line(std::string_view line) noexcept {
    if (line.size() > kFrameLineMax || !line.ends_with(']')) {
        return false;
    }
    const std::size_t open = line.rfind('[');
    return open != std::string_view::npos && line.substr(open + 1).starts_with("0x");
}

} // namespace

std::string stack_in(std::string_view stderr_tail) {
    std::string block;
    bool inside = false;
    while (!stderr_tail.empty()) {
        const std::size_t end = stderr_tail.find('\n');
        const std::string_view line = stderr_tail.substr(0, end);
        if (is_frame_line(line)) {
            if (!std::exchange(inside, true)) {
                block.clear();
            }
            block.append(line).append("\n");
        } else {
            inside = false;
        }
        stderr_tail.remove_prefix(end == std::string_view::npos ? stderr_tail.size() : end + 1);
    }
    return block;
}

} // namespace assay::workers
