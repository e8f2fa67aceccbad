// `assay analyze` and its answers, on histories of which the truth is known.
#include "history/record_document.hpp"
#include "support/file.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace analyze_test {

using namespace assay;
using namespace assay::test;

namespace {

// `n` seconds about `level`, each a little off: the same every time.
std::vector<double> level_of(std::size_t n, double level) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        const double off = static_cast<double>((i * 7 + 3) % 11) - 5;
        values.push_back(level * (1 + 0.002 * off));
    }
    return values;
}

// Twenty runs of 8 s and eight of 10 s.
void broken(const ToldProject& project) {
    project.record_all(level_of(20, 8));
    project.record_all(level_of(8, 10), 21);
}

json::object analysis_of(const ToldProject& project, std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"analyze", "--format", "json"});
    const auto ended = project.assay(std::move(words));
    CHECK_MESSAGE(ended.exit_code == 0, ended.err);
    return document_of(ended.out, "analysis.json");
}

const json::object& only_branch(const json::object& document) {
    const json::array& branches = document.at("branches").as_array();
    REQUIRE(branches.size() == 1);
    return branches.front().as_object();
}

std::string commit_of(int number) {
    return told(number, 0).git.sha;
}

std::string published_commit(std::size_t place) {
    return fmt::format("{:040x}", 0xabc000 + place);
}

// A value of a published series as a document for `assay history record`, an hour after the last.
std::string record_of(std::size_t place, const json::value& value) {
    const json::object metric{{"value", value}, {"unit", "s"}, {"direction", "lower"}};
    const json::object metadata{
        {"timestamp", fmt::format("2025-01-{:02}T{:02}:00:00Z", 1 + place / 24, place % 24)},
        {"platform", {{"label", kLabel}, {"fingerprint", std::string(64, 'a')}}},
        {"git_commit", published_commit(place)},
        {"git_branch", "main"},
        {"dirty", false}};
    return write_json(json::object{
        {"schema", "assay.record/1"}, {"metrics", {{"latency", metric}}}, {"metadata", metadata}});
}

} // namespace

TEST_CASE("a regression is told as an alert with the commits around it, and kept") {
    const ToldProject project;
    broken(project);
    const auto ended = project.assay({"analyze"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "main on " + std::string(kLabel)));
    CHECK(has(ended.out, "alerts: 1 new"));
    CHECK(has(ended.out,
              "(" + commit_of(20).substr(0, 12) + ", " + commit_of(21).substr(0, 12) + "]"));
    CHECK(has(ended.out, std::string(kCase) + " time"));
    CHECK(has(ended.out, "8 s"));
    CHECK(has(ended.out, "% worse"));
    CHECK(has(ended.err, "next: assay analyze ack 1"));
    const auto again = project.assay({"analyze"});
    CHECK(again.out == ended.out); // by the same run, which opened it
    project.record_all(level_of(1, 10), 29);
    const auto later = project.assay({"analyze"});
    CHECK(has(later.out, "alerts: 1 open"));
    CHECK_FALSE(has(later.err, "next:"));
    CHECK(project.store()->alerts()->size() == 1);
}

TEST_CASE("what looks at a part or by other eyes keeps nothing and says so") {
    const ToldProject project;
    broken(project);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"sums/add"},
                                                  {"--detector", "hunter"},
                                                  {"--early"},
                                                  {"--days", "4000"},
                                                  {"--dry-run"}}) {
        CAPTURE(words.front());
        std::vector<std::string> all{"analyze"};
        all.insert(all.end(), words.begin(), words.end());
        const auto ended = project.assay(all);
        CHECK(ended.exit_code == 0);
        CHECK(has(ended.err, "nothing of this is kept"));
        CHECK(has(ended.out, kCase));
        CHECK(project.store()->alerts()->empty());
        CHECK(project.store()->change_points(std::nullopt)->empty());
    }
}

TEST_CASE("a platform that has runs of a dirty tree alone is told, and looked at on demand") {
    const ToldProject project;
    broken(project);
    for (int number = 1; number <= 28; ++number) {
        history::Run run = told_elsewhere(100 + number, number <= 20 ? 8.0 : 10.0, "laptop");
        run.git.dirty = true;
        run.git.sha = commit_of(1);
        project.record(run);
    }
    const auto ended = project.assay({"analyze"});
    CHECK(ended.exit_code == 0);
    CHECK(
        has(ended.err, "laptop (bbbbbbbbbbbb) is left out: all 28 runs on main measured a dirty"));
    CHECK_FALSE(has(ended.out, "laptop"));
    const json::object document = analysis_of(project);
    CHECK(document.at("left_out").at(0).at("platform").at("label").as_string() == "laptop");
    CHECK(document.at("left_out").at(0).at("runs").as_int64() == 28);
    const auto too = project.assay({"analyze", "--dirty-too"});
    CHECK(has(too.out, "main on laptop (bbbbbbbbbbbb): 28 runs"));
    CHECK_FALSE(has(too.err, "left out"));
    CHECK(has(too.err, "nothing of this is kept"));
    CHECK(project.store()->alerts()->size() == 1); // of the clean machine
}

TEST_CASE(
    "the head of an analysis counts the runs that it looked at, and names the newest of them") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0});
    history::Run dirty = told(9, 8.0);
    dirty.git.dirty = true;
    project.record(dirty);
    const auto ended = project.assay({"analyze"});
    CHECK_MESSAGE(ended.exit_code == 0, ended.err);
    CHECK(has(ended.out, ": 8 runs, 1 series, newest " + told(8, 8.0).git.sha.substr(0, 8)));
    CHECK(has(ended.out, "1 run of a dirty tree left out"));
}

TEST_CASE("an analysis of dirty runs alone is exit 4 and says why") {
    const ToldProject project;
    for (int number = 1; number <= 8; ++number) {
        history::Run run = told(number, 8.0);
        run.git.dirty = true;
        project.record(run);
    }
    const auto ended = project.assay({"analyze"});
    CHECK(ended.exit_code == 4);
    CHECK(has(ended.err, "all 8 runs on main measured a dirty tree"));
}

TEST_CASE("the document names the change, its runs and its figures") {
    const ToldProject project;
    broken(project);
    const json::object document = analysis_of(project);
    CHECK(document.at("kept").as_bool());
    const json::object& branch = only_branch(document);
    const json::object& alert = branch.at("alerts").at(0).as_object();
    CHECK(alert.at("id").as_int64() == 1);
    CHECK(alert.at("state").as_string() == "open");
    CHECK(alert.at("last_good").at("commit").as_string() == commit_of(20));
    CHECK(alert.at("first_bad").at("run").as_string() == told_uuid(21));
    const json::object& change = branch.at("changes").at(0).as_object();
    CHECK(change.at("n_after").to_number<int>() == 8);
    CHECK(change.at("standing").as_string() == "worse");
    const auto csv = project.assay({"analyze", "--format", "csv"});
    CHECK(csv.out.starts_with("kind,platform,branch,case,metric,"));
    CHECK(has(csv.out, "step," + std::string(kLabel) + ",main,"));
    CHECK(has(csv.out, told_uuid(20) + "," + told_uuid(21)));
}

TEST_CASE("an alert is acknowledged, expected and reopened, and the baseline goes with it") {
    const ToldProject project;
    broken(project);
    REQUIRE(project.assay({"analyze"}).exit_code == 0);
    const auto known = project.assay({"analyze", "ack", "1", "--why", "looking into it"});
    CHECK(known.exit_code == 0);
    CHECK(has(known.out, "alert 1 is acknowledged, before open"));
    const auto silent = project.assay({"analyze", "expect", "1"});
    CHECK(silent.exit_code == 2);
    CHECK(has(silent.err, "--why"));
    const auto meant = project.assay({"analyze", "expect", "1", "--why", "exact search now"});
    CHECK_MESSAGE(meant.exit_code == 0, meant.err);
    CHECK(has(meant.out, "alert 1 is expected"));
    CHECK(has(meant.out, "baseline of " + std::string(kCase) + " time is now "));
    const auto shown = project.assay({"baseline", "show"});
    CHECK(has(shown.out, "expected"));
    const auto quiet = project.assay({"analyze"});
    CHECK(has(quiet.out, "alerts: none"));
    CHECK(has(quiet.out, "alert 1 is expected: "));
    CHECK(has(quiet.out, "(exact search now)"));
    const auto reopened = project.assay({"analyze", "reopen", "1"});
    CHECK(has(reopened.out, "alert 1 is reopened, before expected"));
    CHECK(has(reopened.out, "is taken back: it is held against its own runs again"));
}

TEST_CASE("reopening gives the baseline of before back, in the history and in the project's file") {
    const ToldProject project;
    broken(project);
    const auto pinned =
        project.assay({"baseline", "pin", kCase, "time", "7 s", "--why", "a promise"});
    REQUIRE_MESSAGE(pinned.exit_code == 0, pinned.err);
    const std::string before = project.box().read(".assay/baselines.json");
    REQUIRE(project.assay({"analyze"}).exit_code == 0);
    REQUIRE(project.assay({"analyze", "expect", "1", "--why", "a mistake"}).exit_code == 0);
    CHECK(has(before, "\"policy\":\"pinned\""));
    CHECK(has(project.box().read(".assay/baselines.json"), "\"policy\":\"expected\""));
    const auto reopened = project.assay({"analyze", "reopen", "1"});
    CHECK(has(reopened.out, "is again 7"));
    const auto shown = project.assay({"baseline", "show"});
    CHECK_MESSAGE(has(shown.out, "pinned"), shown.out);
    CHECK(has(project.box().read(".assay/baselines.json"), "\"policy\":\"pinned\""));
}

TEST_CASE("an alert is snoozed until a day, listed as ever, and woken") {
    const ToldProject project;
    broken(project);
    REQUIRE(project.assay({"analyze"}).exit_code == 0);
    const auto asleep = project.assay(
        {"analyze", "snooze", "1", "--until", "2199-01-01", "--why", "after the release"});
    CHECK_MESSAGE(asleep.exit_code == 0, asleep.err);
    CHECK(has(asleep.out, "alert 1 (open) is snoozed until 2199-01-01 00:00:00 UTC"));
    const auto shown = project.assay({"analyze"});
    CHECK(has(shown.out, "alerts: 1 new"));
    CHECK(has(shown.out, "alert 1 is snoozed until 2199-01-01 00:00:00"));
    CHECK_FALSE(has(shown.err, "next:"));
    const json::object document = analysis_of(project);
    const json::value& alert = only_branch(document).at("alerts").at(0);
    CHECK(alert.at("snoozed_until").as_string() == "2199-01-01T00:00:00.000Z");
    CHECK(project.assay({"analyze", "snooze", "1", "--until", "2001-01-01"}).exit_code == 2);
    CHECK(project.assay({"analyze", "snooze", "1"}).exit_code == 2);
    const auto awake = project.assay({"analyze", "snooze", "1", "--until", "now"});
    CHECK(has(awake.out, "snoozed no longer"));
    CHECK(has(project.assay({"analyze"}).err, "next: assay analyze ack 1"));
}

TEST_CASE("the figure of an expected change goes into the project's file where it had one") {
    const ToldProject project;
    broken(project);
    REQUIRE(
        project.assay({"baseline", "pin", kCase, "time", "8 s", "--why", "the target"}).exit_code ==
        0);
    REQUIRE(project.assay({"analyze"}).exit_code == 0);
    REQUIRE(project.assay({"analyze", "expect", "1", "--why", "exact search"}).exit_code == 0);
    const auto text = read_file(project.file(".assay/baselines.json").string());
    REQUIRE(text.ok());
    document_of(*text, "baselines.json");
    CHECK(has(*text, "\"policy\":\"expected\""));
}

TEST_CASE("bad words are exit 2 with the nearest, and nothing to analyse is exit 4") {
    const ToldProject project;
    const auto none = project.assay({"analyze"});
    CHECK(none.exit_code == 4);
    CHECK(has(none.err, "there is no history at "));
    project.record_all({8.0});
    const auto one = project.assay({"analyze"});
    CHECK(one.exit_code == 4);
    CHECK(has(one.err, "nothing can have changed yet"));
    CHECK(project.assay({"analyze", "!sums"}).exit_code == 4);
    const auto filter = project.assay({"analyze", "sums/adds"});
    CHECK(filter.exit_code == 2);
    const auto slip = project.assay({"analyze", "akc", "1"});
    CHECK(slip.exit_code == 2);
    CHECK(has(slip.err, "did you mean 'ack'"));
    const auto unknown = project.assay({"analyze", "ack", "7"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "no alert"));
    const auto detector = project.assay({"analyze", "--detector", "huntr"});
    CHECK(detector.exit_code == 2);
    CHECK(has(detector.err, "did you mean 'hunter'"));
    const auto platform = project.assay({"analyze", "--platform", "lab_8c_16GB"});
    CHECK(platform.exit_code == 2);
}

// Section 8.8 of the specification of tracking: the published points, by way of `history record`.
TEST_CASE("the points published for a series of MongoDB are found in a history made of it") {
    const std::string file =
        std::string(ASSAY_SOURCE_DIR) + "/../shared/data/series/mongodb/robust_series.json";
    const auto read = read_json_file(file);
    if (!read) {
        MESSAGE("skipped: " << read.error().message);
        return;
    }
    const json::array& series = read->as_array();
    const ToldProject project;
    const auto store = project.store();
    for (std::size_t i = 0; i < series.size(); ++i) {
        const std::string document = record_of(i, series[i]);
        if (i + 1 < series.size()) {
            const auto run = history::run_from_record(document, "figures.json", {});
            REQUIRE_MESSAGE(run.ok(), run.error().message);
            REQUIRE(store->record(*run).ok());
            continue;
        }
        REQUIRE(write_file_atomically(project.file("newest.json").string(), document));
        REQUIRE(project.assay({"history", "record", "newest.json"}).exit_code == 0);
    }
    for (const char* const detector : {"assay", "hunter"}) {
        CAPTURE(detector);
        const json::object document = analysis_of(project, {"--detector", detector});
        std::vector<std::string> found;
        for (const json::value& change : only_branch(document).at("changes").as_array()) {
            found.emplace_back(change.at("first_bad").at("commit").as_string());
        }
        std::vector<std::string> published;
        for (const std::size_t place : {25, 64, 70, 114}) {
            published.push_back(published_commit(place));
        }
        CHECK(found == published);
    }
}

} // namespace analyze_test
