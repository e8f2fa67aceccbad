#include "history/abandoned_parts.hpp"
#include "history/bundle.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <filesystem>

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;
using history::testing::uuid_of;

namespace {

namespace fs = std::filesystem;

// A bundle of so many events; `text` is what tells one from another.
Result<SealedBundle> bundle(const fs::path& folder,
                            int run,
                            int events,
                            const std::string& text = "",
                            const std::string& source = "run") {
    auto writer = BundleWriter::create(folder, {.run = uuid_of(run), .source = source});
    REQUIRE(writer.ok());
    for (int i = 0; i < events; ++i) {
        REQUIRE(writer->add(json::object{{"kind", "log"}, {"i", i}, {"text", text}}).ok());
    }
    return writer->seal();
}

} // namespace

TEST_CASE("what a killed writer left is removed by a later one, what somebody writes is not") {
    const TemporaryFolder folder;
    const auto leave = [&](const std::string& name, std::chrono::hours age) {
        const fs::path file = folder.write("runs/" + name, "{}\n");
        fs::last_write_time(file, fs::file_time_type::clock::now() - age);
        return file;
    };
    const fs::path old = leave("a.ndjson.1.part", std::chrono::hours(2));
    const fs::path fresh = leave("b.ndjson.2.part", std::chrono::hours(0));
    const fs::path whole = leave("c.ndjson", std::chrono::hours(2));
    const fs::path held = leave("d.ndjson.3.part", std::chrono::hours(2));
    const UniqueFd writer(::open(held.c_str(), O_WRONLY | O_CLOEXEC));
    REQUIRE(writer);
    hold_part(writer.get());
    REQUIRE(BundleWriter::create(folder.path() / "runs", {.run = uuid_of(1)}).ok());
    CHECK_FALSE(fs::exists(old));
    CHECK(fs::exists(fresh));
    CHECK(fs::exists(whole));
    CHECK(fs::exists(held));
}

TEST_CASE("a bundle has its name only once it is complete") {
    const TemporaryFolder folder;
    const auto runs = folder.path() / "runs";
    {
        auto writer = BundleWriter::create(runs, {.run = uuid_of(1)});
        REQUIRE(writer.ok());
        REQUIRE(writer->add(json::object{{"kind", "log"}}).ok());
        CHECK_FALSE(fs::exists(runs / bundle_name(uuid_of(1))));
        CHECK(folder.entries().size() == 2); // the folder and the part
    }
    CHECK(folder.entries() == std::vector<std::string>{"runs"});
    const auto sealed = bundle(runs, 1, 3);
    REQUIRE(sealed.ok());
    CHECK(sealed->lines == 4);
    CHECK_FALSE(sealed->known);
    CHECK(folder.entries() == std::vector<std::string>{"runs", "runs/" + bundle_name(uuid_of(1))});
}

TEST_CASE("a bundle without the uuid of a run is not begun") {
    const TemporaryFolder folder;
    for (const char* name : {"", "latest", "../../etc/passwd"}) {
        const auto writer = BundleWriter::create(folder.path(), {.run = name});
        REQUIRE_FALSE(writer.ok());
        CHECK(writer.error().kind == ErrorKind::usage);
    }
    CHECK(folder.entries().empty());
}

TEST_CASE("a folder that cannot be made is named with what the system said") {
    const TemporaryFolder folder;
    folder.write("runs", "a file");
    const auto writer = BundleWriter::create(folder.path() / "runs", {.run = uuid_of(1)});
    REQUIRE_FALSE(writer.ok());
    CHECK(writer.error().kind == ErrorKind::io);
    CHECK(writer.error().message.find(folder.file("runs")) != std::string::npos);
}

TEST_CASE(
    "the same bundle again is known, and another of the same run is refused with both named") {
    const TemporaryFolder folder;
    const auto first = bundle(folder.path(), 1, 3);
    REQUIRE(first.ok());
    const auto again = bundle(folder.path(), 1, 3);
    REQUIRE(again.ok());
    CHECK(again->known);
    CHECK(again->sha256 == first->sha256);
    const std::string before = folder.read(bundle_name(uuid_of(1)));
    const auto other = bundle(folder.path(), 1, 4);
    REQUIRE_FALSE(other.ok());
    CHECK(other.error().kind == ErrorKind::plugin);
    CHECK(other.error().message.find(first->sha256) != std::string::npos);
    CHECK(other.error().message.find(first->file.string()) != std::string::npos);
    CHECK(folder.read(bundle_name(uuid_of(1))) == before);
    CHECK(folder.entries().size() == 1);
}

TEST_CASE("a bundle made from a store does not contradict the one written while measuring") {
    const TemporaryFolder folder;
    REQUIRE(bundle(folder.path(), 1, 3).ok());
    const auto from_store = bundle(folder.path(), 1, 1, "", "history");
    REQUIRE(from_store.ok());
    CHECK(from_store->known);
    CHECK(from_store->lines == 4);
}

TEST_CASE("a bundle does not take the place of a broken one") {
    const TemporaryFolder folder;
    folder.write(bundle_name(uuid_of(1)), "half a line");
    const auto sealed = bundle(folder.path(), 1, 3);
    REQUIRE_FALSE(sealed.ok());
    CHECK(sealed.error().kind == ErrorKind::plugin);
    CHECK(sealed.error().message.find("taken") != std::string::npos);
    CHECK(folder.read(bundle_name(uuid_of(1))) == "half a line");
}

TEST_CASE("a copy has the same bytes under the name of its run") {
    const TemporaryFolder folder;
    const auto sealed = bundle(folder.path() / "from", 1, 500, std::string(1000, 'x'));
    REQUIRE(sealed.ok());
    const auto renamed = folder.path() / "from" / "mine.ndjson";
    fs::rename(sealed->file, renamed);
    const auto copy = copy_bundle(renamed, folder.path() / "to");
    REQUIRE_MESSAGE(copy.ok(), (copy.ok() ? std::string{} : copy.error().message));
    CHECK(copy->sha256 == sealed->sha256);
    CHECK(folder.read("to/" + bundle_name(uuid_of(1))) == folder.read("from/mine.ndjson"));
    CHECK(copy_bundle(renamed, folder.path() / "to")->known);
    CHECK(folder.entries().size() == 4);
}

TEST_CASE("a broken bundle is not copied, and the message names the original") {
    const TemporaryFolder folder;
    const auto broken = folder.write("broken.ndjson", "{\"schema\":\"assay.bundle/1\"}\n");
    const auto copy = copy_bundle(broken, folder.path() / "to");
    REQUIRE_FALSE(copy.ok());
    CHECK(copy.error().kind == ErrorKind::plugin);
    CHECK(copy.error().message.find(broken.string()) != std::string::npos);
    CHECK(folder.entries() == std::vector<std::string>{"broken.ndjson", "to"});
}
