#include "app/history/outside_file.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::app {
namespace {

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

OutsideFile::OutsideFile(UniqueFd fd, std::string name, std::string temporary)
    : fd_(std::move(fd))
    , name_(std::move(name))
    , temporary_(std::move(temporary)) {}

OutsideFile::OutsideFile(OutsideFile&& other) noexcept
    : fd_(std::move(other.fd_))
    , name_(std::move(other.name_))
    , temporary_(std::exchange(other.temporary_, {})) {}

OutsideFile::~OutsideFile() {
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Result<OutsideFile> OutsideFile::create(const std::string& name) {
    if (name == "-") {
        return OutsideFile({}, "standard output", {});
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

int OutsideFile::descriptor() const noexcept {
    return fd_ ? fd_.get() : STDOUT_FILENO;
}

Status OutsideFile::write(std::string_view text) {
    const Status written = write_all(descriptor(), text);
    if (!written) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot write " + name_ + ": " + written.error().message,
                     .hint = {}};
    }
    return {};
}

Status OutsideFile::finish() {
    if (temporary_.empty()) {
        return {};
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
