// `assay history runs, show, trend, stats, platforms`.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace history_queries_test {

using namespace assay;
using namespace assay::test;

TEST_CASE("without a history every question says how to begin one and exits 4") {
    const ToldProject project;
    for (const char* const word :
         {"runs", "show", "trend", "stats", "platforms", "export", "compact"}) {
        CAPTURE(word);
        const auto ended = project.assay({"history", word});
        CHECK(ended.exit_code == 4);
        CHECK(has(ended.err, "there is no history at "));
        CHECK(has(ended.err, ".assay/history.db"));
        CHECK(has(ended.err, "assay run --record"));
        CHECK(ended.out.empty());
    }
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
}

TEST_CASE("a time that is none is exit 2, also where there is no history yet") {
    const ToldProject project;
    for (const char* const word : {"runs", "trend", "export"}) {
        CAPTURE(word);
        const auto ended = project.assay({"history", word, "--since", "soon"});
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, "soon"));
    }
}

TEST_CASE("runs are listed newest first and narrowed by branch, platform, commit and time") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    history::Run aside = told_elsewhere(3, 5.0, "other_box");
    aside.git.branch = "topic";
    project.record(aside);
    const auto all = project.assay({"history", "runs"});
    CHECK(all.exit_code == 0);
    CHECK(all.out.find(told_uuid(3).substr(0, 8)) < all.out.find(told_uuid(1).substr(0, 8)));
    const auto lines_with = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"history", "runs", "--format", "json"});
        const auto document = document_of(project.assay(std::move(words)).out, "history.json");
        return document.at("runs").get_array().size();
    };
    CHECK(lines_with({}) == 3);
    CHECK(lines_with({"--branch", "topic"}) == 1);
    CHECK(lines_with({"--platform", kLabel}) == 2);
    CHECK(lines_with({"--platform", "bbbbbbbb"}) == 1);
    CHECK(lines_with({"--commit", told(2, 0).git.sha}) == 1);
    CHECK(lines_with({"--since", "2025-10-01"}) == 3);
    CHECK(lines_with({"--since", "2125-10-01"}) == 0);
    CHECK(lines_with({"--limit", "2"}) == 2);
    const auto nobody = project.assay({"history", "runs", "--branch", "nobody"});
    CHECK(nobody.exit_code == 2);
    CHECK(has(nobody.err, "no run of a branch 'nobody'"));
    const auto old = project.assay({"history", "runs", "--commit", "abcdef0123"});
    CHECK(old.exit_code == 4);
    CHECK(has(old.err, "no run in "));
    CHECK(project.assay({"history"}).out == all.out);
}

TEST_CASE("an unknown platform is exit 2 with the nearest and 4 where the environment names it") {
    const ToldProject project;
    project.record_all({8.0});
    const auto typed = project.assay({"history", "runs", "--platform", "lab_8c_16GB"});
    CHECK(typed.exit_code == 2);
    CHECK(has(typed.err, "did you mean '" + std::string(kLabel) + "'"));
    const auto set = project.assay({"history", "runs"}, {{"PERFORMANCE_PLATFORM", "M1_Mac_16GB"}});
    CHECK(set.exit_code == 4);
    CHECK(has(set.err, "PERFORMANCE_PLATFORM"));
    CHECK(project.assay({"history", "runs"}, {{"PERFORMANCE_PLATFORM", kLabel}}).exit_code == 0);
}

TEST_CASE("a run is shown by its first digits, by its commit and as the latest") {
    const ToldProject project;
    project.record_all({8.0, 4.0});
    for (const std::string& name : {told_uuid(1), told_uuid(1).substr(0, 13), told(1, 0).git.sha}) {
        CAPTURE(name);
        const auto ended = project.assay({"history", "show", name});
        CHECK(ended.exit_code == 0);
        CHECK(has(ended.out, told_uuid(1)));
        CHECK(has(ended.out, "8 s"));
        CHECK(has(ended.out, kCase));
        CHECK(has(ended.out, "on main, clean"));
    }
    CHECK(has(project.assay({"history", "show"}).out, told_uuid(2)));
    CHECK(has(project.assay({"history", "show", "latest"}).out, "4 s"));
    CHECK(project.assay({"history", "show", "--format", "csv"}).out.starts_with("case,metric,"));
}

TEST_CASE("an unknown run and a prefix of several are exit 2 and say what a run is called") {
    const ToldProject project;
    project.record_all({8.0});
    history::Run twin = told(2, 8.0);
    twin.uuid = told_uuid(1).substr(0, 24) + "00000000abcd";
    project.record(twin);
    const auto unknown = project.assay({"history", "show", "deadbeef"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "deadbeef"));
    CHECK(has(unknown.err, "'latest'"));
    const auto several = project.assay({"history", "show", told_uuid(1).substr(0, 13)});
    CHECK(several.exit_code == 2);
    CHECK(has(several.err, "several"));
}

TEST_CASE("runs are listed by as many digits as name them and each of those names its run") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    CHECK(has(project.assay({"history", "runs"}).out, told_uuid(1).substr(0, 8) + "  "));
    history::Run twin = told(3, 5.0); // of the same millisecond as the first
    twin.uuid = told_uuid(1).substr(0, 24) + "00000000abcd";
    project.record(twin);
    const std::string listed = project.assay({"history", "runs"}).out;
    for (const std::string& uuid : {told_uuid(1), told_uuid(2), twin.uuid}) {
        const std::string name = uuid.substr(0, 33); // the two differ in the one after 32
        CAPTURE(name);
        CHECK(has(listed, name + "  "));
        CHECK(has(project.assay({"history", "show", name}).out, uuid));
    }
}

TEST_CASE("what did not pass, verdicts and gates of a run are shown with it") {
    const ToldProject project;
    history::Run run = told(1, 8.0);
    run.failures.push_back(
        {.case_id = "sums/broken", .status = measure::CaseStatus::crashed, .reason = "signal 11"});
    project.record(run);
    const auto store = project.store();
    const auto series = store->series({});
    REQUIRE(series.ok());
    history::VerdictRow verdict;
    verdict.run_uuid = run.uuid;
    verdict.series_id = series->front().id;
    verdict.source = "history";
    verdict.verdict = "regressed";
    verdict.severity = "moderate";
    verdict.change = 0.231;
    REQUIRE(store->add_verdicts({verdict}).ok());
    history::GateRow gate;
    gate.run_uuid = run.uuid;
    gate.rule_id = "time-limit";
    gate.series_id = series->front().id;
    gate.verdict = "fail";
    gate.op = "<";
    gate.figure = 8.0;
    gate.limit = 6.0;
    REQUIRE(store->add_gate_results({gate}).ok());
    const std::string text = project.assay({"history", "show"}).out;
    CHECK(has(text, "crashed"));
    CHECK(has(text, "signal 11"));
    CHECK(has(text, "regressed"));
    CHECK(has(text, "23.1 % worse"));
    CHECK(has(text, "time-limit"));
    CHECK(has(text, "< 6 s"));
    const auto document =
        document_of(project.assay({"history", "show", "--format", "json"}).out, "history.json");
    CHECK(document.at("verdicts").at(0).at("series").at("case") == kCase);
    CHECK(document.at("gates").at(0).at("limit") == 6);
}

TEST_CASE("a trend keeps platforms apart and goes by the order of the runs") {
    const ToldProject project;
    project.record_all({8.0, 7.5, 7.0});
    project.record(told_elsewhere(4, 99.0, "other_box"));
    const auto ended = project.assay({"history", "trend", kCase});
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.find("8 s") < ended.out.find("7 s"));
    CHECK(ended.out.find("on " + std::string(kLabel)) < ended.out.find("on other_box"));
    CHECK(has(ended.out, "lower is better"));
    CHECK(has(ended.out, "[7.92 s, 8.08 s]"));
    // What a row names a run by is understood where a run is asked for.
    const std::string uuid = told(2, 7.5).uuid;
    std::size_t digits = uuid.size();
    while (digits > 0 && !has(ended.out, " " + uuid.substr(0, digits) + " ")) {
        --digits;
    }
    REQUIRE(digits >= 8);
    const auto shown = project.assay({"history", "show", uuid.substr(0, digits)});
    CHECK(has(shown.out, uuid));
    const auto document = document_of(
        project.assay({"history", "trend", "sums/add", "--format", "json"}).out, "history.json");
    REQUIRE(document.at("series").get_array().size() == 2);
    CHECK(document.at("series").at(0).at("points").get_array().size() == 3);
    const auto csv = project.assay(
        {"history", "trend", "add", "--format", "csv", "--platform", kLabel, "--limit", "2"});
    CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 3);
    CHECK(has(csv.out, "7.5"));
    CHECK_FALSE(has(csv.out, ",8,"));
}

TEST_CASE(
    "a word that the history does not know is exit 2 with the nearest, nothing to show is 4") {
    const ToldProject project;
    project.record_all({8.0});
    const auto other = project.assay({"history", "trend", "sums/add[n=65]"});
    CHECK(other.exit_code == 2);
    CHECK(has(other.err, "did you mean '" + std::string(kCase) + "'"));
    const auto metric = project.assay({"history", "trend", kCase, "--metric", "tine"});
    CHECK(metric.exit_code == 2);
    CHECK(has(metric.err, "did you mean 'time'"));
    const auto branch = project.assay({"history", "trend", kCase, "--branch", "maim"});
    CHECK(branch.exit_code == 2);
    CHECK(has(branch.err, "did you mean 'main'"));
    CHECK(project.assay({"history", "trend", "--since", "2125-10-01"}).exit_code == 4);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"history", "runs"},
                                                  {"history", "trend"},
                                                  {"history", "export"},
                                                  {"export", "csv"},
                                                  {"analyze"},
                                                  {"baseline", "update", "--dry-run"}}) {
        for (const char* const option : {"--branch", "--platform"}) {
            std::vector<std::string> asked = words;
            asked.insert(asked.end(), {option, "nobody"});
            CAPTURE(words.back());
            CAPTURE(option);
            CHECK(project.assay(asked).exit_code == 2);
        }
    }
    const auto pattern = project.assay({"history", "trend", "(("});
    CHECK(pattern.exit_code == 2);
    CHECK(has(pattern.err, "regular expression"));
    const auto both = project.assay({"history", "trend", "--days", "3", "--since", "2d"});
    CHECK(both.exit_code == 2);
}

TEST_CASE("a metric that a case does not have is told with those it has") {
    const ToldProject project;
    history::Run run = told(1, 8.0);
    run.points.push_back(run.points.front());
    run.points.back().series.metric = "hits";
    project.record(run);
    const auto told_so = [&](const std::vector<std::string>& words) {
        const auto ended = project.assay(words);
        CAPTURE(ended.err);
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, "case '" + std::string(kCase) + "' has no metric 'tiem'"));
        CHECK(has(ended.err, "did you mean 'time'"));
        CHECK(has(ended.err, "it has: hits, time"));
        CHECK_FALSE(has(ended.err, "did you mean '" + std::string(kCase)));
    };
    told_so({"history", "trend", kCase, "--metric", "tiem"});
    told_so({"baseline", "pin", kCase, "tiem", "8 s", "--why", "release"});
    told_so({"baseline", "update", kCase, "--metric", "tiem", "--dry-run"});
    const auto all = project.assay({"history", "trend", "--metric", "tiem"});
    CHECK(all.exit_code == 2);
    CHECK(has(all.err, "no case has a metric 'tiem'"));
    CHECK(has(all.err, "there are: hits, time"));
    CHECK(has(project.assay({"export", "csv", "--metric", "tiem"}).err, "there are: hits, time"));
    REQUIRE(
        project.assay({"baseline", "pin", kCase, "time", "8 s", "--why", "release"}).exit_code ==
        0);
    const auto shown = project.assay({"baseline", "show", "--metric", "tiem"});
    CHECK(shown.exit_code == 2);
    CHECK(has(shown.err, "nothing is known of a metric 'tiem' (did you mean 'time'?)"));
    CHECK(has(shown.err, "there are: "));
}

TEST_CASE("a trend without --metric is of time where a case has it and of all metrics else") {
    const ToldProject project;
    history::Run run = told(1, 8.0);
    history::Point more = run.points.front();
    more.series.metric = "hits";
    more.series.unit = more.series.source_unit = "1";
    run.points.push_back(more);
    more.series.case_id = "sums/untimed";
    run.points.push_back(more);
    project.record(run);
    const std::string text = project.assay({"history", "trend"}).out;
    CHECK(has(text, std::string(kCase) + " time"));
    CHECK_FALSE(has(text, std::string(kCase) + " hits"));
    CHECK(has(text, "sums/untimed hits"));
}

TEST_CASE("stats and platforms are documents of their schema") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    project.record(told_elsewhere(3, 5.0, "other_box"));
    const auto stats =
        document_of(project.assay({"history", "stats", "--format", "json"}).out, "history.json");
    CHECK(stats.at("stats").at("runs") == 3);
    CHECK(stats.at("stats").at("platforms") == 2);
    const auto platforms = document_of(
        project.assay({"history", "platforms", "--format", "json"}).out, "history.json");
    CHECK(platforms.at("platforms").get_array().size() == 2);
    const std::string text = project.assay({"history", "platforms"}).out;
    CHECK(has(text, kLabel));
    CHECK(has(text, "aaaaaaaaaaaa"));
    CHECK(has(text, "architecture=x86_64"));
}

TEST_CASE("comma-separated overviews hold numbers and ISO times alone") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    const std::string stats = project.assay({"history", "stats", "--format", "csv"}).out;
    CHECK(stats.starts_with("what,value\n"));
    CHECK(has(stats, "\nruns,2\n"));
    CHECK(has(stats, "\nfirst_run,2025-10-09T08:54:20.000Z\n"));
    const std::size_t bytes = stats.find("\nbytes,");
    REQUIRE(bytes != std::string::npos);
    CHECK(stats.find_first_not_of("0123456789", bytes + 7) == stats.size() - 1);
    const std::string platforms = project.assay({"history", "platforms", "--format", "csv"}).out;
    CHECK(has(platforms, std::string(60, 'a') + "0123,2,2025-10-09T"));
    const std::string trend = project.assay({"history", "trend", "--format", "csv"}).out;
    CHECK(has(trend, ",2025-10-09T08:54:20.000Z,"));
    const std::string runs = project.assay({"history", "runs", "--format", "csv"}).out;
    CHECK(has(runs, told_uuid(1) + ",2025-10-09T08:54:20.000Z,ci,"));
    const std::string kept =
        project.assay({"history", "compact", "--dry-run", "--format", "csv"}).out;
    CHECK(has(kept, "\nbytes_after,\n"));
    CHECK(has(kept, "dry_run,true\n"));
}

TEST_CASE("a file that is no history is refused by its name") {
    const ToldProject project;
    project.box().write(".assay/history.db", std::string(5000, 'x'));
    const auto ended = project.assay({"history", "runs"});
    CHECK(ended.exit_code != 0);
    CHECK(has(ended.err, "history.db"));
    CHECK(project.box().read(".assay/history.db") == std::string(5000, 'x'));
}

TEST_CASE("--history beats PERFORMANCE_DB_PATH and that beats the project") {
    const ToldProject project;
    project.record_all({8.0});
    const auto store = history::open_store(project.file("one.db").string(), {.create = true});
    REQUIRE(store.ok());
    REQUIRE((*store)->record(told(5, 5.0)).ok());
    REQUIRE((*store)->record(told(6, 6.0)).ok());
    const auto runs = [&](std::vector<std::string> words,
                          std::map<std::string, std::string> environment) {
        words.insert(words.begin(), {"history", "stats", "--format", "json"});
        const auto ended = project.assay(std::move(words), std::move(environment));
        return document_of(ended.out, "history.json").at("stats").at("runs").to_number<int>();
    };
    CHECK(runs({}, {}) == 1);
    CHECK(runs({}, {{"PERFORMANCE_DB_PATH", "one.db"}}) == 2);
    CHECK(runs({"--history", ".assay/history.db"}, {{"PERFORMANCE_DB_PATH", "one.db"}}) == 1);
    const auto nowhere = project.assay({"history", "runs", "--history", "no.db"});
    CHECK(nowhere.exit_code == 4);
    CHECK(has(nowhere.err, "no.db (--history)"));
}

} // namespace history_queries_test
