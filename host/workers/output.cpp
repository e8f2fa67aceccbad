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

// As the worker program writes it before each stack.
constexpr std::string_view kStackHead = "stack of thread ";

// "./lib.so(run+0x1f) [0x7f01]"
bool is_frame_line(std::string_view line) noexcept {
    const std::size_t open = line.rfind('[');
    return line.ends_with(']') && open != std::string_view::npos &&
           line.substr(open + 1).starts_with("0x");
}

// The lines that belong to a stack, or those that do not.
std::string pick(std::string_view text, bool of_stacks) {
    std::string picked;
    bool inside = false;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        const std::string_view line = text.substr(0, end);
        inside = line.starts_with(kStackHead) || (inside && is_frame_line(line));
        if (inside == of_stacks) {
            picked.append(text.substr(0, size));
        }
        text.remove_prefix(size);
    }
    return picked;
}

} // namespace

std::string stack_in(std::string_view stderr_tail) {
    return pick(stderr_tail, true);
}

std::string without_stacks(std::string_view text) {
    return pick(text, false);
}

} // namespace assay::workers
