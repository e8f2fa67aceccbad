#include "history/abandoned_parts.hpp"

#include "support/unique_fd.hpp"

#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>

namespace assay::history {
namespace {

namespace fs = std::filesystem;

// Longer than a copy takes, which holds no lock, and than a writer takes from making its file to
// holding it.
constexpr auto kGrace = std::chrono::hours(1);

bool is_old(const fs::path& file) {
    std::error_code failed;
    const auto written = fs::last_write_time(file, failed);
    return !failed && fs::file_time_type::clock::now() - written > kGrace;
}

bool is_held(const fs::path& file) {
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    return !fd || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0;
}

} // namespace

void hold_part(int fd) noexcept {
    static_cast<void>(::flock(fd, LOCK_EX | LOCK_NB));
}

void remove_abandoned_parts(const fs::path& folder) {
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
        const fs::path& file = entry.path();
        if (file.extension() == ".part" && entry.is_regular_file(failed) && is_old(file) &&
            !is_held(file)) {
            fs::remove(file, failed);
        }
    }
}

} // namespace assay::history
