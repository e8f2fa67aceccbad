#include "catalog/folders.hpp"

#include <cstdlib>
#include <pwd.h>
#include <string>
#include <unistd.h>

namespace assay::catalog {
namespace {

std::filesystem::path home() {
    if (const char* folder = std::getenv("HOME"); folder != nullptr && folder[0] == '/') {
        return folder;
    }
    // Asked at start-up by one thread; there is no portable upper bound for the _r form's buffer.
    if (const passwd* entry = ::getpwuid(::geteuid()); // NOLINT(concurrency-mt-unsafe)
        entry != nullptr && entry->pw_dir != nullptr && entry->pw_dir[0] == '/') {
        return entry->pw_dir;
    }
    return "/";
}

std::filesystem::path xdg(const char* variable, const char* fallback) {
    const char* folder = std::getenv(variable);
    return folder != nullptr && folder[0] == '/' ? std::filesystem::path(folder)
                                                 : home() / fallback;
}

} // namespace

std::filesystem::path cache_folder() {
    return xdg("XDG_CACHE_HOME", ".cache") / "assay";
}

std::filesystem::path data_folder() {
    return xdg("XDG_DATA_HOME", ".local/share") / "assay";
}

std::filesystem::path default_store_folder() {
    return cache_folder() / "store";
}

std::filesystem::path default_trust_folder() {
    return xdg("XDG_STATE_HOME", ".local/state") / "assay" / "trust";
}

} // namespace assay::catalog
