// Runs on their way into a history, as a user sees it.
#include "history/run_from_events.hpp"
#include "history/store.hpp"
#include "history/transfer.hpp"
#include "results.hpp"
#include "support/sha256.hpp"

#include <csignal>
#include <fstream>

namespace recording_test {

using namespace integration;
namespace fs = std::filesystem;
namespace history = assay::history;

namespace {

// A project with an empty configuration, as `assay new project` makes it.
void make_project(const Sandbox& box, const std::string& configuration = "{}") {
    box.write(".assay/assay.json", configuration);
}

std::vector<std::string> quick_run(std::vector<std::string> more = {}) {
    std::vector<std::string> words{
        "run", "--mode", "quick", "--plugin", sample_plugin(), "sample/(multiply|single)"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::vector<fs::path> bundles_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        files.push_back(entry.path());
    }
    return files;
}

std::unique_ptr<history::Store> store_at(const fs::path& file) {
    auto store = history::open_store(file.string(), {});
    REQUIRE_MESSAGE(store.ok(), (store.ok() ? std::string{} : store.error().message));
    return std::move(*store);
}

history::Run only_run(const fs::path& file) {
    const auto store = store_at(file);
    const auto rows = store->runs({});
    REQUIRE(rows.ok());
    REQUIRE(rows->size() == 1);
    auto run = store->run(rows->front().uuid);
    REQUIRE_MESSAGE(run.ok(), (run.ok() ? std::string{} : run.error().message));
    return std::move(*run);
}

const history::Point* point_of(const history::Run& run, const char* id, const char* metric) {
    for (const history::Point& point : run.points) {
        if (point.series.case_id == id && point.series.metric == metric) {
            return &point;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("a run in a project is in its history and in a bundle, with the figures of its report") {
    const Sandbox box;
    make_project(box);
    const Ended ended = box.assay(quick_run({"--reporter", "json=out.json"}));
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    const history::Run run = only_run(box.folder() / ".assay/history.db");
    CHECK(run.uuid == assay::json_string(results.at("run").as_object(), "id"));
    CHECK(ended.err.find("recorded run " + run.uuid + " (2 cases) in .assay/history.db") !=
          std::string::npos);
    CHECK(run.mode == "quick");
    CHECK(run.status == "passed");
    CHECK(run.finished > run.started);
    CHECK(run.argv.size() == quick_run().size() + 2);
    REQUIRE(run.builds.size() == 1);
    CHECK(run.builds.front().plugin_id == "org.assay.test.sample");
    const history::Point* point = point_of(run, "sample/multiply", "time");
    REQUIRE(point != nullptr);
    const auto* time = metric_of(case_of(results, "sample/multiply"), "time");
    CHECK(point->figures->center == time->at("median").to_number<double>());
    CHECK(point->figures->n_launches == 6);
    CHECK(point->build_sha256 == run.builds.front().sha256);
    const auto bundles = bundles_in(box.folder() / ".assay/runs");
    REQUIRE(bundles.size() == 1);
    CHECK(bundles.front().filename() == run.uuid + ".ndjson");
}

TEST_CASE("a recorded run knows its machine, its occasion and how quiet it was") {
    const Sandbox box;
    make_project(box);
    Surroundings around;
    around.environment["PERFORMANCE_PLATFORM"] = "RunPod_A100";
    around.environment["PERFORMANCE_RUN_TYPE"] = "nightly";
    const Ended ended = box.assay(quick_run(), around);
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    const history::Run run = only_run(box.folder() / ".assay/history.db");
    CHECK(run.kind == "nightly");
    CHECK(run.platform.label == "RunPod_A100");
    CHECK(run.platform.fingerprint.size() == 64);
    CHECK(run.platform.fingerprint ==
          assay::sha256_of(assay::canonical_json(run.platform.identity)));
    CHECK_FALSE(run.environment.empty());
    REQUIRE(run.calibration.has_value());
    CHECK(*run.calibration > 0);
    REQUIRE(run.host_score.has_value());
    CHECK(run.points.front().series.platform.label == "RunPod_A100");
}

TEST_CASE("every line of a bundle fits its schema, and every event that of events") {
    const Sandbox box;
    make_project(box);
    REQUIRE(box.assay(quick_run()).exit_code == 0);
    const auto bundles = bundles_in(box.folder() / ".assay/runs");
    REQUIRE(bundles.size() == 1);
    std::ifstream lines(bundles.front());
    std::size_t events = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto document = parsed(line);
        check_schema(document, "bundle.json");
        if (document.as_object().contains("kind")) {
            check_schema(document, "event.json");
            CHECK(document.at("kind").as_string() != "progress");
            ++events;
        }
    }
    CHECK(events >= 6); // run, suite and two cases, begun and ended
}

TEST_CASE("a run is not recorded where nobody asks for it") {
    const Sandbox box;
    REQUIRE(box.assay(quick_run()).exit_code == 0); // no project
    CHECK_FALSE(fs::exists(box.folder() / ".assay"));
    make_project(box);
    const Ended dry = box.assay(quick_run({"--dry-run"}));
    const Ended off = box.assay(quick_run({"--no-record"}));
    Surroundings variable;
    variable.environment["ENABLE_PERFORMANCE_RECORDING"] = "0";
    const Ended by_variable = box.assay(quick_run(), variable);
    for (const Ended& ended : {dry, off, by_variable}) {
        INFO(ended.err);
        CHECK(ended.exit_code == 0);
        CHECK(ended.err.find("recorded") == std::string::npos);
    }
    CHECK_FALSE(fs::exists(box.folder() / ".assay/history.db"));
    CHECK_FALSE(fs::exists(box.folder() / ".assay/runs"));
}

TEST_CASE("PERFORMANCE_DB_PATH names the history, and bundles lie beside it without a project") {
    const Sandbox box;
    Surroundings around;
    around.environment["PERFORMANCE_DB_PATH"] = "perf/runs.db";
    const Ended ended = box.assay(quick_run(), around);
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    CHECK(ended.err.find(" in perf/runs.db") != std::string::npos);
    const history::Run run = only_run(box.folder() / "perf/runs.db");
    CHECK(fs::exists(box.folder() / "perf/runs" / (run.uuid + ".ndjson")));
}

TEST_CASE("--record without a project goes into the user's own history") {
    const Sandbox box;
    const Ended ended = box.assay(quick_run({"--record"}));
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    only_run(fs::path(box.environment().at("XDG_DATA_HOME")) / "assay/history.db");
}

TEST_CASE(
    "a value of ENABLE_PERFORMANCE_RECORDING that says nothing ends before anything is measured") {
    const Sandbox box;
    make_project(box);
    Surroundings around;
    around.environment["ENABLE_PERFORMANCE_RECORDING"] = "perhaps";
    const Ended ended = box.assay(quick_run(), around);
    CHECK(ended.exit_code == 2);
    CHECK(ended.err.find("'perhaps' will not do") != std::string::npos);
    CHECK(ended.out.empty());
}

TEST_CASE("a record that was asked for into a file that is no history stops the run at once") {
    const Sandbox box;
    box.write("notes.db", "this is no database, and long enough to be taken for one\n");
    Surroundings around;
    around.environment["PERFORMANCE_DB_PATH"] = "notes.db";
    const Ended ended = box.assay(quick_run(), around);
    INFO(ended.err);
    CHECK(ended.exit_code == 2);
    CHECK(ended.err.find("notes.db") != std::string::npos);
    CHECK(ended.out.empty());
    CHECK_FALSE(fs::exists(box.folder() / "runs"));
}

TEST_CASE("a store that fails leaves a whole bundle, and the message says how to bring it in") {
    const Sandbox box;
    make_project(box);
    box.write(".assay/history.db", "this is no database, and long enough to be taken for one\n");
    const Ended ended = box.assay(quick_run());
    INFO(ended.err);
    CHECK(ended.exit_code == 3);
    CHECK(ended.out.find("2 cases: 2 passed") != std::string::npos); // measured and reported
    const auto bundles = bundles_in(box.folder() / ".assay/runs");
    REQUIRE(bundles.size() == 1);
    CHECK(ended.err.find("assay history pull '.assay/runs/" + bundles.front().filename().string() +
                         "'") != std::string::npos);
    auto other = history::open_store((box.folder() / "other.db").string(), {.create = true});
    REQUIRE(other.ok());
    const auto pulled = history::pull(bundles.front().string(), **other);
    REQUIRE_MESSAGE(pulled.ok(), (pulled.ok() ? std::string{} : pulled.error().message));
    CHECK(pulled->added == 1);
}

TEST_CASE("a place that cannot be written to stops a run only where the record was asked for") {
    const Sandbox box;
    make_project(box);
    box.write(".assay/runs", "a file where the folder of bundles should be");
    const Ended usual = box.assay(quick_run());
    INFO(usual.err);
    CHECK(usual.exit_code == 0);
    CHECK(usual.err.find("this run is not recorded: ") != std::string::npos);
    const Ended asked = box.assay(quick_run({"--record"}));
    INFO(asked.err);
    CHECK(asked.exit_code == 3);
    CHECK(asked.out.empty());
}

TEST_CASE("a URL of an untrusted project's file is not used, and what runs is recorded") {
    const Sandbox box;
    make_project(box, R"({"history": "postgresql://203.0.113.1:1/stolen"})");
    const Ended ended = box.assay(quick_run({"--skip-untrusted"}));
    INFO(ended.err);
    CHECK(ended.exit_code == 6);
    CHECK(ended.err.find("nobody trusts it: /history") != std::string::npos);
    const history::Run run = only_run(box.folder() / ".assay/history.db");
    CHECK(point_of(run, "sample/multiply", "time") != nullptr);
}

TEST_CASE("a history that a project's file names inside the project is used without trust") {
    const Sandbox box;
    make_project(box, R"({"history": "measured/all.db"})");
    REQUIRE(box.assay(quick_run()).exit_code == 0);
    only_run(box.folder() / "measured/all.db");
}

TEST_CASE("a cancelled run is recorded as cancelled, with what was complete") {
    const Sandbox box;
    make_project(box);
    Surroundings around;
    around.wait_for = "sample/multiply"; // finished; the slow case runs or waits
    around.then = [](int pid) { ::kill(pid, SIGINT); };
    const Ended ended = box.assay({"run",
                                   "--mode",
                                   "quick",
                                   "--order-seed",
                                   "2", // multiply first
                                   "--lanes",
                                   "1",
                                   "--plugin",
                                   sample_plugin(),
                                   "sample/multiply",
                                   "sample/slow"},
                                  around);
    INFO(ended.err);
    CHECK(ended.exit_code == 130);
    const history::Run run = only_run(box.folder() / ".assay/history.db");
    CHECK(run.status == "cancelled");
    CHECK(point_of(run, "sample/multiply", "time") != nullptr);
    REQUIRE(run.failures.size() == 1);
    CHECK(run.failures.front().case_id == "sample/slow");
    CHECK(run.failures.front().status == assay::measure::CaseStatus::cancelled);
}

TEST_CASE("a run that is killed leaves nothing half read, and the next one is recorded") {
    const Sandbox box;
    make_project(box);
    Surroundings around;
    around.wait_for = "sample/multiply"; // finished; the slow case runs or waits
    around.then = [](int pid) { ::kill(pid, SIGKILL); };
    const Ended killed = box.assay({"run",
                                    "--mode",
                                    "quick",
                                    "--order-seed",
                                    "2", // multiply first
                                    "--lanes",
                                    "1",
                                    "--plugin",
                                    sample_plugin(),
                                    "sample/multiply",
                                    "sample/slow"},
                                   around);
    CHECK(killed.signal == SIGKILL);
    CHECK_FALSE(fs::exists(box.folder() / ".assay/history.db"));
    const auto left = bundles_in(box.folder() / ".assay/runs");
    REQUIRE(left.size() == 1);
    CHECK(left.front().extension() == ".part");
    CHECK(box.assay(quick_run()).exit_code == 0);
    const history::Run next = only_run(box.folder() / ".assay/history.db");
    const auto store = store_at(box.folder() / ".assay/history.db");
    const auto pulled = history::pull((box.folder() / ".assay/runs").string(), *store);
    REQUIRE(pulled.ok());
    CHECK(pulled->known == 1);
    CHECK(pulled->broken.empty());
    CHECK(pulled->unfinished.size() == 1);
}

TEST_CASE("a case that fails is a row of the history with its reason") {
    const Sandbox box;
    make_project(box);
    const Ended ended = box.assay(
        {"run", "--mode", "quick", "--plugin", bad_plugin("verify_fails"), "bad_verify_fails/"});
    INFO(ended.err);
    CHECK(ended.exit_code == 3);
    const history::Run run = only_run(box.folder() / ".assay/history.db");
    CHECK(run.status == "failed");
    REQUIRE(run.failures.size() == 1);
    CHECK(run.failures.front().status == assay::measure::CaseStatus::wrong_result);
    CHECK_FALSE(run.failures.front().reason.empty());
    CHECK_FALSE(run.points.empty()); // the fine case beside it
}

TEST_CASE("many runs at once are all recorded") {
    const Sandbox box;
    make_project(box);
    constexpr int kRuns = 4;
    // One shell starts them all and waits for each.
    std::string script;
    for (int i = 0; i < kRuns; ++i) {
        script += "'" + (build_folder() / "bin/assay").string() +
                  "' run --mode quick --lanes 1 --plugin '" + sample_plugin() +
                  "' sample/multiply >out" + std::to_string(i) + " 2>err" + std::to_string(i) +
                  " & pids=\"$pids $!\"\n";
    }
    script += "failed=0\nfor pid in $pids; do wait $pid || failed=1; done\nexit $failed\n";
    Surroundings around;
    around.folder = box.folder();
    around.environment = box.environment();
    const Ended ended = run_program({"/bin/sh", "-c", script}, around);
    INFO(box.read("err0"));
    CHECK(ended.exit_code == 0);
    const auto rows = store_at(box.folder() / ".assay/history.db")->runs({});
    REQUIRE(rows.ok());
    CHECK(rows->size() == kRuns);
    CHECK(bundles_in(box.folder() / ".assay/runs").size() == kRuns);
}

} // namespace recording_test
