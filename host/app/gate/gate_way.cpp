#include "app/gate/gate_way.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace assay::app {
namespace {

constexpr std::string_view kSkipRun = "--skip-run", kResults = "--results";

// What every way heeds, and what else those that measure nothing do.
constexpr std::array<std::string_view, 9> kOfAll{"--gates",
                                                 "--regression-threshold",
                                                 "--format",
                                                 "--config",
                                                 "--trust-project",
                                                 "--color",
                                                 "--quiet",
                                                 "--verbose",
                                                 "--directory"};
constexpr std::array<std::string_view, 5> kOfRecords{
    kSkipRun, "--run", "--platform", "--branch", "--project"};
constexpr std::array<std::string_view, 8> kOfFiles{kResults,
                                                   "--against",
                                                   "--against-run",
                                                   "--run",
                                                   "--platform",
                                                   "--importer",
                                                   "--direction",
                                                   "--timeout"};

bool is_in(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Error refused(std::string message, std::string hint) {
    return {.kind = ErrorKind::usage, .message = std::move(message), .hint = std::move(hint)};
}

// An option that a gate that measures does not heed.
Error of_another_way(const std::string& name) {
    return is_in(kOfRecords, name)
               ? refused(name + " is about recorded runs, and this gate measures one",
                         "--skip-run judges the newest recorded run")
               : refused(name + " is about files of other tools, and this gate measures",
                         "--results FILE judges a file");
}

} // namespace

Result<GateWay> gate_way(const Invocation& invocation) {
    const bool recorded = invocation.options.contains(std::string(kSkipRun));
    const bool files = invocation.options.contains(std::string(kResults));
    if (recorded && files) {
        return refused("--skip-run judges a recorded run, and --results a file",
                       "leave one of them out");
    }
    const std::span<const std::string_view> own =
        recorded ? std::span<const std::string_view>(kOfRecords)
                 : std::span<const std::string_view>(kOfFiles);
    for (const auto& [name, values] : invocation.options) {
        if (recorded || files) {
            if (!is_in(own, name) && !is_in(kOfAll, name)) {
                const std::string way(recorded ? kSkipRun : kResults);
                return is_in(kOfFiles, name) && name != "--timeout"
                           ? refused(name + " is about files of other tools, and " + way +
                                         " judges a recorded run",
                                     "--results FILE judges a file")
                           : refused(name + " says how to measure, and " + way +
                                         " measures nothing",
                                     "leave one of them out");
            }
        } else if ((is_in(kOfRecords, name) || is_in(kOfFiles, name)) && name != "--timeout") {
            return of_another_way(name);
        }
    }
    return recorded ? GateWay::recorded : files ? GateWay::files : GateWay::measured;
}

} // namespace assay::app
