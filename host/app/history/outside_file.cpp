#include "app/history/outside_file.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace assay::app {
namespace {

constexpr const char* kStandardOutput = "standard output";
// More of it goes to a file: a small one may be wanted where nothing can be written.
constexpr std::size_t kHeldMax = std::size_t{8} << 20;
// As read_file() limits files: what is longer was sent by mistake.
constexpr std::size_t kBytesMax = std::size_t{256} << 20;

Result<std::string> read_standard_input() {
    std::string text;
    char piece[65536];
    while (true) {
        const ssize_t got = ::read(STDIN_FILENO, piece, sizeof piece);
        if (got == 0) {
            return text;
        }
        if (got < 0 && errno != EINTR) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot read standard input: " + system_message(errno),
                         .hint = {}};
        }
        text.append(piece, got > 0 ? static_cast<std::size_t>(got) : 0);
        if (text.size() > kBytesMax) {
            return Error{.kind = ErrorKind::config,
                         .message = "standard input has more than " + std::to_string(kBytesMax) +
                                    " bytes, the limit of a document",
                         .hint = "record it in parts"};
        }
    }
}

// Has no name, so that nothing is left of it.
Result<UniqueFd> make_spool() {
    std::error_code failed;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(failed);
    std::string path = (failed ? std::string("/tmp") : folder.string()) + "/assay-output-XXXXXX";
    UniqueFd fd(::mkostemp(path.data(), O_CLOEXEC));
    if (!fd) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write to " + path + ": " + system_message(errno),
                     .hint = "TMPDIR names another folder"};
    }
    ::unlink(path.c_str());
    return fd;
}

Status copy_all(int from, int to) {
    if (::lseek(from, 0, SEEK_SET) != 0) {
        return Error{.kind = ErrorKind::io, .message = system_message(errno), .hint = {}};
    }
    std::vector<char> piece(std::size_t{1} << 16U);
    while (true) {
        const ssize_t got = ::read(from, piece.data(), piece.size());
        if (got == 0) {
            return {};
        }
        if (got < 0 && errno != EINTR) {
            return Error{.kind = ErrorKind::io, .message = system_message(errno), .hint = {}};
        }
        const auto count = got > 0 ? static_cast<std::size_t>(got) : 0;
        if (Status written = write_all(to, std::string_view(piece.data(), count)); !written) {
            return written;
        }
    }
}

} // namespace

Result<std::string> read_outside(const std::string& name) {
    if (name == "-") {
        return read_standard_input();
    }
    if (::access(name.c_str(), F_OK) != 0) {
        return Error{.kind = ErrorKind::usage,
                     .message = "there is no file '" + name + "'",
                     .hint = "- reads standard input"};
    }
    return read_file(name, kBytesMax);
}

OutsideFile::OutsideFile(UniqueFd fd, std::string name, std::string temporary, UniqueFd place)
    : fd_(std::move(fd))
    , place_(std::move(place))
    , name_(std::move(name))
    , temporary_(std::move(temporary)) {}

OutsideFile::OutsideFile(OutsideFile&& other) noexcept
    : fd_(std::move(other.fd_))
    , place_(std::move(other.place_))
    , name_(std::move(other.name_))
    , temporary_(std::exchange(other.temporary_, {}))
    , held_(std::move(other.held_)) {}

OutsideFile::~OutsideFile() {
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Result<OutsideFile> OutsideFile::create(const std::string& name) {
    if (name == "-") {
        return OutsideFile({}, kStandardOutput, {});
    }

    struct stat there {};

    if (::stat(name.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
        // /dev/null stays what it is, even for those who may rename something over it.
        UniqueFd place(::open(name.c_str(), O_WRONLY | O_CLOEXEC));
        if (!place) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot write " + name + ": " + system_message(errno),
                         .hint = {}};
        }
        return OutsideFile({}, name, {}, std::move(place));
    }
    std::string temporary = name + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write beside " + name + ": " + system_message(errno),
                     .hint = "its folder has to be there, and writable"};
    }
    return OutsideFile(std::move(fd), name, std::move(temporary));
}

Status OutsideFile::checked(const Status& written) const {
    if (!written) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write " + name_ + ": " + written.error().message,
                     .hint = {}};
    }
    return {};
}

Status OutsideFile::write(std::string_view text) {
    if (!fd_ && held_.size() + text.size() <= kHeldMax) {
        held_ += text;
        return {};
    }
    if (!fd_) {
        Result<UniqueFd> spool = make_spool();
        if (!spool) {
            return spool.error();
        }
        fd_ = std::move(*spool);
        if (Status spooled = checked(write_all(fd_.get(), held_)); !spooled) {
            return spooled;
        }
        held_ = {};
    }
    return checked(write_all(fd_.get(), text));
}

Status OutsideFile::finish() {
    if (temporary_.empty()) {
        const int place = place_ ? place_.get() : STDOUT_FILENO;
        return checked(fd_ ? copy_all(fd_.get(), place) : write_all(place, held_));
    }
    constexpr mode_t kReadableByAll = 0644;
    if (::fchmod(fd_.get(), kReadableByAll) != 0 ||
        std::rename(temporary_.c_str(), name_.c_str()) != 0) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write " + name_ + ": " + system_message(errno),
                     .hint = {}};
    }
    temporary_.clear();
    return {};
}

} // namespace assay::app
