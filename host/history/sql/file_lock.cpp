#include "history/sql/file_lock.hpp"

#include "support/file.hpp"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <utility>

namespace assay::history::sql {

namespace {

using namespace std::chrono_literals;

constexpr auto kWaitMax = 30s; // as SQLite's own locks
constexpr auto kPause = 5ms;   // flock(2) has no deadline of its own

} // namespace

FileLock::FileLock(std::string path)
    : path_(std::move(path)) {}

Status FileLock::lock() {
    UniqueFd fd(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!fd) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot open the lock file " + path_ + ": " + system_message(errno),
                     .hint = "make its folder writable"};
    }
    const auto deadline = std::chrono::steady_clock::now() + kWaitMax;
    while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        const int number = errno;
        const bool held_by_another = number == EWOULDBLOCK || number == EINTR;
        if (!held_by_another || std::chrono::steady_clock::now() > deadline) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot lock " + path_ + ": " +
                                    (held_by_another ? "another process kept it for 30 s"
                                                     : system_message(number)),
                         .hint = "see who has it open (fuser " + path_ + "), then repeat"};
        }
        std::this_thread::sleep_for(kPause);
    }
    fd_ = std::move(fd);
    return {};
}

} // namespace assay::history::sql
