#include "app/doctor/finding_groups.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

namespace assay::app {
namespace {

constexpr const char* kAssayGroup = "assay";

Finding build(const BuildReading& build) {
    const Subject subject{kAssayGroup,
                          "build",
                          "the loop around a suite's batches, and starting a worker, are as fast "
                          "as assay was built"};
    const std::string read = fmt::format(
        "{}, {}, {}{}",
        build.version,
        build.compiler,
        build.optimised ? "optimised" : "not optimised",
        build.sanitizer.empty() ? std::string{} : ", " + build.sanitizer + " sanitizer");
    return build.optimised && build.sanitizer.empty()
               ? subject.ok(read)
               : subject.warn(read, "measure with the release preset: cmake --preset release");
}

Finding plugins(const BuildReading& build) {
    const Subject subject{kAssayGroup, "plugins", "suites and reporters that need not be named"};
    std::vector<std::string> folders;
    for (const std::filesystem::path& folder : build.plugin_folders) {
        folders.push_back(folder.string());
    }
    if (build.plugins == 0) {
        return subject.warn(folders.empty() ? "no folder of plugins"
                                            : "no plugin in " + join(folders, ", "),
                            "reinstall assay: without the console reporter there is no table");
    }
    return subject.ok(fmt::format("{} in {}", build.plugins, join(folders, ", ")));
}

Finding cache(const FolderReading& folder) {
    const Subject subject{kAssayGroup,
                          "cache",
                          "plugins are copied there before they are loaded; descriptions and this "
                          "machine's resolution are kept there"};
    return folder.writable ? subject.ok(folder.path)
                           : subject.bad(folder.path + " cannot be written to",
                                         "let XDG_CACHE_HOME name a folder that can");
}

Finding git(const ProgramReading& git) {
    const Subject subject{kAssayGroup, "git", "a result names the commit it was measured at"};
    return git.path.empty()
               ? subject.unavailable("git is not installed", "apt-get install git")
               : subject.ok((git.version.empty() ? "git" : git.version) + " (" + git.path + ")");
}

} // namespace

Findings assay_findings(const Readings& readings) {
    return {
        build(readings.build), plugins(readings.build), cache(readings.cache), git(readings.git)};
}

Findings
all_findings(const SystemTree& tree, const Readings& readings, const MachineResolution& machine) {
    Findings all = resolution_findings(machine);
    for (Findings group :
         {processor_findings(tree, readings.allowed_cpus),
          load_findings(tree, readings.allowed_cpus.size(), machine.resolution.steal_share),
          quota_findings(tree),
          memory_findings(tree),
          counter_findings(tree, readings),
          worker_findings(readings),
          assay_findings(readings)}) {
        std::ranges::move(group, std::back_inserter(all));
    }
    return all;
}

} // namespace assay::app
