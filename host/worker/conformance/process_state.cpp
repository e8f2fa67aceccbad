#include "worker/conformance/process_state.hpp"

#include <algorithm>
#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace assay::worker::conformance {
namespace {

constexpr std::size_t kShownBytesMax = 300;
constexpr off_t kCapturedBytesMax = off_t{1} << 20;

constexpr std::array kLimits{
    RLIMIT_AS, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_DATA, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_STACK};

std::map<int, std::uintptr_t> signal_handlers() {
    std::map<int, std::uintptr_t> handlers;
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action {};

        if (::sigaction(number, nullptr, &action) == 0) {
            handlers[number] = reinterpret_cast<std::uintptr_t>(action.sa_handler);
        }
    }
    return handlers;
}

std::vector<std::string> environment() {
    std::vector<std::string> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        all.emplace_back(*entry);
    }
    std::ranges::sort(all);
    return all;
}

std::uint32_t float_mode() noexcept {
    auto mode = static_cast<std::uint32_t>(std::fegetround());
#if defined(__x86_64__)
    constexpr unsigned kFlags = 0x3F; // exceptions that have happened: no mode
    mode |= (_mm_getcsr() & ~kFlags) << 12;
#endif
    return mode;
}

std::string working_folder() {
    std::error_code ignored;
    return std::filesystem::current_path(ignored).string();
}

std::string name_of_signal(int number) {
    const char* const name = ::sigabbrev_np(number);
    return name == nullptr ? "signal " + std::to_string(number) : std::string("SIG") + name;
}

void add_descriptor_changes(const ProcessState& before,
                            const ProcessState& after,
                            std::vector<std::string>& to) {
    for (const auto& [fd, target] : after.descriptors) {
        const auto known = before.descriptors.find(fd);
        if (known == before.descriptors.end()) {
            to.push_back("descriptor " + std::to_string(fd) + " was opened (" + target + ")");
        } else if (known->second != target) {
            to.push_back("descriptor " + std::to_string(fd) + " now leads to " + target);
        }
    }
    for (const auto& [fd, target] : before.descriptors) {
        if (!after.descriptors.contains(fd)) {
            to.push_back("descriptor " + std::to_string(fd) + " was closed (" + target + ")");
        }
    }
}

} // namespace

std::size_t thread_count() {
    std::error_code ignored;
    const std::filesystem::directory_iterator threads("/proc/self/task", ignored);
    return static_cast<std::size_t>(std::distance(begin(threads), end(threads)));
}

std::map<int, std::string> open_descriptors() {
    std::map<int, std::string> all;
    std::error_code ignored;
    std::string own; // the descriptor that lists the folder leads there
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", ignored)) {
        const std::string target = std::filesystem::read_symlink(entry.path(), ignored).string();
        if (!target.ends_with("/fd") || !target.starts_with("/proc/")) {
            all[std::atoi(entry.path().filename().c_str())] = target;
        }
    }
    return all;
}

ProcessState process_state() {
    ProcessState state;
    state.threads = thread_count();
    state.descriptors = open_descriptors();
    state.handlers = signal_handlers();
    const char* const locale = std::setlocale(LC_ALL, nullptr);
    state.locale = locale == nullptr ? "" : locale;
    state.folder = working_folder();
    state.environment = environment();
    state.float_mode = float_mode();
    for (const auto resource : kLimits) {
        rlimit limit{};
        if (::getrlimit(resource, &limit) == 0) {
            state.limits[static_cast<int>(resource)] = {limit.rlim_cur, limit.rlim_max};
        }
    }
    return state;
}

std::vector<std::string> changes(const ProcessState& before, const ProcessState& after) {
    std::vector<std::string> found;
    if (before.threads != after.threads) {
        found.push_back(std::to_string(after.threads) + " threads run, expected the " +
                        std::to_string(before.threads) + " from before");
    }
    add_descriptor_changes(before, after, found);
    for (const auto& [number, handler] : after.handlers) {
        if (const auto known = before.handlers.find(number);
            known != before.handlers.end() && known->second != handler) {
            found.push_back("the handler of " + name_of_signal(number) + " was replaced");
        }
    }
    if (before.locale != after.locale) {
        found.push_back("the locale is now '" + after.locale + "'");
    }
    if (before.folder != after.folder) {
        found.push_back("the working folder is now '" + after.folder + "'");
    }
    if (before.environment != after.environment) {
        found.emplace_back("the environment was changed");
    }
    if (before.float_mode != after.float_mode) {
        found.emplace_back(
            "the floating-point mode was changed (rounding, traps or flush to zero)");
    }
    if (before.limits != after.limits) {
        found.emplace_back("a resource limit was changed");
    }
    return found;
}

MemoryState memory_state() {
    MemoryState state;
    const struct mallinfo2 heap = ::mallinfo2();
    state.allocated_bytes = heap.uordblks + heap.hblkhd;
    std::FILE* const file = std::fopen("/proc/self/statm", "re");
    if (file != nullptr) {
        unsigned long total = 0;
        unsigned long resident = 0;
        if (std::fscanf(file, "%lu %lu", &total, &resident) == 2) {
            state.resident_bytes =
                std::uint64_t{resident} * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
        }
        std::fclose(file);
    }
    return state;
}

OutputCapture::OutputCapture(Streams streams)
    : memory_(::memfd_create("captured", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
    // Of fixed size: who writes a gigabyte gets errors, not the memory of the machine.
    if (memory_ < 0 || ::ftruncate(memory_, kCapturedBytesMax) != 0 ||
        ::fcntl(memory_, F_ADD_SEALS, F_SEAL_GROW) != 0) {
        throw std::system_error(errno, std::generic_category(), "memfd_create");
    }
    std::fflush(nullptr);
    kept_output_ = ::dup(STDOUT_FILENO);
    ::dup2(memory_, STDOUT_FILENO);
    if (streams == Streams::both) {
        kept_errors_ = ::dup(STDERR_FILENO);
        ::dup2(memory_, STDERR_FILENO);
    }
}

OutputCapture::~OutputCapture() {
    std::fflush(nullptr);
    ::dup2(kept_output_, STDOUT_FILENO);
    ::close(kept_output_);
    if (kept_errors_ >= 0) {
        ::dup2(kept_errors_, STDERR_FILENO);
        ::close(kept_errors_);
    }
    ::close(memory_);
}

std::uint64_t OutputCapture::bytes() const {
    std::fflush(nullptr);
    const off_t end = ::lseek(memory_, 0, SEEK_CUR); // shared with the standard streams
    return end > 0 ? static_cast<std::uint64_t>(end) : 0;
}

std::string OutputCapture::text() const {
    std::string shown(std::min<std::size_t>(bytes(), kShownBytesMax), '\0');
    const ssize_t got = ::pread(memory_, shown.data(), shown.size(), 0);
    shown.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    while (!shown.empty() && shown.back() == '\n') {
        shown.pop_back();
    }
    return shown;
}

} // namespace assay::worker::conformance
