#include "turnstile.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>

namespace proof {

Turnstile::Turnstile(const std::filesystem::path& file) {
    if (file.empty()) {
        return;
    }
    constexpr int kMode = 0644;
    lock_ = assay::UniqueFd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kMode));
    if (lock_.get() < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot open " + file.string());
    }
    while (::flock(lock_.get(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot lock " + file.string());
        }
    }
}

} // namespace proof
