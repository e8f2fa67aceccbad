#include "catalog/folder_scan.hpp"

#include "catalog/catalog.hpp"
#include "support/file.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::catalog {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> plugins_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.size() > kPluginSuffix.size() && name.ends_with(kPluginSuffix)) {
            files.push_back(entry->path());
        }
        if (files.size() > kFolderPluginsMax) {
            return Error{ErrorKind::io,
                         folder.string() + " holds more than " + std::to_string(kFolderPluginsMax) +
                             " plugins",
                         {}};
        }
    }
    if (error) {
        return Error{ErrorKind::io,
                     "cannot read the plugin folder " + folder.string() + ": " + error.message(),
                     {}};
    }
    std::ranges::sort(files);
    return files;
}

std::string writable_by_others(const fs::path& path) {
    struct stat info {};

    if (::stat(path.c_str(), &info) != 0) {
        return "cannot look at " + path.string() + ": " + system_message(errno);
    }
    if (info.st_uid != 0 && info.st_uid != ::geteuid()) {
        return path.string() + " belongs to user " + std::to_string(info.st_uid) +
               ", expected root or this user: name it with --plugin if you want it";
    }
    if ((info.st_mode & 0022) != 0) {
        return path.string() + " is writable by " +
               ((info.st_mode & 0002) != 0 ? "everybody" : "its group") +
               ", so others could replace it: run 'chmod go-w " + path.string() + "'";
    }
    return {};
}

std::string unsafe_installation(const fs::path& folder, const fs::path& file) {
    std::error_code error;
    const fs::path real = fs::canonical(file, error);
    if (error) {
        return "cannot look at " + file.string() + ": " + error.message();
    }
    const fs::path relative = real.lexically_relative(fs::canonical(folder, error));
    if (error || relative.empty() || *relative.begin() == "..") {
        return file.string() + " is a link that leads out of its folder, to " + real.string() +
               ": install the file itself";
    }
    return writable_by_others(real);
}

std::string identity_of(const fs::path& file) {
    struct stat info {};

    if (::stat(file.c_str(), &info) != 0) {
        return file.string();
    }
    return std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

} // namespace assay::catalog
