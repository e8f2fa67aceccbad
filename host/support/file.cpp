#include "support/file.hpp"

#include "support/unique_fd.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace assay {

std::string system_message(int error_number) {
    return std::system_category().message(error_number);
}

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));

    struct stat info {};

    if (!fd || ::fstat(fd.get(), &info) != 0) {
        return Error{ErrorKind::io, "cannot read " + path + ": " + system_message(errno), {}};
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorKind::io, "cannot read " + path + ": not a regular file", {}};
    }
    if (static_cast<std::size_t>(info.st_size) > bytes_max) {
        return Error{ErrorKind::io,
                     path + " has " + std::to_string(info.st_size) +
                         " bytes, more than the limit of " + std::to_string(bytes_max),
                     {}};
    }
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::read(fd.get(), bytes.data() + done, bytes.size() - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error{ErrorKind::io, "cannot read " + path + ": " + system_message(errno), {}};
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

namespace {

// A device or a pipe stays what it is: no file may be renamed over it.
Status write_to_device(const std::string& path, std::string_view bytes) {
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    Status written =
        fd ? write_all(fd.get(), bytes) : Status(Error{ErrorKind::io, system_message(errno), {}});
    return written
               ? written
               : Status(Error{
                     ErrorKind::io, "cannot write " + path + ": " + written.error().message, {}});
}

} // namespace

Status write_file_atomically(const std::string& path, std::string_view bytes) {
    const std::filesystem::path target(path);
    std::error_code error;
    if (target.has_parent_path()) {
        std::filesystem::create_directories(target.parent_path(), error);
        if (error) {
            return Error{ErrorKind::io,
                         "cannot create " + target.parent_path().string() + ": " + error.message(),
                         {}};
        }
    }

    struct stat there {};

    if (::stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
        return write_to_device(path, bytes);
    }
    std::string temporary = path + ".XXXXXX";
    const UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd) {
        return Error{
            ErrorKind::io, "cannot write beside " + path + ": " + system_message(errno), {}};
    }
    Status status = write_all(fd.get(), bytes);
    if (status && ::fchmod(fd.get(), 0644) != 0) {
        status = Error{ErrorKind::io, system_message(errno), {}};
    }
    if (status && ::rename(temporary.c_str(), path.c_str()) != 0) {
        status = Error{ErrorKind::io, system_message(errno), {}};
    }
    if (!status) {
        ::unlink(temporary.c_str());
        return Error{ErrorKind::io, "cannot write " + path + ": " + status.error().message, {}};
    }
    return {};
}

Status write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return Error{ErrorKind::io, system_message(errno), {}};
        }
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
}

} // namespace assay
