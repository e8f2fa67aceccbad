#include "worker/conformance/write_fence.hpp"

#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif

namespace assay::worker::conformance {

#if defined(LANDLOCK_ACCESS_FS_MAKE_REG) && defined(SYS_landlock_create_ruleset)
namespace {

constexpr std::uint64_t kWriting = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                   LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                   LANDLOCK_ACCESS_FS_MAKE_FIFO;

bool allow(int rules, const char* folder, std::uint64_t access) noexcept {
    const UniqueFd where(::open(folder, O_PATH | O_CLOEXEC));
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = where.get();
    return where.get() >= 0 &&
           ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

} // namespace

bool forbid_writing_elsewhere() noexcept {
    landlock_ruleset_attr handled{};
    handled.handled_access_fs = kWriting;
    const UniqueFd rules(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0)));
    // Devices (/dev/null, terminals) and the process's own switches in /proc are no files left
    // behind.
    return rules.get() >= 0 && allow(rules.get(), ".", kWriting) &&
           allow(rules.get(), "/dev", LANDLOCK_ACCESS_FS_WRITE_FILE) &&
           allow(rules.get(), "/proc", LANDLOCK_ACCESS_FS_WRITE_FILE) &&
           ::syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0;
}
#else
bool forbid_writing_elsewhere() noexcept {
    return false;
}
#endif

} // namespace assay::worker::conformance
