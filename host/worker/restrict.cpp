#include "worker/restrict.hpp"

#include "measure/protocol.hpp"

#include <algorithm>
#include <csignal>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::worker {
namespace {

// A suite that opens more has lost count; servers under test run in processes of their own.
constexpr rlim_t kOpenFilesMax = 4096;
// One file of the scratch folder. Large enough for any cache layer, small beside a disk.
constexpr rlim_t kFileBytesMax = rlim_t{16} << 30;

// No RLIMIT_CPU, although it would be a backstop behind the host's deadlines: with one set, Linux
// answers CLOCK_PROCESS_CPUTIME_ID from sums that only the timer tick updates, and a slice of 0.7
// ms then reads anything from 0 to 4 ms. A worker that nobody watches ends by PDEATHSIG and by the
// closing of its command pipe.

bool limit(__rlimit_resource resource, rlim_t most) noexcept {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) {
        return false;
    }
    const rlim_t hard = now.rlim_max == RLIM_INFINITY ? most : std::min(now.rlim_max, most);
    const rlimit wanted{hard, hard};
    return ::setrlimit(resource, &wanted) == 0;
}

// Only ever narrows: the mask inherited from the host is what the user allowed.
json::value pin(int cpu) noexcept {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (cpu >= CPU_SETSIZE || ::sched_getaffinity(0, sizeof allowed, &allowed) != 0 ||
        !CPU_ISSET(static_cast<unsigned>(cpu), &allowed)) {
        return nullptr;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(cpu), &one);
    return ::sched_setaffinity(0, sizeof one, &one) == 0 ? json::value(cpu) : json::value(nullptr);
}

} // namespace

json::object restrict_process(const Arguments& arguments) {
    json::object achieved;
    // A libc too old for the wrapper of close_range(2) still has the number.
    const int last = arguments.in_pair ? measure::kPairPageFd : measure::kSharedPageFd;
    achieved["descriptors_closed"] = ::syscall(SYS_close_range, last + 1, ~0U, 0) == 0;
    achieved["dies_with_host"] = ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    // The parent may have ended before the line above: then no signal will ever come.
    if (arguments.parent && ::getppid() != *arguments.parent) {
        ::_exit(0);
    }
    achieved["core_dumps"] = arguments.cores;
    achieved["limits"] = (arguments.cores || limit(RLIMIT_CORE, 0)) &&
                         limit(RLIMIT_NOFILE, kOpenFilesMax) && limit(RLIMIT_FSIZE, kFileBytesMax);
    achieved["no_new_privs"] = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    achieved["pinned_cpu"] = arguments.cpu ? pin(*arguments.cpu) : json::value(nullptr);
    return achieved;
}

} // namespace assay::worker
