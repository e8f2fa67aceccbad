// Reading: what is not whole is not read.
#include "history/bundle.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

#include <random>

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;
using history::testing::check_against;
using history::testing::uuid_of;

namespace {

constexpr int kEvents = 20;

json::object event(int i) {
    return {{"schema", "assay.event/1"},
            {"kind", "log"},
            {"sequence", i + 1},
            {"unix_ns", 1},
            {"text", std::string(static_cast<std::size_t>(i) * 37, 'e') + "\n\u00B5"}};
}

std::string whole_bundle(const TemporaryFolder& folder) {
    auto writer = BundleWriter::create(folder.path() / "made",
                                       {.run = uuid_of(1),
                                        .host_version = "0.1.0",
                                        .delivery = {.idempotency_key = "key",
                                                     .group_uuid = uuid_of(2),
                                                     .shard = 1,
                                                     .n_shards = 3,
                                                     .fence = 9,
                                                     .attempt = 2}});
    REQUIRE(writer.ok());
    for (int i = 0; i < kEvents; ++i) {
        REQUIRE(writer->add(event(i)).ok());
    }
    REQUIRE(writer->seal().ok());
    return folder.read("made/" + bundle_name(uuid_of(1)));
}

Result<SealedBundle> read_text(const TemporaryFolder& folder, const std::string& text) {
    return read_bundle(folder.write("read.ndjson", text),
                       [](const json::object&) { return Status{}; });
}

} // namespace

TEST_CASE("what was written is read again, line by line, and every line fits the schema") {
    const TemporaryFolder folder;
    const std::string text = whole_bundle(folder);
    std::vector<json::object> events;
    const auto read = read_bundle(folder.write("read.ndjson", text), [&](const json::object& one) {
        events.push_back(one);
        return Status{};
    });
    REQUIRE_MESSAGE(read.ok(), (read.ok() ? std::string{} : read.error().message));
    CHECK(read->header.run == uuid_of(1));
    CHECK(read->header.host_version == "0.1.0");
    CHECK(read->header.source == "run");
    CHECK(read->header.delivery.idempotency_key == "key");
    CHECK(read->header.delivery.group_uuid == uuid_of(2));
    CHECK(read->header.delivery.shard == 1);
    CHECK(read->header.delivery.n_shards == 3);
    CHECK(read->header.delivery.fence == 9);
    CHECK(read->header.delivery.attempt == 2);
    REQUIRE(events.size() == kEvents);
    for (int i = 0; i < kEvents; ++i) {
        CHECK(events[static_cast<std::size_t>(i)] == event(i));
    }
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        const auto line = parse_json(std::string_view(text).substr(at, text.find('\n', at) - at));
        REQUIRE(line.ok());
        check_against("bundle.json", *line);
    }
}

TEST_CASE("a bundle cut off at any byte is refused") {
    const TemporaryFolder folder;
    const std::string text = whole_bundle(folder);
    for (std::size_t length = 0; length < text.size();
         length += length + 300 < text.size() ? 41 : 1) {
        const auto read = read_text(folder, text.substr(0, length));
        REQUIRE_FALSE_MESSAGE(read.ok(), length);
        CHECK(read.error().kind == ErrorKind::plugin);
        CHECK(read.error().message.find("read.ndjson") != std::string::npos);
    }
}

TEST_CASE("a bundle with any byte changed is refused") {
    const TemporaryFolder folder;
    const std::string text = whole_bundle(folder);
    std::mt19937 random(42); // NOLINT: the same bytes in every run
    for (int i = 0; i < 300; ++i) {
        std::string changed = text;
        const std::size_t at = random() % changed.size();
        changed[at] = static_cast<char>(changed[at] ^ (1 + random() % 255));
        const auto read = read_text(folder, changed);
        // A space for a digit of the end line's hash and the like would be caught too.
        REQUIRE_FALSE_MESSAGE(read.ok(), "byte " << at << " of seed 42, change " << i);
        CHECK(read.error().kind == ErrorKind::plugin);
    }
}

TEST_CASE("lines that were taken away, added or put behind the end are noticed") {
    const TemporaryFolder folder;
    const std::string text = whole_bundle(folder);
    const std::size_t second = text.find('\n') + 1, third = text.find('\n', second) + 1;
    const std::string line = text.substr(second, third - second);
    CHECK_FALSE(read_text(folder, text.substr(0, second) + text.substr(third)).ok());
    CHECK_FALSE(read_text(folder, text.substr(0, second) + line + text.substr(second)).ok());
    const auto behind = read_text(folder, text + line);
    REQUIRE_FALSE(behind.ok());
    CHECK(behind.error().message.find("behind the end") != std::string::npos);
    CHECK_FALSE(read_text(folder, text + text).ok());
}

TEST_CASE("what is no bundle is refused with what was expected") {
    const TemporaryFolder folder;
    CHECK_FALSE(read_text(folder, "").ok());
    const auto results = read_text(folder, "{\"schema\":\"assay.results/1\"}\n");
    REQUIRE_FALSE(results.ok());
    CHECK(results.error().message.find("expected the schema assay.bundle/1, found "
                                       "'assay.results/1'") != std::string::npos);
    CHECK_FALSE(read_text(folder, "[]\n").ok());
    CHECK_FALSE(read_text(folder, "{\"end\":true,\"lines\":0,\"sha256\":\"\"}\n").ok());
    const auto folder_read =
        read_bundle(folder.path(), [](const json::object&) { return Status{}; });
    REQUIRE_FALSE(folder_read.ok());
    const auto absent =
        read_bundle(folder.path() / "absent", [](const json::object&) { return Status{}; });
    REQUIRE_FALSE(absent.ok());
    CHECK(absent.error().kind == ErrorKind::io);
}

TEST_CASE("a line beyond the limit is refused before it is in memory") {
    const TemporaryFolder folder;
    const std::string header = "{\"schema\":\"assay.bundle/1\",\"run\":\"" + uuid_of(1) + "\"}\n";
    const auto file = folder.write("long.ndjson", header);
    std::filesystem::resize_file(file, kBundleLineBytesMax * 4); // a sparse file of zeros
    const auto read = read_bundle(file, [](const json::object&) { return Status{}; });
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().kind == ErrorKind::plugin);
    CHECK(read.error().message.find("line 2: is longer than a line may be") != std::string::npos);
}

TEST_CASE("an event that does not fit into a line is not written") {
    const TemporaryFolder folder;
    auto writer = BundleWriter::create(folder.path(), {.run = uuid_of(1)});
    REQUIRE(writer.ok());
    const Status added = writer->add(json::object{{"text", std::string(kBundleLineBytesMax, 'x')}});
    REQUIRE_FALSE(added.ok());
    CHECK(added.error().kind == ErrorKind::plugin);
}

TEST_CASE("a reader that does not like an event ends the reading with its reason") {
    const TemporaryFolder folder;
    const auto file = folder.write("read.ndjson", whole_bundle(folder));
    int seen = 0;
    const auto read = read_bundle(file, [&](const json::object&) -> Status {
        ++seen;
        return Error{ErrorKind::plugin, "not this one", {}};
    });
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().message == "not this one");
    CHECK(seen == 1);
}
