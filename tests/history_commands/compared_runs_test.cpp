// `assay compare run:ID run:ID`: runs of the history side by side, which decides nothing.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace compared_runs_test {

using namespace assay;
using namespace assay::test;

namespace {

json::object comparison_of(const ToldProject& project, const std::vector<std::string>& words) {
    std::vector<std::string> all{"compare"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--reporter", "json=c.json"});
    const auto ended = project.assay(all);
    CAPTURE(ended.err);
    return document_of(project.box().read("c.json"), "comparison.json");
}

} // namespace

TEST_CASE("two runs of the history are shown side by side and decide nothing, exit 5") {
    const ToldProject project;
    project.record_all({8.0, 4.0});
    const std::string old_run = "run:" + told_uuid(1).substr(0, 8);
    const auto ended = project.assay({"compare", old_run, "run:latest"});
    CAPTURE(ended.err);
    CHECK(ended.exit_code == 5);
    CHECK(has(ended.out, "stored numbers"));
    CHECK(has(ended.err, "run:" + told_uuid(1)));
    CHECK(has(ended.err, "run:" + told_uuid(2)));
    const auto document = comparison_of(project, {old_run, "run:latest"});
    const auto& one = document.at("cases").at(0);
    CHECK(one.at("id") == kCase);
    CHECK(one.at("verdict") == "undecided");
    CHECK(one.at("ratio") == 0.5);
    CHECK(one.at("evidence").at("labels").at(0) == "stored numbers");
}

TEST_CASE("runs of two platforms are incomparable and a lost case is a failure") {
    const ToldProject project;
    project.record_all({8.0});
    project.record(told_elsewhere(2, 4.0, "other_box"));
    CHECK(project.assay({"compare", "run:" + told_uuid(1), "run:" + told_uuid(2)}).exit_code == 4);
    history::Run broken = told(3, 8.0);
    broken.points.clear();
    broken.failures.push_back(
        {.case_id = kCase, .status = measure::CaseStatus::crashed, .reason = "signal 11"});
    project.record(broken);
    const auto lost = project.assay({"compare", "run:" + told_uuid(1), "run:" + told_uuid(3)});
    CHECK(lost.exit_code == 3);
    CHECK(has(lost.out + lost.err, "signal 11"));
}

TEST_CASE("cases without a time cannot be compared, which is said") {
    const ToldProject project;
    for (const int number : {1, 2}) {
        history::Run run = told(number, 8.0);
        run.points.front().series.metric = "hits";
        project.record(run);
    }
    const auto document = comparison_of(project, {"run:" + told_uuid(1), "run:" + told_uuid(2)});
    CHECK(document.at("cases").at(0).at("status") == "incomparable");
    CHECK(has(document.at("cases").at(0).at("reason").as_string().c_str(), "no time"));
}

TEST_CASE("a run that is unknown, ambiguous or held against a build is refused") {
    const ToldProject project;
    CHECK(project.assay({"compare", "run:latest", "run:latest"}).exit_code == 4); // no history
    project.record_all({8.0});
    history::Run twin = told(2, 8.0);
    twin.uuid = told_uuid(1).substr(0, 24) + "00000000abcd";
    project.record(twin);
    const std::string whole = "run:" + told_uuid(1);
    const auto unknown = project.assay({"compare", whole, "run:deadbeef"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "deadbeef"));
    const auto several = project.assay({"compare", whole, "run:" + told_uuid(1).substr(0, 13)});
    CHECK(several.exit_code == 2);
    CHECK(has(several.err, twin.uuid));
    const auto build = project.assay({"compare", whole, "router.assay.so"});
    CHECK(build.exit_code == 2);
    CHECK(has(build.err, "router.assay.so"));
}

} // namespace compared_runs_test
