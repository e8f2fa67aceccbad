// `--statistic`: percentiles and ends through time, as `history trend` and `analyze` show them.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace statistic_test {

using namespace assay;
using namespace assay::test;

namespace {

// Runs of one median whose p95 goes from 10 to 14 s at the twelfth.
void slower_tail(const ToldProject& project) {
    for (int i = 1; i <= 24; ++i) {
        history::Run run = told(i, 8.0 + 0.01 * (i % 3));
        history::Figures& figures = *run.points.front().figures;
        figures.p95 = (i < 12 ? 10.0 : 14.0) + 0.02 * (i % 3);
        figures.max = 20;
        project.record(run);
    }
}

json::array points_of(const ToldProject& project, const std::string& statistic) {
    const auto ended =
        project.assay({"history", "trend", kCase, "--statistic", statistic, "--format", "json"});
    CHECK_MESSAGE(ended.exit_code == 0, ended.err);
    const json::object document = document_of(ended.out, "history.json");
    CHECK(document.at("statistic").as_string() == statistic);
    return document.at("series").at(0).at("points").as_array();
}

} // namespace

TEST_CASE("a trend is of the statistic that was asked for") {
    const ToldProject project;
    slower_tail(project);
    CHECK(points_of(project, "p95").at(0).at("figure").to_number<double>() ==
          doctest::Approx(10.02));
    CHECK(points_of(project, "p95").at(23).at("figure").to_number<double>() == 14.0);
    CHECK(points_of(project, "max").at(0).at("figure") == 20);
    CHECK(points_of(project, "median").at(23).at("figure") == 8);
    const auto text = project.assay({"history", "trend", kCase, "--statistic", "p95"});
    CHECK(has(text.out, "[p95 in s, lower is better]"));
    CHECK(has(text.out, "14 s"));
    CHECK_FALSE(has(text.out, "[7.92 s")); // the interval is of the median
    const auto csv =
        project.assay({"history", "trend", kCase, "--statistic", "p95", "--format", "csv"});
    CHECK(has(csv.out, ",14.04,,,30,5,,p95"));
}

TEST_CASE("a statistic that no run tells is exit 4 and says so") {
    const ToldProject project;
    slower_tail(project);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"history", "trend"}, {"analyze"}}) {
        std::vector<std::string> asked = words;
        asked.insert(asked.end(), {"--statistic", "p99"});
        const auto ended = project.assay(asked);
        CAPTURE(ended.err);
        CHECK(ended.exit_code == 4);
        CHECK(has(ended.err, "none of the 1 series that match"));
        CHECK(has(ended.err, "tells its p99"));
        CHECK(ended.out.empty());
    }
    const auto unknown = project.assay({"history", "trend", "--statistic", "p96"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "p95"));
}

TEST_CASE("an analysis of p95 sees the step that the median does not, and keeps nothing") {
    const ToldProject project;
    slower_tail(project);
    const auto changes = [&project](std::vector<std::string> words) {
        words.insert(words.begin(), {"analyze", "--format", "json"});
        const auto ended = project.assay(std::move(words));
        CHECK_MESSAGE(ended.exit_code == 0, ended.err);
        return document_of(ended.out, "analysis.json");
    };
    const json::object tail = changes({"--statistic", "p95"});
    CHECK(tail.at("statistic").as_string() == "p95");
    CHECK_FALSE(tail.at("kept").as_bool());
    const json::array& found = tail.at("branches").at(0).at("changes").as_array();
    REQUIRE(found.size() == 1);
    CHECK(found.at(0).at("first_bad").at("run").as_string() == told_uuid(12));
    CHECK(found.at(0).at("after").to_number<double>() > 13.9);
    CHECK(project.store()->alerts()->empty());
    CHECK(has(project.assay({"analyze", "--statistic", "p95"}).out, "1 series (p95), newest"));
    const json::object centre = changes({});
    CHECK(centre.at("branches").at(0).at("changes").as_array().empty());
    CHECK(centre.at("kept").as_bool());
}

} // namespace statistic_test
