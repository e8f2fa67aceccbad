#include "history/run_from_events.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;
using history::testing::uuid_of;

namespace {

json::object run_object() {
    const auto run = parse_json(R"({
        "started": "2026-11-21T12:00:00.000Z", "finished": null, "mode": "quick", "seed": 7,
        "order_seed": 5, "argv": ["assay", "run"],
        "platform": {"id": "f1", "label": "here", "identity": {"cores": 2}, "load_average": 0.5},
        "environment": {"kernel": "6.1"},
        "git": {"state": "ok", "sha": "abc", "parent": "def", "branch": "main", "dirty": true,
                "merge_base": "012", "author_time": 1795000000, "commit_time": 1795000100,
                "repo_url": "git@example.org:people/assay.git"},
        "host": {"version": "0.1.0"}, "isolation": "launch", "kind": "nightly", "trigger": "schedule",
        "calibration": 0.012, "host_score": 0.004,
        "suites": [{"suite": "one", "plugin": "org.one", "version": "1", "sha256": "b1"},
                   {"suite": "two", "plugin": "org.one", "version": "1", "sha256": "b1"}],
        "resolution": null})");
    REQUIRE(run.ok());
    json::object object = run->get_object();
    object["id"] = uuid_of(1);
    return object;
}

json::object case_end(const std::string& family) {
    return {{"kind", "case_end"},
            {"case",
             json::object{{"id", "two/" + family},
                          {"suite", "two"},
                          {"family", family},
                          {"params", json::object{}},
                          {"shape", "chain"},
                          {"status", "passed"},
                          {"reason", nullptr},
                          {"metrics",
                           json::array{json::object{{"key", "time"},
                                                    {"unit", "weeks"},
                                                    {"direction", "lower"},
                                                    {"aggregate", "samples"},
                                                    {"n", 1},
                                                    {"median", 3}}}}}}};
}

json::object run_end(json::object summary) {
    json::object run = run_object();
    run["finished"] = "2026-11-21T12:00:09.500Z";
    return {{"kind", "run_end"}, {"run", run}, {"summary", std::move(summary)}};
}

Run run_of(const std::vector<json::object>& events) {
    RunFromEvents reader;
    for (const json::object& event : events) {
        const Status taken = reader.take(event);
        REQUIRE_MESSAGE(taken.ok(), (taken.ok() ? std::string{} : taken.error().message));
    }
    Result<Run> run = std::move(reader).finish();
    REQUIRE(run.ok());
    return std::move(*run);
}

const json::object kBegin{{"kind", "run_begin"}, {"run", nullptr}};

json::object begin() {
    json::object event = kBegin;
    event["run"] = run_object();
    return event;
}

} // namespace

TEST_CASE("a run keeps what its document says of machine, tree, host and plugins") {
    const Run run = run_of({begin(), case_end("a"), run_end({{"cases", 1}, {"passed", 1}})});
    CHECK(run.uuid == uuid_of(1));
    CHECK(run.started == testing::kNoon);
    CHECK(run.finished == testing::kNoon + 9'500'000'000);
    CHECK(run.kind == "nightly");
    CHECK(run.trigger == "schedule");
    CHECK(run.mode == "quick");
    CHECK(run.seed == 7);
    CHECK(run.argv == std::vector<std::string>{"assay", "run"});
    CHECK(run.platform.fingerprint == "f1");
    CHECK(run.platform.label == "here");
    CHECK(run.platform.identity.at("cores").get_int64() == 2);
    CHECK(run.environment.at("kernel").get_string() == "6.1");
    CHECK(run.git.sha == "abc");
    CHECK(run.git.parent_sha == "def");
    CHECK(run.git.merge_base == "012");
    CHECK(run.git.branch == "main");
    CHECK(run.git.dirty == true);
    CHECK(run.git.author_time == 1'795'000'000'000'000'000);
    CHECK(run.git.commit_time == 1'795'000'100'000'000'000);
    CHECK(run.repo_url == "git@example.org:people/assay.git");
    CHECK(run.project == "assay");
    CHECK(run.host_version == "0.1.0");
    CHECK(run.host_score == 0.004);
    CHECK(run.calibration == 0.012);
    CHECK(run.isolation == "launch");
    CHECK(run.metadata.at("order_seed").get_int64() == 5);
    REQUIRE(run.builds.size() == 1); // two suites of one file
    CHECK(run.builds.front().plugin_id == "org.one");
}

TEST_CASE("the points of a run carry its platform, isolation and the build of their suite") {
    const Run run = run_of({begin(), case_end("a"), case_end("b"), run_end({{"passed", 2}})});
    REQUIRE(run.points.size() == 2);
    CHECK(run.points[1].series.case_id == "two/b");
    CHECK(run.points[1].series.platform.fingerprint == "f1");
    CHECK(run.points[1].series.isolation == "launch");
    CHECK(run.points[1].build_sha256 == "b1");
    CHECK(write_json(run.metadata.at("unknown_units")) == R"(["weeks"])");
}

TEST_CASE("the status of a run is that of its worst, and a cancelled run is cancelled") {
    const auto status = [](json::object summary) {
        return run_of({begin(), run_end(std::move(summary))}).status;
    };
    CHECK(status({{"passed", 3}, {"skipped", 1}, {"failed", 0}}) == "passed");
    CHECK(status({{"passed", 3}, {"wrong_result", 1}}) == "failed");
    CHECK(status({{"passed", 3}, {"crashed", 1}}) == "failed");
    CHECK(status({{"passed", 3}, {"failed", 1}, {"partial", true}}) == "cancelled");
    CHECK(status({{"passed", 3}, {"cancelled", 2}}) == "cancelled");
    CHECK(run_of({begin(), case_end("a")}).status == "cancelled"); // nobody said the end
}

TEST_CASE("events without a run, before it, or of two runs are no run") {
    RunFromEvents nothing;
    CHECK_FALSE(std::move(nothing).finish().ok());
    RunFromEvents early;
    CHECK_FALSE(early.take(case_end("a")).ok());
    RunFromEvents two;
    REQUIRE(two.take(begin()).ok());
    json::object other = begin();
    other["run"].get_object()["id"] = uuid_of(2);
    CHECK_FALSE(two.take(other).ok());
    for (const char* key : {"id", "started"}) {
        RunFromEvents incomplete;
        json::object event = begin();
        event["run"].get_object().erase(key);
        const Status taken = incomplete.take(event);
        REQUIRE_FALSE(taken.ok());
        CHECK(taken.error().kind == ErrorKind::plugin);
    }
}

TEST_CASE("members of another type than theirs, and times beyond all reason, are not known") {
    json::object event = begin();
    json::object& run = event["run"].get_object();
    run["git"] = json::object{
        {"sha", 7}, {"dirty", "yes"}, {"commit_time", std::int64_t{9'000'000'000'000'000'000}}};
    run["seed"] = "seven";
    run["argv"] = json::array{1, "run"};
    run["platform"] = "here";
    run["suites"] = json::object{};
    run["calibration"] = "quick";
    const Run read = run_of({event, run_end({{"failed", "many"}})});
    // What the end of the run says is what holds.
    CHECK(read.seed == 7);
    RunFromEvents early;
    REQUIRE(early.take(event).ok());
    const Result<Run> odd = std::move(early).finish();
    REQUIRE(odd.ok());
    CHECK(odd->git.sha.empty());
    CHECK_FALSE(odd->git.dirty.has_value());
    CHECK_FALSE(odd->git.commit_time.has_value());
    CHECK_FALSE(odd->seed.has_value());
    CHECK(odd->argv == std::vector<std::string>{"run"});
    CHECK(odd->platform.fingerprint.empty());
    CHECK(odd->builds.empty());
    CHECK_FALSE(odd->calibration.has_value());
}

TEST_CASE("a bundle whose header names another run than its events is refused") {
    const TemporaryFolder folder;
    auto writer = BundleWriter::create(folder.path(), {.run = uuid_of(2)});
    REQUIRE(writer.ok());
    REQUIRE(writer->add(begin()).ok());
    const auto sealed = writer->seal();
    REQUIRE(sealed.ok());
    const auto run = read_run(sealed->file);
    REQUIRE_FALSE(run.ok());
    CHECK(run.error().kind == ErrorKind::plugin);
    CHECK(run.error().message.find(uuid_of(1)) != std::string::npos);
    CHECK(run.error().message.find(uuid_of(2)) != std::string::npos);
}
