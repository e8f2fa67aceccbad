#include "app/doctor/finding_groups.hpp"
#include "support/file.hpp"

#include <fmt/format.h>

#include <cerrno>

namespace assay::app {
namespace {

constexpr const char* kGroup = "counters";

Finding instructions(const SystemTree& tree, const CounterReading& reading) {
    const Subject subject{
        kGroup,
        "instructions",
        "the number of instructions has no noise: it confirms what the time says"};
    const auto paranoid = tree.number("proc/sys/kernel/perf_event_paranoid");
    const std::string level =
        paranoid ? fmt::format(" (perf_event_paranoid {})", *paranoid) : std::string{};
    switch (reading.error) {
    case 0:
        return reading.count > 0
                   ? subject.ok("counted by the processor" + level)
                   : subject.unavailable("the counter opens but stays at 0: the hypervisor passes "
                                         "none on");
    case EACCES:
    case EPERM:
        return subject.warn("not permitted" + level,
                            "sysctl kernel.perf_event_paranoid=1, or docker run --cap-add "
                            "PERFMON");
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
        return subject.unavailable("the processor shows no counters (usual in virtual machines)" +
                                   level);
    case ENOSYS:
        return subject.unavailable("this kernel has no perf_event_open, or a filter forbids it");
    default:
        return subject.unavailable("perf_event_open: " + system_message(reading.error) + level);
    }
}

Finding callgrind(const ProgramReading& valgrind) {
    const Subject subject{
        kGroup,
        "callgrind",
        "counts instructions where the processor does not, about 50 times slower"};
    if (valgrind.path.empty()) {
        return subject.unavailable("valgrind is not installed", "apt-get install valgrind");
    }
    return valgrind.version.empty()
               ? subject.warn(valgrind.path + " does not say its version", "valgrind --version")
               : subject.ok(valgrind.version + " (" + valgrind.path + ")");
}

} // namespace

Findings counter_findings(const SystemTree& tree, const Readings& readings) {
    return {instructions(tree, readings.instructions), callgrind(readings.valgrind)};
}

} // namespace assay::app
