// `assay dashboard` as a user calls it: what it writes, and what it does with bad input.
#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <limits>

namespace dashboard_command_test {

using namespace assay;
using namespace assay::test;
using integration::Ended;

namespace fs = std::filesystem;

TEST_CASE("a dashboard is written where it is asked for, and says how much it shows") {
    const ShownProject project({.series = 5, .runs = 12, .platforms = 2});
    const Ended ended = project.dashboard({"--output", "pages/mine.html"});
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.empty());
    CHECK(contains(ended.err, "wrote pages/mine.html: 10 series, 24 runs"));
    CHECK(project.box().read("pages/mine.html").starts_with("<!doctype html>"));
    const Ended piped = project.dashboard({"--output", "-"});
    CHECK(piped.exit_code == 0);
    CHECK(piped.out.starts_with("<!doctype html>"));
    CHECK(piped.out.ends_with("</html>\n"));
}

TEST_CASE("--platforms and --days leave out what they do not mean") {
    const ShownProject project({.series = 3, .runs = 12, .platforms = 3});
    const json::object two = project.document({"--platforms", "lab_8c_16GiB,ci_2c_4GiB_kvm"});
    CHECK(two.at("branches").as_array().size() == 2);
    const Ended old = project.dashboard({"--days", "1"});
    CHECK(old.exit_code == 4);
    CHECK(contains(old.err, "nothing to show"));
    CHECK_FALSE(fs::exists(project.file("assay-report/dashboard.html")));
    const Ended unknown = project.dashboard({"--platforms", "lab_8c_17GiB"});
    CHECK(unknown.exit_code == 2);
    CHECK(contains(unknown.err, "lab_8c_16GiB"));
}

TEST_CASE("the limit is where --regression-threshold or REGRESSION_THRESHOLD puts it") {
    const ShownProject project({.series = 3, .runs = 12});
    CHECK(project.document().at("threshold").to_number<double>() == doctest::Approx(0.2));
    CHECK(project.document({"--regression-threshold", "25%"}).at("threshold").to_number<double>() ==
          doctest::Approx(0.25));
    CHECK(project.dashboard({"--regression-threshold", "much"}).exit_code == 2);
}

TEST_CASE("a page is not replaced by one of nothing, and it is said which run there is") {
    const ShownProject project({.series = 3, .runs = 12});
    const std::string page = project.page();
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"--days", "1"}, {"--days", "1", "--format", "json", "-o", "kept.json"}}) {
        project.box().write("kept.json", "kept");
        const Ended none = project.dashboard(words);
        CHECK(none.exit_code == 4);
        CHECK(contains(none.err, "nothing was written"));
        CHECK(contains(none.err, "the newest run is of 2026-06-0"));
        CHECK(contains(none.err, "lab_8c_16GiB, branch main"));
        CHECK(project.box().read("assay-report/dashboard.html") == page);
        CHECK(project.box().read("kept.json") == "kept");
    }
    // What is named reaches it.
    const std::string err = project.dashboard({"--days", "1"}).err;
    const std::string days = between(err, "--days ", " reaches it");
    CHECK(project.dashboard({"--days", days}).exit_code == 0);
    // Of a pipe nothing can be lost.
    const Ended piped = project.dashboard({"--days", "1", "--output", "-"});
    CHECK(piped.exit_code == 4);
    CHECK(contains(piped.out, "Nothing is recorded that could be shown"));
    CHECK_FALSE(contains(piped.out, "<script"));
}

TEST_CASE("an empty history leaves no page, and exit code 4") {
    const ShownProject project({.series = 0, .runs = 0});
    const Ended ended = project.dashboard();
    CHECK(ended.exit_code == 4);
    CHECK(contains(ended.err, "assay run --record"));
    CHECK_FALSE(fs::exists(project.file("assay-report/dashboard.html")));
    const ShownProject none;
    CHECK(none.dashboard().exit_code == 4);
    CHECK_FALSE(fs::exists(none.file("assay-report/dashboard.html")));
}

TEST_CASE("one run of one platform has figures and no verdict") {
    const ShownProject project({.series = 3, .runs = 1});
    const std::string page = project.page();
    CHECK(contains(page, "No series could be judged yet"));
    CHECK(contains(page, "? no baseline"));
    CHECK(contains(page, "No platform has enough runs to show a change yet"));
}

TEST_CASE("nothing is written where the folder cannot be written, and the exit code is 3") {
    const ShownProject project({.series = 3, .runs = 8});
    project.box().write("taken", "a file where a folder is asked for");
    const Ended ended = project.dashboard({"--output", "taken/page.html"});
    CHECK(ended.exit_code == 3);
    CHECK(contains(ended.err, "taken/page.html"));
    CHECK(project.box().read("taken") == "a file where a folder is asked for");
}

TEST_CASE("a name that is no UTF-8 is shown, and the page is UTF-8") {
    const ShownShape shape{.series = 2, .runs = 6};
    const ShownProject project;
    const auto store = project.store();
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        run.points.front().series.case_id = "bytes/caf\xe9[n=1]";
        run.points.front().series.suite = "bytes";
        REQUIRE(store->record(run).ok());
    }
    const std::string page = project.page();
    CHECK(contains(page, "bytes/caf"));
    CHECK_FALSE(contains(page, "caf\xe9"));
}

TEST_CASE("a series that some runs have no figure of is shown with what there is") {
    const ShownShape shape{.series = 3, .runs = 20};
    const ShownProject project;
    const auto store = project.store();
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        if (number % 4 == 1) {
            run.points.pop_back();
        }
        if (number == 7) {
            run.points.front().figures->lo.reset();
            run.points.front().figures->hi.reset();
        }
        REQUIRE(store->record(run).ok());
    }
    const json::object document = project.document();
    const json::array& series = document.at("branches").at(0).at("series").as_array();
    std::size_t points = 0;
    for (const json::value& one : series) {
        points += one.at("points").at("run").as_array().size();
    }
    CHECK(points == 55);
    CHECK(contains(project.page(), "</html>"));
}

TEST_CASE("a benchmark that the newest run lost is not called unchanged by its older figures") {
    const ShownShape shape{.series = 6, .runs = 12};
    const ShownProject project;
    const auto store = project.store();
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        if (number + 1 == shape.runs) {
            const std::string lost = shown_case(4, shape);
            std::erase_if(run.points, [&lost](const history::Point& point) {
                return point.series.case_id == lost;
            });
        }
        REQUIRE(store->record(run).ok());
    }
    const json::object document = project.document();
    std::size_t found = 0;
    for (const json::value& one : document.at("branches").at(0).at("series").as_array()) {
        const json::value* const why = one.as_object().if_contains("unjudged");
        if (why != nullptr && why->is_string() && why->as_string().starts_with("lost: ")) {
            CHECK(one.at("case") == json::value(shown_case(4, shape)));
            ++found;
        }
    }
    CHECK(found >= 1);
}

} // namespace dashboard_command_test
