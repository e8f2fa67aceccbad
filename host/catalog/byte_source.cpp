#include "catalog/byte_source.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::catalog {

Result<std::unique_ptr<ByteSource>> FileBytes::open(const std::string& path) {
    // O_NONBLOCK: a FIFO that somebody planted must not make us wait for its writer.
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));

    struct stat info {};

    if (!fd || ::fstat(fd.get(), &info) != 0) {
        return Error{ErrorKind::io, "cannot read " + path + ": " + system_message(errno), {}};
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorKind::io, "cannot read " + path + ": not a regular file", {}};
    }
    return std::unique_ptr<ByteSource>(
        std::make_unique<FileBytes>(std::move(fd), static_cast<std::uint64_t>(info.st_size)));
}

bool FileBytes::read(std::uint64_t offset, std::span<char> out) const {
    if (offset > size_ || out.size() > size_ - offset) {
        return false;
    }
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::pread(
            fd_.get(), out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false; // cut short since it was opened, or the disk said no
        }
        done += static_cast<std::size_t>(got);
    }
    return true;
}

bool MemoryBytes::read(std::uint64_t offset, std::span<char> out) const {
    if (offset > bytes_.size() || out.size() > bytes_.size() - offset) {
        return false;
    }
    if (!out.empty()) {
        std::memcpy(out.data(), bytes_.data() + offset, out.size());
    }
    return true;
}

} // namespace assay::catalog
