// `assay history show RUN FILTER`, `history trend` over what broke, and names that are not UTF-8.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace history_show_test {

using namespace assay;
using namespace assay::test;

namespace {

history::Run run_with_cases() {
    history::Run run = told(1, 8.0);
    history::Point other = run.points.front();
    other.series.case_id = "sums/sub[n=64]";
    other.series.family = "sub";
    run.points.push_back(other);
    run.failures.push_back({.case_id = "router/pick[n=2]",
                            .status = measure::CaseStatus::crashed,
                            .reason = "signal 11"});
    return run;
}

} // namespace

TEST_CASE("a filter shows the cases of a run that are meant, also those that failed") {
    const ToldProject project;
    project.record(run_with_cases());
    const auto shown = [&](const std::vector<std::string>& filters) {
        std::vector<std::string> words{"history", "show", "latest"};
        words.insert(words.end(), filters.begin(), filters.end());
        return project.assay(words).out;
    };
    CHECK(has(shown({kCase}), kCase));
    CHECK_FALSE(has(shown({kCase}), "sums/sub"));
    CHECK_FALSE(has(shown({"sums/sub"}), "sums/add"));
    CHECK(has(shown({"router", "add"}), "signal 11"));
    CHECK(has(shown({"router", "add"}), kCase));
    CHECK_FALSE(has(shown({"router", "add"}), "sums/sub"));
    const auto csv = project.assay({"history", "show", "latest", "sub", "--format", "csv"});
    CHECK_FALSE(has(csv.out, kCase));
    const auto document =
        document_of(project.assay({"history", "show", "latest", "sub", "--format", "json"}).out,
                    "history.json");
    CHECK(document.at("run").at("points").get_array().size() == 1);
}

TEST_CASE("a filter that matches no case of the run is told with the nearest") {
    const ToldProject project;
    project.record(run_with_cases());
    const auto wrong = project.assay({"history", "show", "latest", "sums/add[n=65]"});
    CHECK(wrong.exit_code == 2);
    CHECK(has(wrong.err, "did you mean '" + std::string(kCase) + "'"));
    CHECK(project.assay({"history", "show", "latest", "(("}).exit_code == 2);
}

TEST_CASE("a run in which the case broke is a row of its trend that says so") {
    const ToldProject project;
    project.record(told(1, 8.0));
    history::Run broken = told(2, 8.0);
    broken.points.clear();
    broken.failures.push_back(
        {.case_id = kCase, .status = measure::CaseStatus::crashed, .reason = "signal 11"});
    project.record(broken);
    project.record(told(3, 8.2));
    const std::string text = project.assay({"history", "trend", kCase}).out;
    CHECK(has(text, "crashed"));
    CHECK(has(text, broken.git.sha.substr(0, 12)));
    const auto document = document_of(
        project.assay({"history", "trend", kCase, "--format", "json"}).out, "history.json");
    const auto& points = document.at("series").at(0).at("points").get_array();
    REQUIRE(points.size() == 3);
    CHECK(points[1].at("status") == "crashed");
    CHECK(points[1].at("figures").is_null());
    CHECK(std::string(points[1].at("run").get_string()) == told_uuid(2));
    const auto csv = project.assay({"history", "trend", kCase, "--format", "csv"});
    CHECK(has(csv.out, ",crashed,"));
}

TEST_CASE("of a cancelled run its status is listed, and what nobody measured is no failure") {
    const ToldProject project;
    history::Run run = told(1, 8.0);
    run.status = "cancelled";
    for (const char* name : {"sums/a", "sums/b", "sums/c"}) {
        run.failures.push_back({.case_id = name,
                                .status = measure::CaseStatus::cancelled,
                                .reason = "cancelled before it was measured"});
    }
    run.failures.push_back(
        {.case_id = "sums/d", .status = measure::CaseStatus::crashed, .reason = "signal 11"});
    project.record(run);
    const std::string text = project.assay({"history", "runs"}).out;
    CHECK(has(text, "cancelled"));
    CHECK(has(text, "not run"));
    const auto document =
        document_of(project.assay({"history", "runs", "--format", "json"}).out, "history.json");
    CHECK(document.at("runs").at(0).at("status") == "cancelled");
    CHECK(document.at("runs").at(0).at("failures") == 4);
    CHECK(document.at("runs").at(0).at("not_run") == 3);
    const auto csv = project.assay({"history", "runs", "--format", "csv"}).out;
    CHECK(has(csv, ",1,1,3,")); // points, failed, not run
}

TEST_CASE("names that are not UTF-8 stand in documents with a replacement character") {
    const ToldProject project;
    const std::string place = "caf\xE9.db";
    const auto store = history::open_store(project.file(place).string(), {.create = true});
    REQUIRE(store.ok());
    history::Run run = told(1, 8.0);
    run.git.branch = "topic-\xFF";
    run.trigger = "by Ren\xE9";
    REQUIRE((*store)->record(run).ok());
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"runs"}, {"show"}, {"stats"}, {"trend"}}) {
        CAPTURE(words.front());
        std::vector<std::string> all{"history"};
        all.insert(all.end(), words.begin(), words.end());
        all.insert(all.end(), {"--history", place, "--format", "json"});
        const auto document = document_of(project.assay(all).out, "history.json");
        CHECK(has(document.at("history").as_string().c_str(), "caf\xEF\xBF\xBD.db"));
    }
    CHECK(project.assay({"history", "push", "out/", "--history", place}).exit_code == 0);
    CHECK(project.assay({"history", "pull", "out/", "--history", "again.db"}).exit_code == 0);
}

} // namespace history_show_test
