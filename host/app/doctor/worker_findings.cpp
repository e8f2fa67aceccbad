#include "app/doctor/finding_groups.hpp"
#include "statistics/summary.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::app {
namespace {

constexpr const char* kWorkerGroup = "worker";
constexpr double kStartMany_s = 0.05; // a pair starts two and has 40 ms by itself
constexpr std::uint64_t kScratchLittle = std::uint64_t{1} << 30;
constexpr double kGiB = 1024.0 * 1024 * 1024;

Finding launch(const WorkerReading& worker) {
    const Subject subject{
        kWorkerGroup, "launch", "every launch is a process of its own; a pair starts two"};
    if (!worker.started) {
        const Error& error = worker.started.error();
        return subject.bad(error.message,
                           error.hint.empty() ? "install assay-worker beside assay" : error.hint);
    }
    const double median_s = statistics::median(worker.start_s);
    const std::string read = fmt::format("{:.1f} ms from start to ready, without a plugin (worst "
                                         "of {}: {:.1f} ms)",
                                         1e3 * median_s,
                                         worker.start_s.size(),
                                         1e3 * *std::ranges::max_element(worker.start_s));
    return median_s <= kStartMany_s
               ? subject.ok(read)
               : subject.warn(read,
                              "see 'build', 'load average' and 'throttled': starting takes more "
                              "time than measuring");
}

Finding containment(const json::object& isolation) {
    struct Part {
        const char *key, *done, *missing;
    };

    constexpr std::array kParts{
        Part{"descriptors_closed", "foreign descriptors closed", "foreign descriptors stay open"},
        Part{"dies_with_host", "ends with the host", "may outlive the host"},
        Part{"limits", "limits on files and dumps", "no limits on files and dumps"},
        Part{"no_new_privs", "no new privileges", "may gain privileges (setuid programs)"}};
    const Subject subject{
        kWorkerGroup, "containment", "a crash, a hang or a leak of a suite ends with its worker"};
    std::vector<std::string> done;
    std::vector<std::string> missing;
    for (const Part& part : kParts) {
        json_bool(isolation, part.key, false) ? done.emplace_back(part.done)
                                              : missing.emplace_back(part.missing);
    }
    return missing.empty()
               ? subject.ok(join(done, ", "))
               : subject.warn(join(missing, ", "),
                              "the system refuses it (an old kernel, or a container's filter)");
}

Finding pinning(const WorkerReading& worker) {
    const Subject subject{kWorkerGroup,
                          "pinning",
                          "both sides of a pair measure on the same CPU, so its speed cancels"};
    const json::value* pinned = worker.isolation.if_contains("pinned_cpu");
    if (worker.pin_wanted && pinned != nullptr && pinned->is_int64() &&
        pinned->get_int64() == *worker.pin_wanted) {
        return subject.ok(
            fmt::format("a worker stays on the CPU it is given (tried: {})", *worker.pin_wanted));
    }
    return subject.warn("a worker cannot be bound to a CPU",
                        "allow sched_setaffinity in the container's filter");
}

Finding layout(const WorkerReading& worker) {
    const Subject subject{kWorkerGroup,
                          "layout",
                          "heap and stack begin elsewhere in every launch, so that no build has "
                          "the luck of a good address"};
    const std::string read =
        fmt::format("{} different layouts in {} launches", worker.layouts, worker.start_s.size());
    return worker.layouts > 1 || worker.start_s.size() < 2
               ? subject.ok(read)
               : subject.warn(read, "getrandom gives nothing: report the kernel and container");
}

Finding sandbox(bool is_root) {
    const Subject subject{kWorkerGroup,
                          "sandbox",
                          "isolation is about accidents, not malice: a plugin may read, write and "
                          "send what you may"};
    const std::string none = "no namespaces, no seccomp filter, no rules on files";
    return is_root ? subject.warn(none + "; plugins run as root",
                                  "run assay as a user without rights, or in a container")
                   : subject.unavailable(none, "measure foreign plugins in a container or a VM");
}

Finding scratch(const FolderReading& folder) {
    const Subject subject{
        kWorkerGroup, "scratch", "every worker works in a folder of its own there"};
    if (!folder.writable) {
        return subject.bad(folder.path + " cannot be written to",
                           "let TMPDIR name a folder that can");
    }
    if (!folder.available_bytes) {
        return subject.unavailable(folder.path + " does not tell its free space");
    }
    const std::string read = fmt::format(
        "{}: {:.1f} GiB free", folder.path, static_cast<double>(*folder.available_bytes) / kGiB);
    return *folder.available_bytes >= kScratchLittle
               ? subject.ok(read)
               : subject.warn(read, "free some, or let TMPDIR name another folder");
}

} // namespace

Findings worker_findings(const Readings& readings) {
    Findings findings{launch(readings.worker)};
    if (readings.worker.started) {
        findings.push_back(containment(readings.worker.isolation));
        findings.push_back(pinning(readings.worker));
        findings.push_back(layout(readings.worker));
    }
    findings.push_back(sandbox(readings.is_root));
    findings.push_back(scratch(readings.scratch));
    return findings;
}

} // namespace assay::app
