#include "support/sha256.hpp"

#include "support/file.hpp"
#include "support/text.hpp"
#include "support/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <new>
#include <openssl/evp.h>
#include <stdexcept>
#include <sys/stat.h>
#include <vector>

namespace assay {
namespace {

// Large enough to make system calls cheap, small enough to stay in the second-level cache.
constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

EVP_MD_CTX* context_of(void* context) noexcept {
    return static_cast<EVP_MD_CTX*>(context);
}

// A failure here is a broken libcrypto (a provider without SHA-256): nothing can be trusted then.
void require_crypto(int ok) {
    if (ok != 1) {
        throw std::runtime_error(
            "libcrypto cannot compute SHA-256: its default provider is broken");
    }
}

Error file_error(const std::string& doing, const std::string& path, int error_number) {
    return Error{ErrorKind::io, doing + " " + path + ": " + system_message(error_number), {}};
}

Result<UniqueFd> open_regular(const std::string& path) {
    // O_NONBLOCK: opening a FIFO that somebody planted must not wait for a writer.
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));

    struct stat info {};

    if (!fd || ::fstat(fd.get(), &info) != 0) {
        return file_error("cannot read", path, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorKind::io, "cannot read " + path + ": not a regular file", {}};
    }
    return fd;
}

// Hands every piece of the file to `take`, which may stop with an error.
Status
read_pieces(int fd, const std::string& path, const std::function<Status(std::string_view)>& take) {
    std::vector<char> buffer(kPieceBytes);
    for (;;) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return file_error("cannot read", path, errno);
        }
        if (got == 0) {
            return {};
        }
        if (Status taken = take({buffer.data(), static_cast<std::size_t>(got)}); !taken) {
            return taken;
        }
    }
}

} // namespace

void Sha256::FreeContext::operator()(void* context) const noexcept {
    EVP_MD_CTX_free(context_of(context));
}

Sha256::Sha256()
    : context_(EVP_MD_CTX_new()) {
    if (!context_) {
        throw std::bad_alloc();
    }
    begin();
}

void Sha256::begin() {
    require_crypto(EVP_DigestInit_ex(context_of(context_.get()), EVP_sha256(), nullptr));
}

void Sha256::update(std::string_view bytes) {
    require_crypto(EVP_DigestUpdate(context_of(context_.get()), bytes.data(), bytes.size()));
}

std::string Sha256::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    require_crypto(EVP_DigestFinal_ex(context_of(context_.get()), digest.data(), &size));
    begin();
    return hex({reinterpret_cast<const char*>(digest.data()), size});
}

std::string sha256_of(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

Result<std::string> sha256_of_file(const std::string& path) {
    const auto fd = open_regular(path);
    if (!fd) {
        return fd.error();
    }
    Sha256 hash;
    const Status read = read_pieces(fd->get(), path, [&](std::string_view piece) -> Status {
        hash.update(piece);
        return {};
    });
    if (!read) {
        return read.error();
    }
    return hash.finish();
}

Result<HashedCopy>
copy_and_hash(const std::string& source, const std::string& target, std::uint32_t mode) {
    const auto from = open_regular(source);
    if (!from) {
        return from.error();
    }
    const UniqueFd to(::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!to) {
        return file_error("cannot create", target, errno);
    }
    Sha256 hash;
    HashedCopy copy;
    Status status = read_pieces(from->get(), source, [&](std::string_view piece) -> Status {
        hash.update(piece);
        copy.bytes += piece.size();
        if (const Status written = write_all(to.get(), piece); !written) {
            return Error{
                ErrorKind::io, "cannot write " + target + ": " + written.error().message, {}};
        }
        return {};
    });
    if (status && ::fchmod(to.get(), static_cast<mode_t>(mode)) != 0) {
        status = file_error("cannot set the mode of", target, errno);
    }
    if (!status) {
        ::unlink(target.c_str());
        return status.error();
    }
    copy.sha256 = hash.finish();
    return copy;
}

} // namespace assay
