#include "prepared_tree.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace assay;
using assay::test::Files;
using assay::test::PreparedTree;

TEST_CASE("files are read whole, by line and as a number") {
    const PreparedTree prepared({{"proc/loadavg", "0.50 0.40 0.30 1/99 1234\n"},
                                 {"sys/level", " 2 \nmore\n"},
                                 {"sys/empty", "\n"},
                                 {"sys/words", "two words"}});
    const SystemTree tree = prepared.tree();
    CHECK(tree.text("proc/loadavg") == "0.50 0.40 0.30 1/99 1234\n");
    CHECK(tree.line("sys/level") == "2");
    CHECK(tree.number("sys/level") == 2);
    CHECK_FALSE(tree.line("sys/empty").has_value());
    CHECK_FALSE(tree.number("sys/words").has_value());
}

TEST_CASE("what is missing, a folder, a pipe or no text is nothing") {
    const PreparedTree prepared({{"sys/folder/file", "x"}, {"sys/binary", "\xff\xfe\x00"}});
    REQUIRE(::mkfifo((prepared.path() / "sys/pipe").c_str(), 0600) == 0);
    const SystemTree tree = prepared.tree();
    CHECK_FALSE(tree.text("sys/none").has_value());
    CHECK_FALSE(tree.text("sys/folder").has_value());
    CHECK_FALSE(tree.text("sys/binary").has_value());
    CHECK_FALSE(tree.line("sys/pipe").has_value());
}

TEST_CASE("files and folders are there or not") {
    const PreparedTree prepared(Files{{"sys/folder/file", ""}});
    CHECK(prepared.tree().exists("sys/folder"));
    CHECK(prepared.tree().exists("sys/folder/file"));
    CHECK_FALSE(prepared.tree().exists("sys/other"));
}

TEST_CASE("a file without end is cut") {
    const SystemTree machine;
    const auto zeroes = machine.text("dev/zero");
    REQUIRE(zeroes.has_value());
    CHECK(zeroes->size() == std::size_t{256} << 10);
}

TEST_CASE("the kernel's files, which have no size, are read too") {
    const auto status = SystemTree().text("proc/self/status");
    REQUIRE(status.has_value());
    CHECK(value_of(*status, "Threads").value_or(0) >= 1);
}

TEST_CASE("lists of CPUs are whole or nothing") {
    using Cpus = std::vector<unsigned>;
    CHECK(cpu_list("0-3,8\n") == Cpus{0, 1, 2, 3, 8});
    CHECK(cpu_list("5") == Cpus{5});
    for (const char* const wrong :
         {"", "a", "0-", "-1", "3-1", "0,", "0-99999999999", "0-65535,0-65535", "1;2"}) {
        CHECK_MESSAGE(cpu_list(wrong).empty(), wrong);
    }
}

TEST_CASE("values stand behind their keys, with and without a colon") {
    const std::string text = "nr_periods 10\nnr_throttled 3\nMemTotal:  2048 kB\nodd\nword x\n";
    CHECK(value_of(text, "nr_throttled") == 3);
    CHECK(value_of(text, "MemTotal") == 2048);
    CHECK_FALSE(value_of(text, "Mem").has_value());
    CHECK_FALSE(value_of(text, "odd").has_value());
    CHECK_FALSE(value_of(text, "word").has_value());
}
