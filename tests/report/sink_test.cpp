#include "report/sink.hpp"
#include "report/temporary_file.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace assay;
using namespace assay::report;
using assay::test::TemporaryFolder;

namespace {

// stdout is something else while it lives.
class RedirectedStdout {
public:
    explicit RedirectedStdout(int fd)
        : saved_(::dup(STDOUT_FILENO)) {
        ::dup2(fd, STDOUT_FILENO);
    }

    RedirectedStdout(const RedirectedStdout&) = delete;
    RedirectedStdout& operator=(const RedirectedStdout&) = delete;

    ~RedirectedStdout() { ::dup2(saved_.get(), STDOUT_FILENO); }

private:
    UniqueFd saved_;
};

} // namespace

TEST_CASE("a file appears with its commit and whole") {
    const TemporaryFolder folder;
    const std::string path = folder.file("deep/results.json");
    auto sink = open_file_sink(path);
    REQUIRE(sink.ok());
    REQUIRE((*sink)->write("one ").ok());
    REQUIRE((*sink)->write("two").ok());
    CHECK_FALSE(std::filesystem::exists(path));
    REQUIRE((*sink)->commit().ok());
    CHECK(read_file(path).value() == "one two");
    CHECK(folder.entries() == std::vector<std::string>{"deep", "deep/results.json"});
    CHECK((*sink)->target() == path);
    CHECK_FALSE((*sink)->is_terminal());
    CHECK((*sink)->columns() == 0);
}

TEST_CASE("an uncommitted file leaves the old one and nothing else") {
    const TemporaryFolder folder;
    const std::string path = folder.file("results.json");
    REQUIRE(write_file_atomically(path, "old").ok());
    {
        auto sink = open_file_sink(path);
        REQUIRE((*sink)->write("half of the new").ok());
        REQUIRE((*sink)->open_extra("assets/style.css").ok());
    }
    CHECK(read_file(path).value() == "old");
    CHECK(folder.entries() == std::vector<std::string>{"results.json"});
}

TEST_CASE("a hidden temporary file is removed or renamed like an unnamed one") {
    const TemporaryFolder folder;
    {
        auto dropped = TemporaryFile::open(folder.path(), TemporaryFile::Naming::hidden);
        REQUIRE(dropped->write("x").ok());
        CHECK(folder.entries().size() == 1);
    }
    CHECK(folder.entries().empty());
    auto kept = TemporaryFile::open(folder.path(), TemporaryFile::Naming::hidden);
    REQUIRE(kept->write("x").ok());
    REQUIRE(kept->publish(folder.file("kept")).ok());
    CHECK(folder.entries() == std::vector<std::string>{"kept"});
}

TEST_CASE("a new file has the rights the user's mask leaves") {
    const TemporaryFolder folder;
    auto sink = open_file_sink(folder.file("x"));
    REQUIRE((*sink)->commit().ok());
    const mode_t mask = ::umask(0);
    ::umask(mask);

    struct stat info {};

    REQUIRE(::stat(folder.file("x").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == (0666 & ~mask));
}

TEST_CASE("extra files appear beside the main one with its commit") {
    const TemporaryFolder folder;
    auto sink = open_file_sink(folder.file("report.html"));
    auto extra = (*sink)->open_extra("assets/style.css");
    REQUIRE(extra.ok());
    REQUIRE((*extra)->write("body{}").ok());
    CHECK(folder.entries().empty());
    REQUIRE((*sink)->commit().ok());
    CHECK(read_file(folder.file("assets/style.css")).value() == "body{}");
    CHECK(folder.entries() ==
          std::vector<std::string>{"assets", "assets/style.css", "report.html"});
}

TEST_CASE("an extra file stays below the report's folder") {
    const TemporaryFolder folder;
    auto sink = open_file_sink(folder.file("report.html"));
    for (const char* name : {"../x", "a/../../x", "/tmp/x", "", "..", ".", "a/", "a\nb"}) {
        CAPTURE(name);
        const auto extra = (*sink)->open_extra(name);
        REQUIRE_FALSE(extra.ok());
        CHECK(extra.error().kind == ErrorKind::plugin);
    }
    CHECK_FALSE((*sink)->open_extra("report.html").ok());
    REQUIRE((*sink)->open_extra("twice").ok());
    CHECK_FALSE((*sink)->open_extra("twice").ok());
}

TEST_CASE("a link is followed and the file behind it replaced") {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "real");
    std::filesystem::create_symlink(folder.path() / "real" / "x", folder.path() / "link");
    auto sink = open_file_sink(folder.file("link"));
    REQUIRE((*sink)->write("new").ok());
    REQUIRE((*sink)->commit().ok());
    CHECK(std::filesystem::is_symlink(folder.path() / "link"));
    CHECK(read_file(folder.file("real/x")).value() == "new");
}

TEST_CASE("where nothing can be written opening says so before anything is measured") {
    const TemporaryFolder folder;
    REQUIRE(write_file_atomically(folder.file("file"), "x").ok());
    const auto below_file = open_file_sink(folder.file("file/results.json"));
    REQUIRE_FALSE(below_file.ok());
    CHECK(below_file.error().kind == ErrorKind::io);
    CHECK(below_file.error().message.find(folder.file("file/results.json")) != std::string::npos);
    CHECK_FALSE(below_file.error().hint.empty());
    const auto on_folder = open_file_sink(folder.path().string());
    REQUIRE_FALSE(on_folder.ok());
    CHECK(on_folder.error().message ==
          "cannot write " + folder.path().string() + ": it is a folder");
    const auto nameless = open_file_sink(folder.path().string() + "/");
    REQUIRE_FALSE(nameless.ok());
    CHECK(nameless.error().kind == ErrorKind::usage);
    CHECK_FALSE(open_file_sink("/proc/results.json").ok());
}

TEST_CASE("a read-only folder is refused at once") {
    if (::geteuid() == 0) {
        return; // root may write everywhere
    }
    const TemporaryFolder folder;
    std::filesystem::permissions(
        folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const auto sink = open_file_sink(folder.file("results.json"));
    CHECK_FALSE(sink.ok());
    std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST_CASE("a full device is named with the reason and stays a device") {
    auto sink = open_file_sink("/dev/full");
    REQUIRE(sink.ok());
    const Status status = (*sink)->write("bytes");
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().kind == ErrorKind::io);
    CHECK(status.error().message == "cannot write /dev/full: No space left on device");
    CHECK(std::filesystem::is_character_file("/dev/full"));
}

TEST_CASE("stdout on a full disk is an error with the system's words") {
    const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    const auto sink = stdout_sink();
    Status status;
    {
        const RedirectedStdout redirected(full.get());
        status = sink->write("bytes");
    }
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message == "cannot write stdout: No space left on device");
}

TEST_CASE("a reader of stdout that has gone is an error and no signal") {
    ::signal(SIGPIPE, SIG_IGN); // as the program does
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const UniqueFd writing(ends[1]);
    ::close(ends[0]);
    const auto sink = stdout_sink();
    Status status;
    {
        const RedirectedStdout redirected(writing.get());
        status = sink->write("bytes");
    }
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message == "cannot write stdout: its reader has closed it (Broken pipe)");
}

TEST_CASE("stdout has no folder for extra files") {
    const auto extra = stdout_sink()->open_extra("style.css");
    REQUIRE_FALSE(extra.ok());
    CHECK(extra.error().hint.find("--reporter NAME=PATH") != std::string::npos);
}
