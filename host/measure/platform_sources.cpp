#include "measure/platform_sources.hpp"

#include <array>
#include <cstring>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace assay::measure {
namespace {

// The twelve letters of a hypervisor, which the processor shows to its guests.
std::string hypervisor_signature() {
#if defined(__x86_64__) || defined(__i386__)
    constexpr unsigned kFeatures = 1;
    constexpr unsigned kIsGuest = 1u << 31;
    constexpr unsigned kSignature = 0x40000000;
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    if (__get_cpuid(kFeatures, &eax, &ebx, &ecx, &edx) == 0 || (ecx & kIsGuest) == 0) {
        return {};
    }
    __cpuid(kSignature, eax, ebx, ecx, edx);
    const std::array words{ebx, ecx, edx};
    std::array<char, sizeof words + 1> text{};
    std::memcpy(text.data(), words.data(), sizeof words);
    return text.data();
#else
    return {};
#endif
}

std::string architecture() {
    utsname system{};
    return ::uname(&system) == 0 ? system.machine : "";
}

} // namespace

std::vector<unsigned> allowed_cpus() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    std::vector<unsigned> cpus;
    // Of the first thread: measuring threads narrow their own.
    if (::sched_getaffinity(::getpid(), sizeof mask, &mask) == 0) {
        for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (CPU_ISSET(cpu, &mask)) {
                cpus.push_back(cpu);
            }
        }
    }
    return cpus;
}

PlatformSources this_machine() {
    static const std::vector<Gpu> gpus = visible_gpus(process_environment());
    return {.tree = SystemTree(),
            .environment = process_environment(),
            .architecture = architecture(),
            .allowed_cpus = allowed_cpus(),
            .hypervisor = hypervisor_signature(),
            .gpus = gpus};
}

} // namespace assay::measure
