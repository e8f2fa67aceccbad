#include "worker_program.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <string>

namespace worker_test {

using namespace assay;
using namespace assay::measure;
using namespace assay::measure::test;

namespace {

LaunchRequest sample_request() {
    LaunchRequest request;
    request.suite = "sample";
    request.case_id = "sample/add";
    request.slices = 3;
    request.warmup_slices_max = 2;
    return request;
}

} // namespace

TEST_CASE("a worker says hello, describes, launches twice and says goodbye") {
    WorkerProgram worker(sample_plugin("none"), {"--parent", std::to_string(::getpid())});
    const json::value hello = worker.expect(FrameType::hello);
    CHECK(hello.at("pid").get_int64() == worker.pid());
    CHECK(hello.at("plugin") == "org.example.sample");
    CHECK(hello.at("version") == "1.2.3");
    CHECK(hello.at("provides").at(0).at("kind") == ASSAY_KIND_SUITE);
    CHECK(hello.at("isolation").at("no_new_privs") == true);
    CHECK(hello.at("isolation").at("dies_with_host") == true);
    CHECK(hello.at("isolation").at("limits") == true);

    worker.send(FrameType::describe, json::object{{"suite", "sample"}, {"config", "{}"}});
    const auto described = suite_description_from_json(worker.expect(FrameType::described));
    REQUIRE(described.ok());
    CHECK(described->families.size() == 2);
    CHECK_FALSE(described->has_verify);

    for (int i = 0; i < 2; ++i) {
        const LaunchRecord record = worker.launch(sample_request());
        CAPTURE(record.reason);
        CHECK(record.status == CaseStatus::passed);
        CHECK(record.slices.size() == 5);
    }
    worker.send(FrameType::quit, json::object{});
    worker.close_commands(); // at once: the goodbye must still come
    worker.expect(FrameType::bye);
    const siginfo_t end = worker.wait();
    CHECK(end.si_code == CLD_EXITED);
    CHECK(end.si_status == 0);
}

// A limit on CPU time would make Linux answer the process clock from sums of the timer tick.
TEST_CASE("the process clock of a worker with one thread agrees with its thread clock") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    LaunchRequest request = sample_request();
    request.slices = 20;
    const LaunchRecord record = worker.launch(request);
    REQUIRE(record.status == CaseStatus::passed);
    for (const SliceRecord& slice : record.slices) {
        // The two are read one after the other: about a microsecond apart.
        CHECK(slice.process_cpu_ns >= slice.thread_cpu_ns);
        CHECK(slice.process_cpu_ns <= slice.thread_cpu_ns + slice.thread_cpu_ns / 10 + 100'000);
    }
}

TEST_CASE("a plugin that cannot be loaded is refused in a frame") {
    WorkerProgram worker(sample_plugin("refuses"));
    const json::value refused = worker.expect(FrameType::refused);
    const auto message = std::string(refused.at("message").get_string());
    CHECK(message.find("it refused: needs AVX-512") != std::string::npos);
    CHECK(worker.wait().si_code == CLD_EXITED);
}

TEST_CASE("an unknown suite and an unreadable request are refused, and the worker goes on") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    worker.send(FrameType::describe, json::object{{"suite", "other"}});
    CHECK(worker.expect(FrameType::refused).at("message") ==
          "the plugin provides no suite 'other'");
    worker.send(FrameType::launch, json::object{{"suite", "sample"}});
    worker.expect(FrameType::refused);
    worker.send(static_cast<FrameType>(900), json::object{}); // of a newer host
    CHECK(worker.launch(sample_request()).status == CaseStatus::passed);
}

TEST_CASE("a crash names signal, case, phase and address, and dies of its own signal") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    LaunchRequest request = sample_request();
    request.family = 1;
    request.case_id = "sample/crash[x=\"quoted\"]";
    worker.send(FrameType::launch, to_json(request));
    const json::value dying = worker.expect(FrameType::dying);
    CHECK(dying.at("case_id").get_string() == request.case_id);
    CHECK(dying.at("phase") == "calibrate");
    CHECK(dying.at("signal") == SIGSEGV);
    CHECK(dying.at("name") == "SIGSEGV");
    CHECK(dying.at("address") == "0x8");
    CHECK_FALSE(worker.next().has_value()); // no goodbye
    const siginfo_t end = worker.wait();
    CHECK((end.si_code == CLD_KILLED || end.si_code == CLD_DUMPED));
    CHECK(end.si_status == SIGSEGV);
    CHECK(worker.errors().find("stack of thread") != std::string::npos);
}

TEST_CASE("a worker whose host has gone ends by itself") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    worker.close_commands();
    CHECK(worker.wait().si_code == CLD_EXITED);
    WorkerProgram measuring(sample_plugin("none"));
    measuring.expect(FrameType::hello);
    measuring.send(FrameType::launch, to_json(sample_request()));
    measuring.expect(FrameType::ready);
    measuring.close_commands();
    CHECK(measuring.wait().si_code == CLD_EXITED);
}

TEST_CASE("a worker started by somebody else than it was told ends before it loads anything") {
    WorkerProgram worker(sample_plugin("none"), {"--parent", "1"});
    CHECK_FALSE(worker.next().has_value());
    CHECK(worker.wait().si_status == 0);
}

TEST_CASE("asked why it hangs, a worker prints its stack and lives on") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    worker.signal(SIGQUIT);
    CHECK(worker.launch(sample_request()).status == CaseStatus::passed);
    worker.send(FrameType::quit, json::object{});
    worker.expect(FrameType::bye);
    CHECK(worker.wait().si_code == CLD_EXITED);
    CHECK(worker.errors().find("SIGQUIT") != std::string::npos);
}

TEST_CASE("phases stand in the shared page and the cancel word stops a launch") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    worker.send(FrameType::launch, to_json(sample_request()));
    worker.expect(FrameType::ready);
    CHECK(worker.page().phase.load() == static_cast<std::uint32_t>(LaunchPhase::ready));
    CHECK(worker.page().heartbeat.load() > 0);
    CHECK(worker.page().rss_bytes.load() > 0);
    worker.page().cancel.store(1);
    worker.send(FrameType::turn, json::object{});
    const auto record = launch_record_from_json(worker.expect(FrameType::record));
    REQUIRE(record.ok());
    CHECK(record->status == CaseStatus::cancelled);
}

TEST_CASE("a command line that does not fit ends with 2 and says why") {
    for (const auto& [option, words] : {std::pair{"--nonsense", "unknown option '--nonsense'"},
                                        std::pair{"--cpu", "--cpu has no usable value"}}) {
        WorkerProgram worker(sample_plugin("none"), {option});
        CHECK(worker.wait().si_status == 2);
        CHECK(worker.errors().find(words) != std::string::npos);
    }
    WorkerProgram relative("relative.assay.so");
    CHECK(relative.wait().si_status == 2);
}

TEST_CASE("a worker that was not started for a pair refuses to be one side of it") {
    WorkerProgram worker(sample_plugin("none"));
    worker.expect(FrameType::hello);
    LaunchRequest request = sample_request();
    request.pair = PairSeat{0, 0};
    worker.send(FrameType::launch, to_json(request));
    CHECK(worker.expect(FrameType::refused).at("message") ==
          "a launch of a pair came to a worker that was started without --pair");
    CHECK(worker.launch(sample_request()).status == CaseStatus::passed);
}

TEST_CASE("a worker for a pair without the pair's page says so and ends with 2") {
    WorkerProgram worker(sample_plugin("none"), {"--pair"});
    CHECK(worker.wait().si_status == 2);
    CHECK(worker.errors().find("the page of the pair (fd 6) cannot be mapped") !=
          std::string::npos);
}

TEST_CASE("equal layout seeds give equal layouts, pinning is told or told to have failed") {
    const auto isolation = [](const std::vector<std::string>& options) {
        WorkerProgram worker(sample_plugin("none"), options);
        return worker.expect(FrameType::hello).at("isolation");
    };
    const json::value first = isolation({"--layout-seed", "7"});
    CHECK(first == isolation({"--layout-seed", "7"}));
    const json::value other = isolation({"--layout-seed", "8"});
    CHECK((first.at("heap_offset_bytes") != other.at("heap_offset_bytes") ||
           first.at("stack_offset_bytes") != other.at("stack_offset_bytes")));
    CHECK(isolation({"--cpu", "100000"}).at("pinned_cpu").is_null());
}

} // namespace worker_test
