#include "app/output.hpp"

#include "app/exit_code.hpp"
#include "support/file.hpp"

#include <cerrno>
#include <unistd.h>

namespace assay::app {

int print_result(const Messages& say, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            return static_cast<int>(ExitCode::pass);
        } else if (errno != EINTR) {
            return report(say,
                          Error{.kind = ErrorKind::io,
                                .message = "cannot write to stdout: " + system_message(errno),
                                .hint = {}});
        }
    }
    return static_cast<int>(ExitCode::pass);
}

} // namespace assay::app
