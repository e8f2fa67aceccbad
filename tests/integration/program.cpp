#include "program.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace integration {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (std::string& word : words) {
        list.push_back(word.data());
    }
    list.push_back(nullptr);
    return list;
}

int spawn(std::vector<std::string> argv, const Surroundings& around, int out, int err) {
    std::map<std::string, std::string> merged{
        {"PATH", std::getenv("PATH") != nullptr ? std::getenv("PATH") : "/usr/bin:/bin"},
        {"LANG", "C.UTF-8"}};
    for (const auto& [name, value] : around.environment) {
        merged[name] = value;
    }
    std::vector<std::string> environment;
    for (const auto& [name, value] : merged) {
        environment.push_back(name + "=" + value);
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    if (!around.folder.empty()) {
        posix_spawn_file_actions_addchdir_np(&actions, around.folder.c_str());
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t nothing;
    sigemptyset(&nothing);
    posix_spawnattr_setsigmask(&attributes, &nothing);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int pid = 0;
    const int error = ::posix_spawnp(&pid,
                                     argv[0].c_str(),
                                     &actions,
                                     &attributes,
                                     pointers(argv).data(),
                                     pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        throw std::runtime_error("cannot run " + argv[0]);
    }
    return pid;
}

// True while the descriptor is open.
bool take(int fd, std::string& text) {
    char buffer[65536];
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got > 0) {
        text.append(buffer, static_cast<std::size_t>(got));
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

} // namespace

Ended run_program(const std::vector<std::string>& argv, const Surroundings& around) {
    int out[2];
    int err[2];
    if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    const int pid = spawn(argv,
                          around,
                          around.out_fd >= 0 ? around.out_fd : out[1],
                          around.err_fd >= 0 ? around.err_fd : err[1]);
    ::close(out[1]);
    ::close(err[1]);
    Ended ended;
    bool told = around.wait_for.empty();
    bool out_open = true;
    bool err_open = true;
    const auto deadline = Clock::now() + around.timeout;
    while (out_open || err_open) {
        pollfd waiting[2] = {{out_open ? out[0] : -1, POLLIN, 0},
                             {err_open ? err[0] : -1, POLLIN, 0}};
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0 || ::poll(waiting, 2, static_cast<int>(left)) == 0) {
            ::kill(pid, SIGKILL);
            ended.err += "\n[test] took longer than its limit\n";
            break;
        }
        if (waiting[0].revents != 0) {
            out_open = take(out[0], ended.out);
        }
        if (waiting[1].revents != 0) {
            err_open = take(err[0], ended.err);
        }
        if (!told && ended.err.find(around.wait_for) != std::string::npos) {
            told = true;
            around.then(pid);
        }
    }
    ::close(out[0]);
    ::close(err[0]);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    ended.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return ended;
}

Sandbox::Sandbox() {
    std::string name =
        (std::filesystem::temp_directory_path() / "assay-integration-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    folder_ = std::filesystem::canonical(name);
}

Sandbox::~Sandbox() {
    // The content store's folders are read-only for their owner too.
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_, error)) {
        if (entry.is_directory() && !entry.is_symlink()) {
            std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all, error);
        }
    }
    std::filesystem::remove_all(folder_, error);
}

std::map<std::string, std::string> Sandbox::environment() const {
    return {{"HOME", folder_ / "home"},
            {"XDG_CACHE_HOME", folder_ / "cache"},
            {"XDG_STATE_HOME", folder_ / "state"},
            {"XDG_DATA_HOME", folder_ / "data"},
            {"XDG_CONFIG_HOME", folder_ / "config"},
            {"TMPDIR", folder_}};
}

Ended Sandbox::assay(std::vector<std::string> words, Surroundings around) const {
    words.insert(words.begin(), build_folder() / "bin" / "assay");
    if (around.folder.empty()) {
        around.folder = folder_;
    }
    auto merged = environment();
    for (const auto& [name, value] : around.environment) {
        merged[name] = value;
    }
    around.environment = std::move(merged);
    return run_program(words, around);
}

void Sandbox::write(const std::filesystem::path& relative, const std::string& text) const {
    std::filesystem::create_directories((folder_ / relative).parent_path());
    std::ofstream(folder_ / relative, std::ios::binary) << text;
}

std::string Sandbox::read(const std::filesystem::path& relative) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / relative, std::ios::binary).rdbuf();
    return text.str();
}

std::filesystem::path build_folder() {
    return ASSAY_BUILD_DIR;
}

std::filesystem::path source_folder() {
    return ASSAY_SOURCE_DIR;
}

std::filesystem::path bad_plugin(const std::string& name) {
    return build_folder() / "tests" / "bad_plugins" / (name + ".assay.so");
}

} // namespace integration
