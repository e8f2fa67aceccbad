#include "app/doctor/finding_groups.hpp"
#include "support/file.hpp"

#include <fmt/format.h>

#include <cerrno>

namespace assay::app {
namespace {

constexpr const char* kCounterGroup = "counters";

bool is_refusal(const Error& error) {
    return error.message.ends_with(system_message(EACCES)) ||
           error.message.ends_with(system_message(EPERM));
}

Finding instructions(const SystemTree& tree, const Status& counter) {
    const Subject subject{kCounterGroup,
                          "instructions",
                          "the number of instructions has no noise: it confirms what the time says "
                          "(assay compare --counts)"};
    const auto paranoid = tree.number("proc/sys/kernel/perf_event_paranoid");
    const std::string level =
        paranoid ? fmt::format(" (perf_event_paranoid {})", *paranoid) : std::string{};
    if (counter) {
        return subject.ok("counted by the processor" + level);
    }
    const std::string read = counter.error().message + level;
    return is_refusal(counter.error())
               ? subject.warn(read,
                              "sysctl kernel.perf_event_paranoid=2, or docker run --cap-add "
                              "PERFMON")
               : subject.unavailable(read);
}

Finding callgrind(const ProgramReading& valgrind) {
    const Subject subject{
        kCounterGroup,
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
