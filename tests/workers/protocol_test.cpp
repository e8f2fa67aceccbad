// What the host makes of a worker that says the wrong thing. The worker follows a script.
#include "processes.hpp"
#include "turns.hpp"
#include "workers/worker.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <cstring>
#include <memory>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using std::chrono::milliseconds;
using testing::RecordedTurns;

SupervisorOptions scripted() {
    SupervisorOptions options;
    options.worker_program = ASSAY_BUILD_DIR "/tests/scripted_worker";
    options.hello_timeout = milliseconds(120'000);
    return options;
}

constexpr Deadline kLong{milliseconds(120'000), milliseconds(2000), milliseconds(1000)};

struct Launched {
    LaunchOutcome outcome;
    Death death;
};

// One launch of a script in a worker of its own. Afterwards nothing may be left of it.
Launched launch(const std::string& script, RecordedTurns& turns, const Deadline& deadline = kLong) {
    const testing::TemporaryRoot root;
    Launched result;
    {
        Supervisor supervisor(scripted());
        auto worker = supervisor.start({.plugin_path = "/scripts/" + script});
        REQUIRE_MESSAGE(worker, worker.error().message);
        const int group = (*worker)->hello().pid;
        measure::LaunchRequest request;
        request.case_id = "script/" + script;
        result.outcome = (*worker)->launch(request, turns, deadline);
        result.death = (*worker)->quit();
        CHECK_FALSE((*worker)->alive());
        CHECK(testing::eventually([&] { return testing::living_in_group(group).empty(); }));
    }
    CHECK_FALSE(testing::has_children());
    CHECK(root.is_empty());
    CHECK(turns.acquired == turns.released);
    return result;
}

void check_protocol_failure(const std::string& script, const std::string& said) {
    CAPTURE(script);
    RecordedTurns turns;
    const Launched launched = launch(script, turns);
    CHECK(launched.outcome.record.status == CaseStatus::failed);
    CHECK_MESSAGE(launched.outcome.record.reason.starts_with("protocol: "),
                  launched.outcome.record.reason);
    CHECK_MESSAGE(launched.outcome.record.reason.find(said) != std::string::npos,
                  launched.outcome.record.reason);
    CHECK_FALSE(launched.death.said_bye);
}

} // namespace

TEST_CASE("a launch brings slices, latencies, phases and logs, and ends with a goodbye") {
    RecordedTurns turns;
    const Launched launched = launch("full", turns);
    CHECK(launched.outcome.record.status == CaseStatus::passed);
    CHECK(launched.outcome.record.slices.size() == 3);
    CHECK(launched.outcome.record.latency.count() == 2);
    CHECK(launched.outcome.record.latency.max_ns() == 2);
    CHECK_FALSE(launched.outcome.death);
    CHECK(turns.acquired == 1);
    CHECK(turns.last_log == "hello from the case");
    CHECK(turns.phases == std::vector{measure::LaunchPhase::open, measure::LaunchPhase::measure});
    CHECK(launched.death.said_bye);
    CHECK_FALSE(launched.death.killed);
    CHECK(launched.death.exit_code == 0);
    CHECK(launched.death.peak_rss_bytes > 0);
}

TEST_CASE("HELLO tells who is there and what the host did for it") {
    Supervisor supervisor(scripted());
    auto worker = supervisor.start({.plugin_path = "/scripts/full", .layout_seed = 42});
    REQUIRE(worker);
    const Hello& hello = (*worker)->hello();
    CHECK(hello.pid > 0);
    CHECK(hello.plugin_id == "org.example.script");
    CHECK(hello.plugin_version == "1.2.3");
    REQUIRE(hello.provides.size() == 1);
    CHECK(hello.provides[0].second == "script");
    CHECK(hello.start_s > 0);
    CHECK(json_string(hello.isolation, "layout_seed") == "42");
    CHECK(hello.isolation.at("environment").as_object().contains("TMPDIR"));
    CHECK(json_bool(hello.isolation, "no_new_privs", false));
}

TEST_CASE("the memory of the host is not counted as the worker's") {
    // A spawned process shares the host's pages until it calls exec, and the kernel's own figure
    // of the peak remembers them.
    constexpr std::size_t bytes = std::size_t{256} << 20;
    const auto ballast = std::make_unique<char[]>(bytes);
    std::memset(ballast.get(), 1, bytes);
    RecordedTurns turns;
    const Launched launched = launch("full", turns);
    CHECK(ballast[bytes / 2] == 1);
    CHECK(launched.death.peak_rss_bytes > 0);
    CHECK(launched.death.peak_rss_bytes < bytes / 2);
}

TEST_CASE("several launches share one worker") {
    Supervisor supervisor(scripted());
    auto worker = supervisor.start({.plugin_path = "/scripts/full"});
    REQUIRE(worker);
    for (int i = 0; i < 3; ++i) {
        RecordedTurns turns;
        CHECK((*worker)->launch({}, turns, kLong).record.status == CaseStatus::passed);
    }
    CHECK((*worker)->quit().said_bye);
    CHECK((*worker)->quit().said_bye); // asked again: the same answer
}

TEST_CASE("unknown frame types are skipped") {
    RecordedTurns turns;
    CHECK(launch("unknown_types", turns).outcome.record.status == CaseStatus::passed);
}

TEST_CASE("bytes that are no frames end the launch as a failure of the protocol") {
    check_protocol_failure("broken_length", "limit");
    check_protocol_failure("gap", "77");
    check_protocol_failure("broken_json", "type 9");
    check_protocol_failure("broken_slices", "");
    check_protocol_failure("broken_latencies", "LATENCY: a histogram of latencies has 40 bytes");
    check_protocol_failure("closes_frames", "descriptor 3");
    check_protocol_failure("loses_channel", "descriptor 3");
}

TEST_CASE("frames that do not belong there end the launch as a failure of the protocol") {
    check_protocol_failure("ready_twice", "READY");
    check_protocol_failure("latencies_twice", "a second LATENCY frame");
    check_protocol_failure("bye_in_launch", "type 12");
    check_protocol_failure("slice_flood", "more slices");
}

TEST_CASE("an end in the middle of a frame is a crash") {
    RecordedTurns turns;
    const Launched launched = launch("torn_frame", turns);
    CHECK(launched.outcome.record.status == CaseStatus::crashed);
    REQUIRE(launched.outcome.death);
    CHECK_FALSE(launched.outcome.death->said_bye);
    CHECK(launched.outcome.death->exit_code == 0);
}

TEST_CASE("a worker that dies with its turn gives it back") {
    RecordedTurns turns;
    const Launched launched = launch("dies_with_turn", turns);
    CHECK(launched.outcome.record.status == CaseStatus::crashed);
    CHECK(launched.death.signal == SIGBUS);
    CHECK(turns.acquired == 1);
    CHECK(turns.released == 1);
}

TEST_CASE("what a dying worker says is told with its signal") {
    RecordedTurns turns;
    const Launched launched = launch("says_dying", turns);
    CHECK(launched.outcome.record.reason ==
          "SIGSEGV at 0x10 in script/says_dying, phase measure, slice 4");
}

TEST_CASE("log lines beyond one mebibyte are dropped and counted") {
    RecordedTurns turns;
    const Launched launched = launch("log_flood", turns);
    CHECK(launched.outcome.record.status == CaseStatus::passed);
    CHECK(turns.log_bytes <= (std::size_t{1} << 20));
    REQUIRE(launched.outcome.record.notes.size() == 1);
    CHECK(launched.outcome.record.notes[0].find("log lines dropped") != std::string::npos);
    CHECK(turns.logs + std::stoi(launched.outcome.record.notes[0]) == 3000);
}

TEST_CASE("printed text is kept up to one mebibyte and the rest is counted") {
    RecordedTurns turns;
    const Launched launched = launch("stdout_flood", turns);
    CHECK(launched.outcome.output.size() == (std::size_t{1} << 20));
    CHECK(launched.outcome.output_bytes_dropped == (std::uint64_t{3} << 20));
}

TEST_CASE("a refusal while loading is told with its text and hint") {
    Supervisor supervisor(scripted());
    const auto worker = supervisor.start({.plugin_path = "/scripts/refuses"});
    REQUIRE_FALSE(worker);
    CHECK(worker.error().kind == ErrorKind::plugin);
    CHECK(worker.error().message.find("shape 0 in family x") != std::string::npos);
    CHECK(worker.error().message.find("/scripts/refuses") != std::string::npos);
    CHECK(worker.error().hint == "set it");
}

TEST_CASE("a worker that cannot start is told with what it printed") {
    Supervisor supervisor(scripted());
    const auto worker = supervisor.start({.plugin_path = "/scripts/cannot_start"});
    REQUIRE_FALSE(worker);
    CHECK(worker.error().message.find("exit code 127") != std::string::npos);
    CHECK(worker.error().message.find("libmissing.so") != std::string::npos);
}

TEST_CASE("a worker program that does not exist is an error that names it") {
    const testing::TemporaryRoot root;
    SupervisorOptions options;
    options.worker_program = "/nowhere/assay-worker";
    Supervisor supervisor(options);
    const auto worker = supervisor.start({.plugin_path = "/scripts/full"});
    REQUIRE_FALSE(worker);
    CHECK(worker.error().kind == ErrorKind::io);
    CHECK(worker.error().message.find("/nowhere/assay-worker") != std::string::npos);
    CHECK(root.is_empty());
}

TEST_CASE("a worker that never says HELLO is killed") {
    const testing::TemporaryRoot root;
    SupervisorOptions options = scripted();
    options.hello_timeout = milliseconds(100);
    Supervisor supervisor(options);
    const auto worker = supervisor.start({.plugin_path = "/scripts/silent"});
    REQUIRE_FALSE(worker);
    CHECK(worker.error().kind == ErrorKind::plugin);
    CHECK(worker.error().message.find("100 ms") != std::string::npos);
    CHECK_FALSE(testing::has_children());
    CHECK(root.is_empty());
}

TEST_CASE("a wrapper is put before the worker") {
    SupervisorOptions options = scripted();
    options.wrap = {"env", "--"};
    Supervisor supervisor(options);
    auto worker = supervisor.start({.plugin_path = "/scripts/full"});
    REQUIRE_MESSAGE(worker, worker.error().message);
    RecordedTurns turns;
    CHECK((*worker)->launch({}, turns, kLong).record.status == CaseStatus::passed);
}

TEST_CASE("describing that does not end is the plugin's failure, not somebody's interruption") {
    Supervisor supervisor(scripted());
    auto worker = supervisor.start({.plugin_path = "/scripts/hangs"});
    REQUIRE(worker);
    const auto description = (*worker)->describe("other", "{}", milliseconds(100));
    REQUIRE_FALSE(description);
    CHECK(description.error().kind == ErrorKind::plugin);
    CHECK(description.error().message.find("100 ms") != std::string::npos);
    CHECK_FALSE((*worker)->alive());
}

TEST_CASE("describing may be refused without harm to the worker") {
    Supervisor supervisor(scripted());
    auto worker = supervisor.start({.plugin_path = "/scripts/full"});
    REQUIRE(worker);
    const auto description = (*worker)->describe("other", "{}", milliseconds(120'000));
    REQUIRE_FALSE(description);
    CHECK(description.error().kind == ErrorKind::plugin);
    CHECK(description.error().message.find("no suite") != std::string::npos);
    RecordedTurns turns;
    CHECK((*worker)->launch({}, turns, kLong).record.status == CaseStatus::passed);
}

} // namespace assay::workers
