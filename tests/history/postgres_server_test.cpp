// The server of the tests leaves nothing behind, not even when the test program is killed.
#include "postgres_server.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace postgres_server_test {

using assay::test::PostgresServer;

namespace {

struct Started {
    pid_t guard = 0, postmaster = 0;
    char folder[200] = {};
};

// In a child of its own: starts a server, tells which, and is killed.
[[noreturn]] void start_and_die(int out) {
    const PostgresServer server;
    Started started{.guard = server.guard()};
    std::ifstream(server.folder() / "data" / "postmaster.pid") >> started.postmaster;
    server.folder().string().copy(started.folder, sizeof started.folder - 1);
    static_cast<void>(::write(out, &started, sizeof started));
    ::kill(::getpid(), SIGKILL);
    ::_exit(1);
}

} // namespace

TEST_CASE("a killed test program leaves no server and no folder behind") {
    if (PostgresServer::shared() == nullptr) {
        MESSAGE("skipped: " << PostgresServer::why_not());
        return;
    }
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    // Orphans become ours, so that their end can be waited for.
    REQUIRE(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        start_and_die(ends[1]);
    }
    ::close(ends[1]);
    Started started;
    REQUIRE(::read(ends[0], &started, sizeof started) == sizeof started);
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(::waitpid(started.guard, &status, 0) == started.guard);
    CHECK(::waitpid(started.postmaster, &status, 0) == started.postmaster);
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
    CHECK_FALSE(std::filesystem::exists(started.folder));
}

} // namespace postgres_server_test
