#include "support/command.hpp"

#include <doctest/doctest.h>

using namespace assay;

TEST_CASE("what a command prints and how it ends are kept apart") {
    const auto output = run_command({"sh", "-c", "echo out; echo err >&2; exit 3"});
    REQUIRE(output.ok());
    CHECK(output->text == "out\n");
    CHECK(output->exit_code == 3);
}

TEST_CASE("a command runs in the folder it is given") {
    const auto output = run_command({"pwd"}, {.folder = "/"});
    REQUIRE(output.ok());
    CHECK(output->text == "/\n");
}

TEST_CASE("a program is the first executable file of its name in the folders of a path") {
    CHECK(find_program("sh", "/no/such/folder:/bin") == "/bin/sh");
    CHECK(find_program("passwd", "/etc").empty()); // no program
    CHECK(find_program("bin", "/").empty());       // a folder
    CHECK(find_program("sh", "").empty());
}

TEST_CASE("a missing program, a hanging one and a flood are errors, and no process stays") {
    CHECK(run_command({"no-such-program-anywhere"}).error().kind == ErrorKind::unavailable);
    CHECK_FALSE(
        run_command({"sh", "-c", "exec sleep 600"}, {.timeout = std::chrono::milliseconds(50)})
            .ok());
    CHECK_FALSE(run_command({"yes"}, {.bytes_max = 10'000}).ok());
    CHECK_FALSE(run_command({"sh", "-c", "kill -9 $$"}).ok());
}
