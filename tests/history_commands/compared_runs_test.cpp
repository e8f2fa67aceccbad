// `assay compare run:ID run:ID`: runs of the history side by side, every metric judged by the rules
// about recorded runs.
#include "told_project.hpp"

#include <assay/abi/suite.h>

#include <doctest/doctest.h>

#include <tuple>
#include <vector>

namespace compared_runs_test {

using namespace assay;
using namespace assay::test;

namespace {

std::string run_word(int number) {
    return "run:" + told_uuid(number);
}

json::object
comparison_of(const ToldProject& project, const std::vector<std::string>& words, int code) {
    std::vector<std::string> all{"compare"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--reporter", "json=c.json"});
    const auto ended = project.assay(all);
    CAPTURE(ended.err);
    CHECK(ended.exit_code == code);
    return document_of(project.box().read("c.json"), "comparison.json");
}

// A further metric of the case of a told run.
void add_metric(history::Run& run,
                const std::string& metric,
                double figure,
                const std::string& unit,
                bool exact = false,
                measure::Direction direction = measure::Direction::lower) {
    history::Point point = run.points.front();
    point.series.metric = metric;
    point.series.unit = point.series.source_unit = unit;
    point.series.direction = direction;
    point.series.flags = exact ? std::uint32_t{ASSAY_METRIC_EXACT} : 0U;
    point.flags = exact ? history::point_flag::exact : 0U;
    point.figures = history::Figures{.center = figure, .n = 1, .n_launches = 1};
    point.samples = {};
    run.points.push_back(std::move(point));
}

// The same of a case of its own.
history::Point of_case(history::Point point, const std::string& family) {
    point.series.case_id = "sums/" + family;
    point.series.family = family;
    point.series.params = {};
    return point;
}

// Twelve runs of about 8 s, which tell how much runs differ, and one more.
void record_steady(const ToldProject& project, double last) {
    for (int i = 1; i <= 12; ++i) {
        project.record(told(i, 8.0 + 0.01 * (i * 7 % 5)));
    }
    project.record(told(13, last));
}

} // namespace

TEST_CASE("of two runs alone only exact figures are decided: exit 5, said to be advisory") {
    const ToldProject project;
    project.record_all({8.0, 4.0});
    const std::string old_run = "run:" + told_uuid(1).substr(0, 8);
    const auto ended = project.assay({"compare", old_run, "run:latest"});
    CAPTURE(ended.err);
    CHECK(ended.exit_code == 5);
    CHECK(has(ended.out, "note  advisory: two recorded runs"));
    CHECK(has(ended.out, "not paired"));
    CHECK(has(ended.err, "recorded runs, not paired"));
    CHECK(has(ended.err, run_word(1)));
    CHECK(has(ended.err, run_word(2)));
    const auto document = comparison_of(project, {old_run, "run:latest"}, 5);
    CHECK(document.at("advisory") == true);
    CHECK(document.at("basis") == "recorded runs, not paired");
    CHECK(document.at("old").at("run").as_string() == told_uuid(1));
    const auto& one = document.at("cases").at(0);
    CHECK(one.at("id") == kCase);
    CHECK(one.at("verdict") == "undecided");
    CHECK(one.at("ratio") == 0.5);
    CHECK(one.at("evidence").at("basis") == "recorded runs, not paired");
}

TEST_CASE("runs around them tell how much runs differ: slower is 1, faster and same are 0") {
    const std::vector<std::tuple<double, const char*, int>> table{
        {12.0, "slower", 1}, {4.0, "faster", 0}, {8.02, "same", 0}};
    for (const auto& [last, verdict, code] : table) {
        CAPTURE(verdict);
        const ToldProject project;
        record_steady(project, last);
        const auto document = comparison_of(project, {run_word(12), run_word(13)}, code);
        CHECK(document.at("cases").at(0).at("verdict") == verdict);
        CHECK(document.at("summary").at(verdict) == 1);
    }
}

TEST_CASE("a wall time that is a little worse once, beside a time that is not, is left open") {
    const std::vector<std::tuple<double, const char*, int>> table{{1.05, "undecided", 0},
                                                                  {1.5, "worse", 1}};
    for (const auto& [factor, verdict, code] : table) {
        CAPTURE(factor);
        const ToldProject project;
        for (int i = 1; i <= 13; ++i) {
            const double steady = 8.0 + 0.01 * (i * 7 % 5);
            history::Run run = told(i, steady);
            add_metric(run, "wall_time", (i == 13 ? factor : 1) * steady, "s");
            project.record(run);
        }
        const auto document = comparison_of(project, {run_word(12), run_word(13)}, code);
        const auto& one = document.at("cases").at(0);
        CHECK(one.at("verdict") == "same");
        CHECK(one.at("metrics").at(0).at("key") == "wall_time");
        CHECK(one.at("metrics").at(0).at("verdict") == verdict);
    }
}

TEST_CASE("every metric is judged in its own direction, exact ones to the last count") {
    const ToldProject project;
    for (const int number : {1, 2}) {
        history::Run run = told(number, 8.0);
        add_metric(run, "instructions", number == 1 ? 100'200 : 100'201, "{instruction}", true);
        add_metric(run, "hits", number == 1 ? 400 : 420, "{hit}", true, measure::Direction::higher);
        project.record(run);
    }
    const auto document = comparison_of(project, {run_word(1), run_word(2)}, 1);
    const auto& metrics = document.at("cases").at(0).at("metrics").as_array();
    REQUIRE(metrics.size() == 2);
    CHECK(metrics[0].at("key") == "instructions");
    CHECK(metrics[0].at("verdict") == "worse");
    CHECK(metrics[1].at("key") == "hits");
    CHECK(metrics[1].at("verdict") == "better");
    CHECK(document.at("summary").at("worse_metrics") == 1);
    const auto text = project.assay({"compare", run_word(1), run_word(2)});
    CHECK(has(text.out, "100200 to 100201")); // to the last one, not 1.002e+05
    const auto rows = project.assay({"compare", run_word(1), run_word(2), "--format", "csv"});
    CHECK(has(rows.out, ",instructions,"));
    CHECK(has(rows.out, "\"recorded runs, not paired\""));
}

TEST_CASE("cases without a time are told by another figure, whole where it is exact") {
    const ToldProject project;
    for (const int number : {1, 2}) {
        history::Run run = told(number, 8.0);
        add_metric(run, "instructions", 100'200 + number, "{instruction}", true);
        run.points.erase(run.points.begin());
        project.record(run);
    }
    const auto document = comparison_of(project, {run_word(1), run_word(2)}, 1);
    CHECK(document.at("cases").at(0).at("metric") == "instructions");
    const auto text = project.assay({"compare", run_word(1), run_word(2)});
    CHECK(has(text.out, "100201 instruction"));
    CHECK(has(text.out, "100202 instruction"));
}

TEST_CASE("a unit or a direction that changed is incomparable, with the reason") {
    const ToldProject project;
    for (const int number : {1, 2}) {
        history::Run run = told(number, 8.0);
        add_metric(run, "size", 10, number == 1 ? "By" : "{page}", true);
        add_metric(run,
                   "rank",
                   10,
                   "1",
                   true,
                   number == 1 ? measure::Direction::lower : measure::Direction::higher);
        project.record(run);
    }
    const auto document = comparison_of(project, {run_word(1), run_word(2)}, 4);
    const auto& metrics = document.at("cases").at(0).at("metrics").as_array();
    REQUIRE(metrics.size() == 2);
    CHECK(metrics[0].at("reason") == "incomparable: unit");
    CHECK(metrics[1].at("reason") == "incomparable: direction");
    const auto text = project.assay({"compare", run_word(1), run_word(2)});
    CHECK(has(text.out, "size: incomparable: unit"));
}

TEST_CASE("runs of other inputs or another mode measured something else, which is said") {
    const ToldProject project;
    for (const int number : {1, 2, 3}) {
        history::Run run = told(number, 8.0);
        run.seed = number == 2 ? 7 : 1;
        run.mode = number == 3 ? "standard" : "quick";
        project.record(run);
    }
    const auto seed = comparison_of(project, {run_word(1), run_word(2)}, 4);
    CHECK(seed.at("cases").at(0).at("reason") == "incomparable: seed 1 and 7");
    const auto mode = comparison_of(project, {run_word(1), run_word(3)}, 4);
    CHECK(mode.at("cases").at(0).at("reason") == "incomparable: mode quick and standard");
}

TEST_CASE("runs of two platforms are incomparable, which is said on stderr and in the document") {
    const ToldProject project;
    project.record_all({8.0});
    history::Run other = told_elsewhere(2, 4.0, "other_box");
    other.platform.identity = {{"architecture", "aarch64"}};
    project.record(other);
    const auto ended = project.assay({"compare", run_word(1), run_word(2)});
    CHECK(ended.exit_code == 4);
    CHECK(has(ended.err, "warning: the runs are of two machines"));
    CHECK(has(ended.err, "other_box"));
    CHECK(has(ended.out, "architecture \"x86_64\" and \"aarch64\""));
    CHECK(has(ended.out, "incomparable: hardware"));
}

TEST_CASE("environments that differ are told beside the verdicts") {
    const ToldProject project;
    for (const int number : {1, 2}) {
        history::Run run = told(number, 8.0);
        run.environment = {{"kernel", number == 1 ? "6.1" : "6.2"}, {"governor", "performance"}};
        project.record(run);
    }
    const auto ended = project.assay({"compare", run_word(1), run_word(2)});
    CHECK(has(ended.out, "the environments differ: kernel \"6.1\" and \"6.2\""));
    CHECK_FALSE(has(ended.out, "governor"));
}

TEST_CASE("a case that broke or is lost is a failure, and one that is new is none") {
    const ToldProject project;
    project.record_all({8.0});
    history::Run broken = told(2, 8.0);
    broken.points.clear();
    broken.failures.push_back(
        {.case_id = kCase, .status = measure::CaseStatus::crashed, .reason = "signal 11"});
    project.record(broken);
    const auto crashed = project.assay({"compare", run_word(1), run_word(2)});
    CHECK(crashed.exit_code == 3);
    CHECK(has(crashed.out, "new run: crashed: signal 11"));
    history::Run more = told(3, 8.0);
    more.points.push_back(of_case(more.points.front(), "sub"));
    project.record(more);
    const auto lost = comparison_of(project, {run_word(3), run_word(1)}, 3);
    CHECK(lost.at("cases").at(1).at("status") == "only_in_old");
    const auto grown = comparison_of(project, {run_word(1), run_word(3)}, 5);
    CHECK(grown.at("cases").at(1).at("status") == "only_in_new");
    history::Run other = told(4, 8.0);
    other.points.front() = of_case(other.points.front(), "sub");
    project.record(other);
    const auto nothing = project.assay({"compare", run_word(1), run_word(4)});
    CHECK(nothing.exit_code == 4);
    CHECK(has(nothing.err, "have no series in common"));
}

TEST_CASE("filters after the runs choose cases, and one that matches nothing is a misspelt word") {
    const ToldProject project;
    for (const int number : {1, 2}) {
        history::Run run = told(number, 8.0);
        run.points.push_back(of_case(run.points.front(), "sub"));
        project.record(run);
    }
    const auto ids = [&](const std::vector<std::string>& filters) {
        std::vector<std::string> words{run_word(1), run_word(2)};
        words.insert(words.end(), filters.begin(), filters.end());
        std::string text;
        const json::object document = comparison_of(project, words, 5);
        for (const json::value& one : document.at("cases").as_array()) {
            text += (text.empty() ? "" : " ") + std::string(one.at("id").as_string());
        }
        return text;
    };
    CHECK(ids({kCase}) == kCase);
    CHECK(ids({"sums/sub"}) == "sums/sub");
    CHECK(ids({"!sub"}) == kCase);
    CHECK(ids({"sub", "add"}) == std::string(kCase) + " sums/sub");
    const auto refused = [&](const std::string& filter, int code, const std::string& says) {
        const auto ended = project.assay({"compare", run_word(1), run_word(2), filter});
        CAPTURE(ended.err);
        CHECK(ended.exit_code == code);
        CHECK(has(ended.err, says));
    };
    refused("sums/sbu", 2, "did you mean 'sums/sub'");
    refused("tag:hot", 2, "keep no tags");
    refused("((", 2, "regular expression");
    refused("!sums", 4, "leave no case");
}

TEST_CASE("a run that is unknown, ambiguous, the same or held against a build is refused") {
    const ToldProject project;
    CHECK(project.assay({"compare", "run:latest", "run:latest"}).exit_code == 4); // no history
    project.record_all({8.0});
    history::Run twin = told(2, 8.0);
    twin.uuid = told_uuid(1).substr(0, 24) + "00000000abcd";
    project.record(twin);
    const std::string whole = run_word(1);
    const auto refused = [&](std::vector<std::string> words, const std::string& says) {
        words.insert(words.begin(), {"compare", whole});
        const auto ended = project.assay(words);
        CAPTURE(ended.err);
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, says));
    };
    refused({"run:deadbeef"}, "deadbeef");
    refused({"run:" + told_uuid(1).substr(0, 13)}, twin.uuid);
    refused({whole}, "against itself");
    refused({"router.assay.so"}, "router.assay.so");
    refused({"run:" + twin.uuid, "--margin", "2%"}, "recorded runs are only read");
    project.box().write("before.txt", "pkg: p\nBenchmarkA 10 5 ns/op\n");
    refused({"before.txt"}, "'assay import' records the file");
}

TEST_CASE("a run of the history is held against a results document of it, or of another run") {
    const ToldProject project;
    record_steady(project, 12.0);
    const auto exported =
        project.assay({"export", "json", "--run", told_uuid(13), "--output", "new.json"});
    CAPTURE(exported.err);
    REQUIRE(exported.exit_code == 0);
    const auto document = comparison_of(project, {run_word(12), "new.json"}, 1);
    CHECK(document.at("cases").at(0).at("verdict") == "slower");
    const auto itself = project.assay({"compare", run_word(13), "new.json"});
    CHECK(itself.exit_code == 2);
    CHECK(has(itself.err, "against itself"));
}

} // namespace compared_runs_test
