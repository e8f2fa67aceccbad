#include "app/doctor/instruction_counter.hpp"

#include "measure/handicap.hpp"
#include "support/unique_fd.hpp"

#include <cerrno>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::app {

CounterReading try_instruction_counter() noexcept {
    constexpr std::uint64_t kLinks = 10'000;
    perf_event_attr wanted{};
    wanted.type = PERF_TYPE_HARDWARE;
    wanted.size = sizeof wanted;
    wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
    wanted.disabled = 1;
    wanted.exclude_kernel = 1;
    wanted.exclude_hv = 1;
    CounterReading reading;
    const UniqueFd counter(
        static_cast<int>(::syscall(SYS_perf_event_open, &wanted, 0, -1, -1, PERF_FLAG_FD_CLOEXEC)));
    if (!counter) {
        reading.error = errno;
        return reading;
    }
    ::ioctl(counter.get(), PERF_EVENT_IOC_ENABLE, 0);
    measure::multiply_chain(kLinks);
    ::ioctl(counter.get(), PERF_EVENT_IOC_DISABLE, 0);
    if (::read(counter.get(), &reading.count, sizeof reading.count) != sizeof reading.count) {
        reading.error = errno;
        reading.count = 0;
    }
    return reading;
}

} // namespace assay::app
