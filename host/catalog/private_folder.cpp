#include "catalog/private_folder.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::catalog {

Status make_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (folder.has_parent_path()) {
        std::filesystem::create_directories(folder.parent_path(), error);
    }
    if (error) {
        return Error{ErrorKind::io,
                     "cannot create " + folder.parent_path().string() + ": " + error.message(),
                     {}};
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return Error{
            ErrorKind::io, "cannot create " + folder.string() + ": " + system_message(errno), {}};
    }

    struct stat info {};

    if (::lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
        return Error{ErrorKind::io, folder.string() + " is not a folder", "remove it"};
    }
    if (info.st_uid != ::geteuid()) {
        return Error{ErrorKind::io,
                     folder.string() + " belongs to user " + std::to_string(info.st_uid) +
                         ", expected this user (" + std::to_string(::geteuid()) + ")",
                     "remove it, or point XDG_CACHE_HOME and XDG_STATE_HOME elsewhere"};
    }
    if ((info.st_mode & 0077) != 0 && ::chmod(folder.c_str(), 0700) != 0) {
        return Error{ErrorKind::io,
                     "cannot make " + folder.string() + " private: " + system_message(errno),
                     {}};
    }
    return {};
}

bool is_private_folder(const std::filesystem::path& folder) {
    struct stat info {};

    return ::lstat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode) &&
           info.st_uid == ::geteuid() && (info.st_mode & 0022) == 0;
}

} // namespace assay::catalog
