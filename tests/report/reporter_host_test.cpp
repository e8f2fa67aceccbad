#include "report/reporter_host.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <mutex>

using namespace assay;
using namespace assay::report;
using assay::test::TemporaryFolder;

namespace {

std::string fixture(const std::string& name) {
    return std::string(ASSAY_BUILD_DIR) + "/tests/reporter_fixtures/test_reporter_" + name +
           ".assay.so";
}

Result<std::unique_ptr<Receiver>> open(const std::string& spec, const TemporaryFolder& folder) {
    const auto parsed = parse_reporter_spec(spec);
    REQUIRE(parsed.ok());
    return open_reporter(*parsed, fixture(parsed->name), {.report_folder = folder.file("out")});
}

Event case_begin(std::string id) {
    Event event;
    event.kind = EventKind::case_begin;
    event.case_id = std::move(id);
    return event;
}

// One sinner and one good reporter on a bus: what failed.
std::vector<ReporterFailure>
run_with(const std::string& sinner, const TemporaryFolder& folder, double patience_s = 60) {
    Bus bus({.queue_max = 256, .patience_s = patience_s});
    auto bad = open(sinner, folder);
    auto good = open("recorder", folder);
    REQUIRE(bad.ok());
    REQUIRE(good.ok());
    bus.add(std::move(*bad));
    bus.add(std::move(*good));
    for (int i = 0; i < 3; ++i) {
        bus.publish(case_begin("demo/x"));
    }
    return bus.finish(patience_s);
}

const std::string kRecorded = R"({"color":false,"depth":3,"ratio":0.5,"title":"none"})"
                              "\n1 demo/x\n2 demo/x\n3 demo/x\nend\n";

} // namespace

TEST_CASE("a reporter specification is read into name, path and options") {
    const auto spec = parse_reporter_spec("json=out/r.json,indent=2,title=a=b");
    REQUIRE(spec.ok());
    CHECK(spec->name == "json");
    CHECK(spec->path == "out/r.json");
    REQUIRE(spec->options.size() == 2);
    CHECK(spec->options[0] == std::pair<std::string, std::string>("indent", "2"));
    CHECK(spec->options[1] == std::pair<std::string, std::string>("title", "a=b"));
    CHECK(parse_reporter_spec("json")->path.empty());
    CHECK(parse_reporter_spec("json=-")->path == "-");
    for (const char* text :
         {"", "=x", "json=", "json,indent", "json=a,b.json", "json,=2", "a,,b=1"}) {
        CAPTURE(text);
        const auto refused = parse_reporter_spec(text);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().kind == ErrorKind::usage);
        CHECK_FALSE(refused.error().hint.empty());
    }
}

TEST_CASE("options become typed values and defaults are filled in") {
    const TemporaryFolder folder;
    const std::string path = folder.file("r.txt");
    auto receiver = open("recorder=" + path + ",depth=7,ratio=0.25,title=x,color=on", folder);
    REQUIRE(receiver.ok());
    REQUIRE((*receiver)->finish().ok());
    CHECK(read_file(path).value() == R"({"color":true,"depth":7,"ratio":0.25,"title":"x"})"
                                     "\nend\n");
}

TEST_CASE("the environment's wish is a default for an option of that name") {
    const TemporaryFolder folder;
    const auto first_line = [&](const std::string& spec) {
        auto receiver = open_reporter(*parse_reporter_spec(spec),
                                      fixture("recorder"),
                                      {.report_folder = folder.file("out"), .color = true});
        REQUIRE(receiver.ok());
        REQUIRE((*receiver)->finish().ok());
        return read_file(folder.file("out/recorder.txt")).value();
    };
    CHECK(first_line("recorder").find("\"color\":true") != std::string::npos);
    CHECK(first_line("recorder,color=false").find("\"color\":false") != std::string::npos);
}

TEST_CASE("a wrong option is a usage error that helps") {
    const TemporaryFolder folder;
    const auto unknown = open("recorder,dept=1", folder);
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.error().kind == ErrorKind::usage);
    CHECK(unknown.error().message ==
          "reporter 'recorder' has no option 'dept' (did you mean 'depth'?)");
    CHECK(unknown.error().hint == "its options: color, depth, ratio, title");
    const auto type = open("recorder,depth=deep", folder);
    REQUIRE_FALSE(type.ok());
    CHECK(type.error().message ==
          "option 'depth' of reporter 'recorder' is 'deep': expected integer");
    const auto range = open("recorder,depth=-1", folder);
    REQUIRE_FALSE(range.ok());
    CHECK(range.error().kind == ErrorKind::usage);
    CHECK(range.error().message.find("depth") != std::string::npos);
    const auto refused = open("recorder,title=refused", folder);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("this title cannot be") != std::string::npos);
    CHECK(refused.error().kind == ErrorKind::config);
    CHECK_FALSE(std::filesystem::exists(folder.file("out/recorder.txt")));
}

TEST_CASE("without a path the output goes below the report folder") {
    const TemporaryFolder folder;
    auto receiver = open("recorder", folder);
    REQUIRE(receiver.ok());
    CHECK(folder.entries() == std::vector<std::string>{"out"});
    REQUIRE((*receiver)->finish().ok());
    CHECK(folder.entries() == std::vector<std::string>{"out", "out/recorder.txt"});
}

TEST_CASE("what a reporter logs reaches the host with its name") {
    const TemporaryFolder folder;
    std::vector<std::string> said;
    auto receiver = open_reporter(
        *parse_reporter_spec("recorder"),
        fixture("recorder"),
        {.report_folder = folder.file("out"),
         .log = [&](const std::string& who, std::int32_t level, std::string_view text) {
             said.push_back(who + " " + std::to_string(level) + " " + std::string(text));
         }});
    REQUIRE(receiver.ok());
    REQUIRE((*receiver)->on_event(case_begin("x")).ok());
    CHECK(said == std::vector<std::string>{"recorder 2 seen"});
}

TEST_CASE("a library without that reporter is refused with both named") {
    const TemporaryFolder folder;
    const auto missing = open_reporter(
        *parse_reporter_spec("hanks"), fixture("hangs"), {.report_folder = folder.file("out")});
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().kind == ErrorKind::plugin);
    CHECK(missing.error().message.find("'hanks'") != std::string::npos);
    CHECK(missing.error().message.find(fixture("hangs")) != std::string::npos);
    CHECK_FALSE(open_reporter(*parse_reporter_spec("x"), "/nonexistent.assay.so", {}).ok());
    CHECK_FALSE(std::filesystem::exists(folder.file("out")));
}

TEST_CASE("an output that cannot be opened fails before the run") {
    const TemporaryFolder folder;
    REQUIRE(write_file_atomically(folder.file("file"), "x").ok());
    const auto receiver = open("recorder=" + folder.file("file/r.txt"), folder);
    REQUIRE_FALSE(receiver.ok());
    CHECK(receiver.error().kind == ErrorKind::io);
    CHECK(receiver.error().message.starts_with("reporter 'recorder': cannot write "));
}

TEST_CASE("a reporter that throws through the C interface fails alone") {
    const TemporaryFolder folder;
    const auto failures = run_with("throws", folder);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].reporter == "throws");
    CHECK(failures[0].error.message.find("no room for this event") != std::string::npos);
    CHECK(read_file(folder.file("out/recorder.txt")).value() == kRecorded);
    CHECK_FALSE(std::filesystem::exists(folder.file("out/throws.txt")));
}

TEST_CASE("a reporter that hangs fails alone and leaves no file") {
    const TemporaryFolder folder;
    const auto failures = run_with("hangs", folder, 2);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].reporter == "hangs");
    CHECK(failures[0].error.message == "did not return from event 1 (demo/x) within 2 s");
    CHECK(read_file(folder.file("out/recorder.txt")).value() == kRecorded);
    CHECK(folder.entries() == std::vector<std::string>{"out", "out/recorder.txt"});
}

TEST_CASE("a reporter that ignores a failing output fails all the same") {
    const TemporaryFolder folder;
    const auto failures = run_with("ignores_sink_errors=/dev/full", folder);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].reporter == "ignores_sink_errors");
    CHECK(failures[0].error.kind == ErrorKind::io);
    CHECK(failures[0].error.message == "cannot write /dev/full: No space left on device");
    CHECK(read_file(folder.file("out/recorder.txt")).value() == kRecorded);
}

TEST_CASE("a reporter that leaves its folder fails alone and writes nothing") {
    const TemporaryFolder folder;
    const auto failures = run_with("escapes_folder", folder);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].reporter == "escapes_folder");
    CHECK(failures[0].error.message.find("'../x'") != std::string::npos);
    CHECK(folder.entries() == std::vector<std::string>{"out", "out/recorder.txt"});
}

TEST_CASE("an extra file inside the folder is fine") {
    const TemporaryFolder folder;
    CHECK(run_with("escapes_folder,extra=assets/x.txt", folder).empty());
    CHECK(read_file(folder.file("out/assets/x.txt")).value() == "extra\n");
}
