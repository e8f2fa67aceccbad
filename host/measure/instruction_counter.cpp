#include "measure/instruction_counter.hpp"

#include "support/file.hpp"

#include <array>
#include <cerrno>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

namespace assay::measure {
namespace {

// A loop that no counter of instructions can miss.
constexpr std::uint64_t kTrialLinks = 100'000;

std::optional<KernelCounter>& armed() noexcept {
    static std::optional<KernelCounter> counter;
    return counter;
}

Error unavailable(std::string why) {
    return Error{ErrorKind::unavailable,
                 "perf_event: " + std::move(why),
                 "this machine lends no counter of instructions, or kernel.perf_event_paranoid "
                 "keeps it"};
}

} // namespace

Result<KernelCounter> KernelCounter::open(std::uint32_t type, std::uint64_t event) {
    perf_event_attr attributes{};
    attributes.size = sizeof attributes;
    attributes.type = type;
    attributes.config = event;
    attributes.disabled = 1;
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    constexpr int kThisThread = 0, kAnyCpu = -1, kNoGroup = -1;
    UniqueFd fd(static_cast<int>(::syscall(
        SYS_perf_event_open, &attributes, kThisThread, kAnyCpu, kNoGroup, PERF_FLAG_FD_CLOEXEC)));
    if (!fd) {
        const int error = errno;
        return unavailable(error == ENOENT ? "the processor shows no counters (ENOENT)"
                                           : system_message(error));
    }
    return KernelCounter(std::move(fd));
}

void KernelCounter::start() const noexcept {
    ::ioctl(fd_.get(), PERF_EVENT_IOC_RESET, 0);
    ::ioctl(fd_.get(), PERF_EVENT_IOC_ENABLE, 0);
}

std::optional<std::uint64_t> KernelCounter::stop() const noexcept {
    ::ioctl(fd_.get(), PERF_EVENT_IOC_DISABLE, 0);
    std::array<std::uint64_t, 3> reading{}; // value, time enabled, time running
    if (::read(fd_.get(), reading.data(), sizeof reading) != sizeof reading) {
        return std::nullopt;
    }
    return reading[2] > 0 && reading[1] == reading[2] ? std::optional(reading[0]) : std::nullopt;
}

Result<KernelCounter> open_instruction_counter() {
    Result<KernelCounter> counter =
        KernelCounter::open(PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS);
    if (!counter) {
        return counter;
    }
    counter->start();
    std::uint64_t x = 1;
    for (std::uint64_t i = 0; i < kTrialLinks; ++i) {
        x *= 0x9E3779B97F4A7C15u;
        asm volatile("" : "+r"(x));
    }
    const std::optional<std::uint64_t> counted = counter->stop();
    if (!counted || *counted < kTrialLinks) {
        return unavailable("the counter of instructions opens but does not count");
    }
    return counter;
}

void arm_instruction_counter() {
    if (Result<KernelCounter> counter = open_instruction_counter()) {
        armed().emplace(*std::move(counter));
    }
}

const KernelCounter* armed_instruction_counter() noexcept {
    return armed() ? &*armed() : nullptr;
}

} // namespace assay::measure
