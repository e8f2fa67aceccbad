// `assay baseline pin`.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace baseline_pin_test {

using namespace assay;
using namespace assay::test;

namespace {

history::BaselineRow row_of(const ToldProject& project) {
    const auto rows = project.store()->baselines(std::nullopt);
    REQUIRE(rows.ok());
    REQUIRE(rows->size() == 1);
    return rows->front();
}

integration::Ended pin(const ToldProject& project, const std::string& figure) {
    return project.assay({"baseline", "pin", kCase, "time", figure, "--why", "agreed"});
}

} // namespace

TEST_CASE("a number is pinned in the unit it is written in") {
    const ToldProject project;
    project.record_all({8.0});
    const auto ended = pin(project, "8200 ms");
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "to 8.2 s, before none"));
    CHECK(row_of(project).center == doctest::Approx(8.2).epsilon(1e-12));
    CHECK(row_of(project).policy == "pinned");
    CHECK(row_of(project).n == 0);
    CHECK(row_of(project).why == "agreed");
    CHECK(has(pin(project, "7").out, "to 7 s, before 8.2 s"));
    const auto file = document_of(project.box().read(".assay/baselines.json"), "baselines.json");
    CHECK(file.at("platforms")
              .at(kLabel)
              .at("figures")
              .at(std::string(kCase) + " time")
              .at("policy") == "pinned");
}

TEST_CASE("no time below zero is pinned") {
    const ToldProject project;
    project.record_all({8.0});
    const auto ended =
        project.assay({"baseline", "pin", "--why", "a slip", "--", kCase, "time", "-1 ms"});
    CHECK(ended.exit_code == 2);
    CHECK(has(ended.err, "is never below zero"));
    CHECK(project.store()->baselines(std::nullopt)->empty());
}

TEST_CASE("the figure of a run is pinned with the run as its evidence") {
    const ToldProject project;
    project.record_all({8.0, 7.0});
    REQUIRE(pin(project, "run:" + told_uuid(1).substr(0, 13)).exit_code == 0);
    CHECK(row_of(project).center == 8.0);
    CHECK(row_of(project).evidence == std::vector<std::string>{told_uuid(1)});
    REQUIRE(pin(project, "latest").exit_code == 0);
    CHECK(row_of(project).center == 7.0);
    CHECK(row_of(project).previous.has_value());
}

TEST_CASE("a pinned figure stays where it is until somebody says otherwise") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0, 8.0});
    REQUIRE(pin(project, "20 s").exit_code == 0);
    const std::vector<std::string> update{"baseline", "update", "--auto-approve-improvements"};
    const auto kept = project.assay(update);
    CHECK(kept.exit_code == 0);
    CHECK(has(kept.out, "a person has fixed it"));
    CHECK(row_of(project).center == 20.0);
    std::vector<std::string> too = update;
    too.emplace_back("--pinned-too");
    CHECK(project.assay(too).exit_code == 0);
    CHECK(row_of(project).center == 8.0);
}

TEST_CASE("a pin needs its reason, one series, and a figure of it") {
    const ToldProject project;
    project.record_all({8.0});
    const auto silent = project.assay({"baseline", "pin", kCase, "time", "8"});
    CHECK(silent.exit_code == 2);
    CHECK(has(silent.err, "--why"));
    const auto unit = pin(project, "8 kg");
    CHECK(unit.exit_code == 2);
    CHECK(has(unit.err, "'8 kg'"));
    CHECK(pin(project, "run:deadbeef").exit_code == 2);
    CHECK(project.assay({"baseline", "pin", "sums/none", "time", "8", "--why", "x"}).exit_code ==
          2);
    project.record(told_elsewhere(2, 3.0, "other_box"));
    const auto two = pin(project, "8");
    CHECK(two.exit_code == 2);
    CHECK(has(two.err, "other_box"));
    CHECK(has(two.err, "--platform"));
    const auto elsewhere = project.assay(
        {"baseline", "pin", kCase, "time", told_uuid(2), "--why", "x", "--platform", kLabel});
    CHECK(elsewhere.exit_code == 4);
    CHECK(has(elsewhere.err, "has no figure of"));
}

TEST_CASE("a time of zero is no baseline, a count of zero is one") {
    const ToldProject project;
    history::Run run = told(1, 8.0);
    history::Point more = run.points.front();
    more.series.metric = "allocations";
    more.series.unit = more.series.source_unit = "1";
    run.points.push_back(more);
    project.record(run);
    for (const char* const figure : {"0", "0 ms"}) {
        CAPTURE(figure);
        const auto ended = pin(project, figure);
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, "'" + std::string(figure) + "' for " + kCase + " time: "));
    }
    CHECK(project.assay({"baseline", "show"}).exit_code == 4);
    const auto count =
        project.assay({"baseline", "pin", kCase, "allocations", "0", "--why", "none allowed"});
    CHECK_MESSAGE(count.exit_code == 0, count.err);
}

TEST_CASE("a case or metric that nobody knows is exit 2, and one without a baseline exit 4") {
    const ToldProject project;
    project.record_all({8.0});
    REQUIRE(pin(project, "9 s").exit_code == 0);
    project.record(told_elsewhere(2, 3.0, "other_box"));
    const auto metric = project.assay({"baseline", "show", "--metric", "tyme"});
    CHECK(metric.exit_code == 2);
    CHECK(has(metric.err, "did you mean 'time'"));
    const auto no_case = project.assay({"baseline", "show", "sums/nothing"});
    CHECK(no_case.exit_code == 2);
    CHECK(has(no_case.err, kCase));
    CHECK(project.assay({"baseline", "show", kCase, "--metric", "time"}).exit_code == 0);
    const auto other = project.assay({"baseline", "show", kCase, "--platform", "other_box"});
    CHECK(other.exit_code == 4);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"sums/nothing"},
          std::vector<std::string>{"--metric", "tyme"},
          std::vector<std::string>{"--platform", "nobody"}}) {
        std::vector<std::string> all{"export", "rag-baselines"};
        all.insert(all.end(), words.begin(), words.end());
        CHECK_MESSAGE(project.assay(all).exit_code == 2, words.back());
    }
}

TEST_CASE("what was pinned by mistake is taken back by a row of its own, and leaves the file") {
    const ToldProject project;
    project.record_all({8.0, 8.01, 7.99, 8.0, 8.01, 8.0});
    REQUIRE(pin(project, "20 s").exit_code == 0);
    const auto back = project.assay({"baseline", "unpin", kCase, "time", "--why", "a slip"});
    CHECK(back.exit_code == 0);
    CHECK(has(back.out, "took back 20 s (pinned)"));
    CHECK(row_of(project).policy == "withdrawn");
    CHECK(row_of(project).why == "a slip");
    CHECK(row_of(project).previous.has_value());
    CHECK_FALSE(has(project.box().read(".assay/baselines.json"), kCase));
    CHECK(project.assay({"baseline", "show"}).exit_code == 4);
    const auto judged = project.assay({"gate", "--skip-run", "--platform", kLabel});
    CHECK(has(judged.out, "segment of 5 runs"));
    CHECK(project.assay({"baseline", "show", "--platform", "nobody"}).exit_code == 2);
    CHECK(project.assay({"baseline", "unpin", kCase, "time"}).exit_code == 4);
    CHECK(project.assay({"baseline", "unpin", kCase, "tyme"}).exit_code == 2);
    REQUIRE(pin(project, "9 s").exit_code == 0);
    CHECK(row_of(project).center == 9.0);
}

TEST_CASE("a figure that only the file has is taken back there too") {
    const ToldProject project;
    project.record_all({8.0});
    REQUIRE(pin(project, "20 s").exit_code == 0);
    const std::string file = project.box().read(".assay/baselines.json");
    REQUIRE(project.assay({"baseline", "unpin", kCase, "time"}).exit_code == 0);
    project.box().write(".assay/baselines.json", file);
    const auto shown = project.assay({"baseline", "show"});
    CHECK(has(shown.err, "the history that it was taken back"));
    CHECK(has(shown.err, "the history counts"));
    REQUIRE(project.assay({"baseline", "import", ".assay/baselines.json"}).exit_code == 0);
    CHECK(row_of(project).center == 20.0);
    CHECK(row_of(project).policy == "pinned");
}

TEST_CASE(
    "an edit of the file by hand is told wherever baselines count, with what makes it count") {
    const ToldProject project;
    project.record_all({8.0, 8.01, 7.99, 8.0, 8.01, 8.0});
    REQUIRE(pin(project, "8 s").exit_code == 0);
    CHECK_FALSE(has(project.assay({"baseline", "show"}).err, "says"));
    std::string file = project.box().read(".assay/baselines.json");
    const std::size_t value = file.find("\"value\":8");
    REQUIRE(value != std::string::npos);
    file.replace(value, 9, "\"value\":7");
    project.box().write(".assay/baselines.json", file);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"baseline", "show"},
                                                  {"baseline", "update", "--dry-run"},
                                                  {"gate", "--skip-run", "--platform", kLabel}}) {
        const auto ended = project.assay(words);
        INFO(ended.out, ended.err);
        const std::string all = ended.out + ended.err;
        CHECK(has(all, "baselines.json says 7 s, the history 8 s (pinned"));
        CHECK(has(all, "the history counts"));
        CHECK(has(all, "assay baseline import "));
    }
    REQUIRE(project.assay({"baseline", "import", ".assay/baselines.json"}).exit_code == 0);
    CHECK(row_of(project).center == 7.0);
    CHECK_FALSE(has(project.assay({"baseline", "show"}).err, "says"));
}

TEST_CASE("the reason of a pin stands in the file, and survives its import") {
    const ToldProject project;
    project.record_all({8.0});
    REQUIRE(pin(project, "8 s").exit_code == 0);
    const std::string file = project.box().read(".assay/baselines.json");
    const auto document = document_of(file, "baselines.json");
    CHECK(document.at("platforms")
              .at(kLabel)
              .at("figures")
              .at(std::string(kCase) + " time")
              .at("why") == "agreed");
    REQUIRE(project.assay({"baseline", "unpin", kCase, "time"}).exit_code == 0);
    project.box().write("kept.json", file);
    REQUIRE(project.assay({"baseline", "import", "kept.json"}).exit_code == 0);
    CHECK(row_of(project).why == "agreed (imported from kept.json)");
}

} // namespace baseline_pin_test
