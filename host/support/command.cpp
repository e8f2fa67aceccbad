#include "support/command.hpp"

#include "support/file.hpp"
#include "support/text.hpp"
#include "support/unique_fd.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace assay {
namespace {

using Clock = std::chrono::steady_clock;

Result<pid_t> spawn(const std::vector<std::string>& argv, const std::string& folder, int output) {
    std::vector<char*> arguments;
    arguments.reserve(argv.size() + 1);
    for (const std::string& argument : argv) {
        arguments.push_back(
            const_cast<char*>(argument.c_str())); // posix_spawn does not write to them
    }
    arguments.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (!folder.empty()) {
        posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    }
    pid_t pid = 0;
    const int error =
        ::posix_spawnp(&pid, argv.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        return Error{ErrorKind::unavailable,
                     "cannot run " + argv.front() + ": " + system_message(error),
                     {}};
    }
    return pid;
}

// Reads until the end of the stream; the reason why it stopped early otherwise.
Status drain(int fd, Clock::time_point deadline, std::size_t bytes_max, std::string& text) {
    char buffer[4096];
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd waiting{fd, POLLIN, 0};
        const int ready =
            left.count() > 0 ? ::poll(&waiting, 1, static_cast<int>(left.count())) : 0;
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0) {
            return Error{ErrorKind::io, "took too long", {}};
        }
        const ssize_t got = ::read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return {};
        }
        text.append(buffer, static_cast<std::size_t>(got));
        if (text.size() > bytes_max) {
            return Error{
                ErrorKind::io, "printed more than " + std::to_string(bytes_max) + " bytes", {}};
        }
    }
}

} // namespace

Result<CommandOutput> run_command(const std::vector<std::string>& argv,
                                  const CommandOptions& options) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return Error{ErrorKind::io, "cannot make a pipe: " + system_message(errno), {}};
    }
    const UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    const auto pid = spawn(argv, options.folder, writing.get());
    writing.reset();
    if (!pid) {
        return pid.error();
    }
    CommandOutput output;
    const Status drained =
        drain(reading.get(), Clock::now() + options.timeout, options.bytes_max, output.text);
    if (!drained) {
        ::kill(*pid, SIGKILL);
    }
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!drained) {
        return Error{ErrorKind::io, argv.front() + " " + drained.error().message, {}};
    }
    if (!WIFEXITED(status)) {
        return Error{ErrorKind::io,
                     argv.front() + " was killed by signal " + std::to_string(WTERMSIG(status)),
                     {}};
    }
    output.exit_code = WEXITSTATUS(status);
    if (output.exit_code == 127) {
        return Error{ErrorKind::unavailable, "cannot run " + argv.front() + ": not found", {}};
    }
    return output;
}

std::string find_program(std::string_view name, std::string_view path) {
    for (const std::string& folder : split(path, ':')) {
        const std::filesystem::path file = std::filesystem::path(folder) / name;
        std::error_code failed;
        if (!folder.empty() && std::filesystem::is_regular_file(file, failed) &&
            ::access(file.c_str(), X_OK) == 0) {
            return file.string();
        }
    }
    return {};
}

} // namespace assay
