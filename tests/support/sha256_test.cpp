#include "support/file.hpp"
#include "support/sha256.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace assay;
using assay::test::TemporaryFolder;

namespace {

// Files of this process may not grow past `bytes`, as on a full disk.
struct FileSizeLimit {
    rlimit before{};
    void (*handler)(int);

    explicit FileSizeLimit(rlim_t bytes)
        : handler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit limit{bytes, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }

    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
    }
};

constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

} // namespace

TEST_CASE("digests equal the published test vectors") {
    CHECK(sha256_of("abc") == kAbc);
    CHECK(sha256_of("") == kEmpty);
    CHECK(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("bytes given in pieces hash as the whole and the object starts anew") {
    Sha256 hash;
    hash.update("a");
    hash.update("");
    hash.update("bc");
    CHECK(hash.finish() == kAbc);
    CHECK(hash.finish() == kEmpty);
}

TEST_CASE("a file larger than one piece hashes as its bytes do") {
    const TemporaryFolder folder;
    const std::string path = folder.file("large");
    const std::string bytes(1'000'003, 'x');
    REQUIRE(write_file_atomically(path, bytes).ok());
    CHECK(sha256_of_file(path).value() == sha256_of(bytes));
}

TEST_CASE("hashing names what cannot be read") {
    const TemporaryFolder folder;
    const auto missing = sha256_of_file(folder.file("none"));
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().message.find("none: No such file") != std::string::npos);
    CHECK_FALSE(sha256_of_file(folder.path().string()).ok());
    const std::string fifo = folder.file("fifo");
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK_FALSE(sha256_of_file(fifo).ok()); // and does not wait for a writer
}

TEST_CASE("a copy has the bytes, the mode and the digest") {
    const TemporaryFolder folder;
    const std::string from = folder.file("from");
    const std::string to = folder.file("to");
    REQUIRE(write_file_atomically(from, "abc").ok());
    const auto copy = copy_and_hash(from, to, 0500);
    REQUIRE(copy.ok());
    CHECK(copy->sha256 == kAbc);
    CHECK(copy->bytes == 3);
    CHECK(read_file(to).value() == "abc");
    CHECK((std::filesystem::status(to).permissions() & std::filesystem::perms::all) ==
          std::filesystem::perms(0500));
    CHECK_FALSE(copy_and_hash(from, to, 0500).ok()); // never over an existing file
}

TEST_CASE("a copy that does not fit on the disk leaves nothing behind") {
    const TemporaryFolder folder;
    const std::string from = folder.file("from");
    const std::string to = folder.file("to");
    REQUIRE(write_file_atomically(from, std::string(100'000, 'x')).ok());
    const auto copy = [&] {
        const FileSizeLimit limit(50'000);
        return copy_and_hash(from, to, 0500);
    }();
    REQUIRE_FALSE(copy.ok());
    CHECK(copy.error().message.find("cannot write " + to) == 0);
    CHECK_FALSE(std::filesystem::exists(to));
}
