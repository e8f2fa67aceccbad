#include "app/installation.hpp"

#include "app/install_folders.hpp"

#include <algorithm>
#include <system_error>

namespace assay::app {

namespace {

// Debian's lib/<triplet>, where the build was configured for it; a build tree has lib alone.
std::filesystem::path library_in(const std::filesystem::path& prefix, const char* name) {
    std::error_code failed;
    const std::filesystem::path usual = prefix / "lib/assay" / name;
    const std::filesystem::path configured = prefix / kLibraryFolder / "assay" / name;
    return std::filesystem::exists(configured, failed) ? configured : usual;
}

} // namespace

std::filesystem::path data_home(const Environment& environment) {
    if (const auto home = environment("XDG_DATA_HOME"); home && home->starts_with('/')) {
        return *home;
    }
    const auto home = environment("HOME");
    return home ? std::filesystem::path(*home) / ".local/share" : std::filesystem::path{};
}

Installation find_installation(const Environment& environment) {
    std::error_code failed;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return installation_around(failed ? std::filesystem::path("/usr/bin") : self.parent_path(),
                               environment);
}

Installation installation_around(const std::filesystem::path& bin, const Environment& environment) {
    const std::filesystem::path prefix = bin.parent_path();
    Installation found{
        .worker_program = bin / "assay-worker",
        .allocation_counter = library_in(prefix, "libassay-allocations.so"),
        .templates = prefix / kDataFolder / "assay/templates",
        .gates = prefix / kDataFolder / "assay/gates",
        .schemas = prefix / kDataFolder / "assay/schemas",
        .plugin_folders = {prefix / "lib/assay/plugins"},
    };
    // Debian's lib/<triplet>, where the build was configured for it.
    const std::filesystem::path library = prefix / kLibraryFolder / "assay/plugins";
    if (library != found.plugin_folders.front()) {
        found.plugin_folders.push_back(library);
    }
    if (const std::filesystem::path home = data_home(environment); !home.empty()) {
        found.plugin_folders.push_back(home / "assay/plugins");
    }
    std::erase_if(found.plugin_folders, [](const std::filesystem::path& folder) {
        std::error_code failed;
        return !std::filesystem::is_directory(folder, failed);
    });
    return found;
}

} // namespace assay::app
