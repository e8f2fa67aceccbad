#include "worker/last_words.hpp"

#include "measure/signal_stack.hpp"
#include "support/frame.hpp"
#include "support/json.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <execinfo.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::worker {
namespace {

constexpr std::size_t kCaseBytesMax = 4096;
constexpr int kStackFramesMax = 64;

// Read by the handlers, so plain memory of fixed size and lock-free words.
struct Notice {
    const measure::SharedPage* page = nullptr;
    std::atomic<std::uint32_t> sequence{0};
    std::atomic<long> dying_thread{0};
    std::array<char, kCaseBytesMax> case_json{'"', '"', '\0'}; // the id as a JSON string
};

Notice notice;

// Text in a buffer of fixed size; what does not fit is cut.
class Words {
public:
    void put(std::string_view text) noexcept {
        const std::size_t fits = std::min(text.size(), bytes_.size() - size_);
        std::memcpy(bytes_.data() + size_, text.data(), fits);
        size_ += fits;
    }

    void put_number(std::uint64_t value, unsigned base = 10) noexcept {
        std::array<char, 24> digits{};
        std::size_t at = digits.size();
        do {
            digits[--at] = "0123456789abcdef"[value % base];
            value /= base;
        } while (value != 0);
        put(std::string_view(digits.data() + at, digits.size() - at));
    }

    void put_byte(std::uint32_t byte) noexcept {
        const char c = static_cast<char>(byte & 0xFFu);
        put(std::string_view(&c, 1));
    }

    void write_to(int fd) const noexcept {
        const char* from = bytes_.data();
        std::size_t left = size_;
        while (left > 0) {
            const ssize_t put_now = ::write(fd, from, left);
            if (put_now < 0 && errno == EINTR) {
                continue;
            }
            if (put_now <= 0) {
                return;
            }
            from += put_now;
            left -= static_cast<std::size_t>(put_now);
        }
    }

    [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size_}; }

private:
    std::array<char, kCaseBytesMax + 512> bytes_{};
    std::size_t size_ = 0;
};

std::string_view signal_name(int signal) noexcept {
    switch (signal) {
    case SIGSEGV:
        return "SIGSEGV";
    case SIGBUS:
        return "SIGBUS";
    case SIGILL:
        return "SIGILL";
    case SIGFPE:
        return "SIGFPE";
    case SIGABRT:
        return "SIGABRT";
    case SIGQUIT:
        return "SIGQUIT";
    default:
        return "signal";
    }
}

void print_stack(int signal) noexcept {
    Words head;
    head.put("stack of thread ");
    head.put_number(static_cast<std::uint64_t>(::syscall(SYS_gettid)));
    head.put(" at ");
    head.put(signal_name(signal));
    head.put(":\n");
    head.write_to(STDERR_FILENO);
    std::array<void*, kStackFramesMax> frames{};
    const int count = ::backtrace(frames.data(), kStackFramesMax);
    ::backtrace_symbols_fd(frames.data(), count, STDERR_FILENO);
}

void send_dying(int signal, const siginfo_t& info) noexcept {
    Words payload;
    payload.put("{\"case_id\":");
    payload.put(notice.case_json.data());
    payload.put(",\"phase\":\"");
    payload.put(measure::name_of(static_cast<measure::LaunchPhase>(notice.page->phase.load())));
    payload.put("\",\"slice\":");
    payload.put_number(notice.page->slice.load());
    payload.put(",\"signal\":");
    payload.put_number(static_cast<std::uint64_t>(signal));
    payload.put(",\"name\":\"");
    payload.put(signal_name(signal));
    payload.put("\"");
    if (signal != SIGABRT) { // somebody called abort(): there is no address
        payload.put(",\"address\":\"0x");
        payload.put_number(reinterpret_cast<std::uint64_t>(info.si_addr), 16);
        payload.put("\"");
    }
    payload.put("}");
    Words frame; // as encode_frame does it, without its string
    const auto type = static_cast<std::uint32_t>(measure::FrameType::dying);
    const auto put_u32 = [&frame](std::uint32_t value) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            frame.put_byte(value >> shift);
        }
    };
    put_u32(static_cast<std::uint32_t>(payload.text().size()));
    put_u32(type | (std::uint32_t{measure::kProtocolVersion} << 16));
    put_u32(notice.sequence.load());
    frame.put(payload.text());
    frame.write_to(measure::kFramesOutFd);
}

void on_death(int signal, siginfo_t* info, void* /*context*/) {
    const long self = ::syscall(SYS_gettid);
    long nobody = 0;
    if (notice.dying_thread.compare_exchange_strong(nobody, self)) {
        send_dying(signal, *info);
        print_stack(signal);
    } else if (nobody != self) {
        for (;;) { // lanes may crash together; one speaks, and takes the others with it
            ::pause();
        }
    } // else: crashed again while printing the stack of a broken thread

    struct sigaction standard {};

    standard.sa_handler = SIG_DFL;
    ::sigaction(signal, &standard, nullptr);
    ::raise(signal); // so that the host sees the true signal
}

// One thread prints at a time; a hang with a hundred lanes is still readable.
std::atomic_flag printing = ATOMIC_FLAG_INIT;
std::atomic<bool> asked_all{false};

// Where getdents64(2) puts the length and the name of an entry (readdir allocates).
constexpr long kEntryLengthAt = 16;
constexpr long kEntryNameAt = 19;

void ask_other_threads() noexcept {
    const long self = ::syscall(SYS_gettid);
    const int folder = ::open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::array<char, 4096> entries{};
    long got = 0;
    while (folder >= 0 &&
           (got = ::syscall(SYS_getdents64, folder, entries.data(), entries.size())) > 0) {
        for (long at = 0; at < got;) {
            const char* const entry = entries.data() + at;
            std::uint16_t length = 0;
            std::memcpy(&length, entry + kEntryLengthAt, sizeof length);
            at += length;
            long thread = 0;
            for (const char* digit = entry + kEntryNameAt; *digit >= '0' && *digit <= '9';
                 ++digit) {
                thread = thread * 10 + (*digit - '0');
            }
            if (thread > 0 && thread != self) {
                ::syscall(SYS_tgkill, ::getpid(), thread, SIGQUIT);
            }
        }
    }
    if (folder >= 0) {
        ::close(folder);
    }
}

void on_hang(int signal, siginfo_t* /*info*/, void* /*context*/) {
    const int kept = errno;
    if (!asked_all.exchange(true)) {
        ask_other_threads();
    }
    while (printing.test_and_set(std::memory_order_acquire)) {
    }
    print_stack(signal);
    printing.clear(std::memory_order_release);
    errno = kept;
}

} // namespace

void install_death_handlers(const measure::SharedPage& page) noexcept {
    static const measure::SignalStack stack; // of the main thread; lanes bring their own
    notice.page = &page;

    struct sigaction action {};

    ::sigemptyset(&action.sa_mask);
    action.sa_sigaction = on_death;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
        ::sigaction(signal, &action, nullptr);
    }
    action.sa_sigaction = on_hang;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    ::sigaction(SIGQUIT, &action, nullptr);
    // The first backtrace loads the unwinder and allocates: not in a handler.
    std::array<void*, 2> frames{};
    ::backtrace(frames.data(), 2);
}

void expect_death_in(std::string_view case_id) {
    const std::string text = write_json(json::value(case_id));
    if (text.size() < notice.case_json.size()) {
        std::memcpy(notice.case_json.data(), text.c_str(), text.size() + 1);
    } else {
        std::memcpy(notice.case_json.data(), "\"\"", 3);
    }
}

void mind_sequence(std::uint32_t next) noexcept {
    notice.sequence.store(next);
}

} // namespace assay::worker
