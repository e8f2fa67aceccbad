// A host that is killed leaves no worker behind.
#include "bad_plugin.hpp"
#include "processes.hpp"
#include "support/unique_fd.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace assay::workers {

namespace {

// Starts orphan_host and reads the number of its worker.
struct Host {
    pid_t pid = -1;
    int worker = -1;

    explicit Host(const std::string& sin) {
        int ends[2];
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        const UniqueFd read_end(ends[0]);
        UniqueFd write_end(ends[1]);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, write_end.get(), 1);
        std::string program = ASSAY_BUILD_DIR "/tests/orphan_host", tool = ASSAY_WORKER_PROGRAM;
        std::string plugin = testing::plugin_path(sin), suite = "bad_" + sin;
        char* argv[] = {program.data(), tool.data(), plugin.data(), suite.data(), nullptr};
        REQUIRE(::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv, environ) == 0);
        ::posix_spawn_file_actions_destroy(&actions);
        write_end.reset();
        std::string line;
        char c = 0;
        while (::read(read_end.get(), &c, 1) == 1 && c != '\n') {
            line += c;
        }
        worker = std::atoi(line.c_str());
    }

    ~Host() {
        if (pid > 0) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
    }

    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
};

} // namespace

TEST_CASE("after the host is killed its busy worker is gone within a second") {
    const testing::TemporaryRoot root; // the killed host cannot remove its scratch folder
    Host host("endless_deaf");
    REQUIRE(host.worker > 0);
    const UniqueFd worker(static_cast<int>(::syscall(SYS_pidfd_open, host.worker, 0)));
    REQUIRE(worker);
    pollfd entry{worker.get(), POLLIN, 0};
    CHECK(::poll(&entry, 1, 0) == 0); // alive until then
    REQUIRE(::kill(host.pid, SIGKILL) == 0);
    CHECK(::poll(&entry, 1, 1000) == 1);
    CHECK(testing::eventually([&] { return testing::living_in_group(host.worker).empty(); }));
}

} // namespace assay::workers
