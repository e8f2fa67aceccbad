#include "history/sql/file_system.hpp"

#include "support/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <sys/vfs.h>

namespace assay::history::sql {

Result<std::int64_t> file_system_of(const std::string& path) {
    std::filesystem::path place = std::filesystem::absolute(path);

    struct statfs told {};

    while (::statfs(place.c_str(), &told) != 0) {
        const int number = errno;
        if (number != ENOENT || !place.has_relative_path()) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot tell the file system of " + place.string() + ": " +
                                    system_message(number),
                         .hint = "check that the folder is there and may be read"};
        }
        place = place.parent_path();
    }
    return static_cast<std::int64_t>(told.f_type);
}

bool is_network(std::int64_t type) noexcept {
    constexpr std::array<std::int64_t, 5> kNetwork{
        0x6969,     // NFS
        0xFE534D42, // SMB 2 and 3
        0xFF534D42, // CIFS
        0x01021997, // 9p
        0x65735546, // FUSE: sshfs and the like
    };
    // Some kernels' 32-bit types come with their sign extended.
    const std::int64_t unsigned_type = type & 0xFFFFFFFF;
    return std::find(kNetwork.begin(), kNetwork.end(), unsigned_type) != kNetwork.end();
}

} // namespace assay::history::sql
