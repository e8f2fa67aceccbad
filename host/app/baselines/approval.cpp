#include "app/baselines/approval.hpp"

#include "support/text.hpp"
#include "support/unique_fd.hpp"

#include <cerrno>
#include <pwd.h>
#include <unistd.h>

namespace assay::app {
namespace {

constexpr std::size_t kAnswerBytesMax = 100; // no answer is longer

} // namespace

Result<Approval> approval_from(const Invocation& invocation, bool at_terminal) {
    if (invocation.has("--dry-run")) {
        return Approval::denied;
    }
    if (invocation.has("--auto-approve-improvements")) {
        return Approval::granted;
    }
    if (!at_terminal) {
        return Error{.kind = ErrorKind::usage,
                     .message = "standard input is no terminal: nobody can say yes to an update",
                     .hint = "--dry-run shows the proposals, --auto-approve-improvements applies "
                             "them"};
    }
    return Approval::ask;
}

bool asks_yes(int in_fd, int out_fd, const std::string& question) {
    if (!write_all(out_fd, question + " (yes/no): ")) {
        return false; // who cannot read the question has not answered it
    }
    std::string answer;
    while (answer.size() < kAnswerBytesMax) {
        char letter = 0;
        const ssize_t got = ::read(in_fd, &letter, 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || letter == '\n') {
            break;
        }
        answer += letter;
    }
    return trim(answer) == "yes";
}

std::string who_decides() {
    const passwd* const user = ::getpwuid(::getuid());
    return user != nullptr ? user->pw_name : "uid " + std::to_string(::getuid());
}

} // namespace assay::app
