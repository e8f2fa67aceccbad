// A lock between processes on a file beside the history, for file systems on which SQLite's own
// locks cannot be relied upon alone.
//
//   FileLock lock("history.db.lock");
//   if (Status held = lock.lock(); !held) return held.error();
//   ...
//   lock.unlock();
//
// One owner, one thread; the lock goes with the object or its process.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <string>

namespace assay::history::sql {

class FileLock {
public:
    explicit FileLock(std::string path);

    // Waits 30 s at most.
    Status lock();

    void unlock() noexcept { fd_.reset(); }

private:
    std::string path_;
    UniqueFd fd_;
};

} // namespace assay::history::sql
