#include "report/temporary_file.hpp"

#include "support/file.hpp"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::report {
namespace {

constexpr int kNamesMax = 1000; // tries before a folder full of leftovers is an error

// A name nobody else uses at this moment; whoever meets an existing one tries the next.
std::filesystem::path next_name(const std::filesystem::path& folder) {
    static std::atomic<std::uint64_t> counter{0};
    return folder / (".assay-" + std::to_string(::getpid()) + "-" +
                     std::to_string(counter.fetch_add(1)) + ".part");
}

Error system_error() {
    return Error{ErrorKind::io, system_message(errno), {}};
}

std::string descriptor_path(int fd) {
    return "/proc/self/fd/" + std::to_string(fd);
}

} // namespace

Result<TemporaryFile> TemporaryFile::open(const std::filesystem::path& folder, Naming naming) {
    constexpr mode_t kMode = 0666; // the process' umask takes from it
    if (naming == Naming::unnamed) {
        UniqueFd fd(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, kMode));
        // Without /proc the file could never be given a name.
        if (fd && ::access(descriptor_path(fd.get()).c_str(), F_OK) == 0) {
            return TemporaryFile(std::move(fd), folder, {});
        }
    }
    for (int i = 0; i < kNamesMax; ++i) {
        const std::filesystem::path name = next_name(folder);
        UniqueFd fd(::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, kMode));
        if (fd) {
            return TemporaryFile(std::move(fd), folder, name);
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return system_error();
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : fd_(std::move(other.fd_))
    , folder_(std::move(other.folder_))
    , name_(std::exchange(other.name_, {})) {}

TemporaryFile::~TemporaryFile() {
    if (!name_.empty()) {
        ::unlink(name_.c_str());
    }
}

Status TemporaryFile::write(std::string_view bytes) {
    return write_all(fd_.get(), bytes);
}

Status TemporaryFile::publish(const std::filesystem::path& target) {
    if (::fsync(fd_.get()) != 0) {
        return system_error();
    }
    // A link cannot replace a file, a rename can: hence a name of its own first.
    for (int i = 0; name_.empty() && i < kNamesMax; ++i) {
        const std::filesystem::path name = next_name(folder_);
        if (::linkat(AT_FDCWD,
                     descriptor_path(fd_.get()).c_str(),
                     AT_FDCWD,
                     name.c_str(),
                     AT_SYMLINK_FOLLOW) == 0) {
            name_ = name;
        } else if (errno != EEXIST) {
            return system_error();
        }
    }
    if (name_.empty() || ::rename(name_.c_str(), target.c_str()) != 0) {
        return system_error();
    }
    name_.clear();
    return {};
}

} // namespace assay::report
