#include "support/file.hpp"
#include "workers/process.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace assay::workers {

namespace {

// Descriptors of the host that become 3 to 6 in the child must not have these numbers here:
// dup2 would overwrite one that is still needed. A host started with 0 to 2 closed gets such.
constexpr int kFirstFreeFd = 10;

UniqueFd out_of_the_way(UniqueFd fd) {
    if (!fd || fd.get() >= kFirstFreeFd) {
        return fd;
    }
    return UniqueFd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kFirstFreeFd));
}

struct Pipe {
    UniqueFd read, write;
};

Result<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) == 0) {
        UniqueFd read(ends[0]), write(ends[1]);
        Pipe pipe{out_of_the_way(std::move(read)), out_of_the_way(std::move(write))};
        if (pipe.read && pipe.write) {
            return pipe;
        }
    }
    return Error{ErrorKind::io,
                 "no pipe for a worker: " + system_message(errno),
                 "raise the limit of open files (ulimit -n) or use fewer lanes"};
}

// The host never waits in read or write, only in poll.
void make_non_blocking(int fd) noexcept {
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

class FileActions {
public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }

    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }

    [[nodiscard]] posix_spawn_file_actions_t* get() noexcept { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

class Attributes {
public:
    Attributes() {
        ::posix_spawnattr_init(&attributes_);
        sigset_t none, every;
        ::sigemptyset(&none);
        ::sigfillset(&every);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &every);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }

    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;

    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }

    [[nodiscard]] const posix_spawnattr_t* get() const noexcept { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const std::string& text : texts) {
        result.push_back(const_cast<char*>(text.c_str())); // posix_spawn's signature; not written
    }
    result.push_back(nullptr);
    return result;
}

struct ChildEnds {
    int output, errors, frames, commands, page, pair_page;
};

Result<pid_t> spawn_with(const SpawnRequest& request, const ChildEnds& ends) {
    FileActions actions;
    auto* list = actions.get();
    ::posix_spawn_file_actions_addopen(list, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(list, ends.output, 1);
    ::posix_spawn_file_actions_adddup2(list, ends.errors, 2);
    ::posix_spawn_file_actions_adddup2(list, ends.frames, measure::kFramesOutFd);
    ::posix_spawn_file_actions_adddup2(list, ends.commands, measure::kCommandsInFd);
    ::posix_spawn_file_actions_adddup2(list, ends.page, measure::kSharedPageFd);
    int last = measure::kSharedPageFd;
    if (ends.pair_page >= 0) {
        last = measure::kPairPageFd;
        ::posix_spawn_file_actions_adddup2(list, ends.pair_page, last);
    }
    ::posix_spawn_file_actions_addclosefrom_np(list, last + 1);
    ::posix_spawn_file_actions_addchdir_np(list, request.folder.c_str());
    const Attributes attributes;
    const auto argv = pointers(request.argv);
    const auto environment = pointers(request.environment);
    pid_t pid = -1;
    const int error =
        ::posix_spawnp(&pid, argv[0], list, attributes.get(), argv.data(), environment.data());
    if (error != 0) {
        return Error{ErrorKind::io,
                     "cannot start " + request.argv[0] + " in " + request.folder + ": " +
                         system_message(error),
                     "the worker program and what is put before it must be executable files"};
    }
    return pid;
}

} // namespace

Result<std::shared_ptr<Process>> spawn(const SpawnRequest& request) {
    Result<Pipe> output = make_pipe(), errors = make_pipe(), frames = make_pipe(),
                 commands = make_pipe();
    for (const auto* pipe : {&output, &errors, &frames, &commands}) {
        if (!*pipe) {
            return pipe->error();
        }
    }
    Result<MappedPage> page = MappedPage::make();
    if (!page) {
        return page.error();
    }
    UniqueFd page_end(::fcntl(page->fd(), F_DUPFD_CLOEXEC, kFirstFreeFd));
    const bool in_pair = request.pair_page_fd >= 0;
    UniqueFd pair_end(in_pair ? ::fcntl(request.pair_page_fd, F_DUPFD_CLOEXEC, kFirstFreeFd) : -1);
    UniqueFd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!page_end || !wake || (in_pair && !pair_end)) {
        return Error{ErrorKind::io, "no descriptor for a worker: " + system_message(errno), ""};
    }
    const Result<pid_t> pid = spawn_with(request,
                                         {output->write.get(),
                                          errors->write.get(),
                                          frames->write.get(),
                                          commands->read.get(),
                                          page_end.get(),
                                          pair_end.get()});
    if (!pid) {
        return pid.error();
    }
    UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, *pid, 0)));
    if (!pidfd) {
        const int error = errno;
        ::kill(-*pid, SIGKILL);
        ::waitpid(*pid, nullptr, 0);
        return Error{ErrorKind::unavailable,
                     "pidfd_open: " + system_message(error),
                     "workers need Linux 5.4 or later"};
    }
    ProcessPipes pipes{std::move(output->read),
                       std::move(errors->read),
                       std::move(frames->read),
                       std::move(commands->write)};
    for (const UniqueFd* end : {&pipes.output, &pipes.errors, &pipes.frames, &pipes.commands}) {
        make_non_blocking(end->get());
    }
    return std::make_shared<Process>(
        *pid, std::move(pidfd), std::move(pipes), std::move(*page), std::move(wake));
}

} // namespace assay::workers
