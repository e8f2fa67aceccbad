// `assay report` as a user calls it: what it writes, and what it does with bad input.
#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace report_command_test {

using namespace assay;
using namespace assay::test;
using integration::Ended;

namespace fs = std::filesystem;

namespace {

Ended report(const ShownProject& project, std::vector<std::string> words = {}) {
    words.insert(words.begin(), "report");
    return project.box().assay(std::move(words));
}

json::object document_of(const ShownProject& project, std::vector<std::string> words = {}) {
    words.insert(words.end(), {"--format", "json"});
    const Ended ended = report(project, std::move(words));
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    auto parsed = parse_json(ended.out);
    REQUIRE(parsed.ok());
    return std::move(parsed->as_object());
}

} // namespace

TEST_CASE("a report is Markdown on stdout, with all of its parts") {
    const ShownProject project({.series = 8, .runs = 40});
    const Ended ended = report(project);
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.starts_with("# Performance report\n"));
    CHECK(ended.out.ends_with("\n"));
    for (const char* const part : {"## Executive summary",
                                   "## Key achievements",
                                   "## Regression alerts",
                                   "## Recommendations",
                                   "## Historical trend",
                                   "## CI summary",
                                   "## Methodology"}) {
        CHECK_MESSAGE(contains(ended.out, part), part);
    }
    CHECK(contains(ended.out, "▲ regressed"));
    CHECK_FALSE(contains(ended.out, "<script"));
}

TEST_CASE("the format is that of the option, else that of the file's name") {
    const ShownProject project({.series = 4, .runs = 12});
    CHECK(report(project, {"--output", "out/a.html"}).exit_code == 0);
    CHECK(project.box().read("out/a.html").starts_with("<!doctype html>"));
    const Ended named = report(project, {"-o", "a.json"});
    CHECK(named.exit_code == 0);
    CHECK(contains(named.err, "wrote a.json"));
    CHECK(parse_json(project.box().read("a.json")).ok());
    CHECK(report(project, {"--output", "a.txt", "--format", "html"}).exit_code == 0);
    CHECK(project.box().read("a.txt").starts_with("<!doctype html>"));
    CHECK(report(project, {"--output", "b.md"}).exit_code == 0);
    CHECK(project.box().read("b.md").starts_with("# Performance report"));
    CHECK(report(project, {"--format", "pdf"}).exit_code == 2);
}

TEST_CASE("the same words choose and are refused as those of a dashboard") {
    const ShownProject project({.series = 3, .runs = 12, .platforms = 3});
    const json::object two = document_of(project, {"--platforms", "lab_8c_16GiB,ci_2c_4GiB_kvm"});
    CHECK(two.at("summary").at("platforms").as_array().size() == 2);
    const json::object few = document_of(project, {"--runs", "5", "--series", "suite_1/"});
    CHECK(few.at("summary").at("runs") == json::value(15));
    CHECK(few.at("summary").at("benchmarks") == json::value(1));
    const Ended unknown = report(project, {"--platforms", "lab_8c_17GiB"});
    CHECK(unknown.exit_code == 2);
    CHECK(contains(unknown.err, "lab_8c_16GiB"));
    CHECK(report(project, {"--series", "no_such_case"}).exit_code == 2);
    CHECK(report(project, {"--regression-threshold", "much"}).exit_code == 2);
    const Ended old = report(project, {"--days", "1"});
    CHECK(old.exit_code == 4);
    CHECK(contains(old.err, "nothing to report"));
    project.box().write("kept.html", "kept");
    const Ended file = report(project, {"--days", "1", "--output", "kept.html"});
    CHECK(file.exit_code == 4);
    CHECK(contains(file.err, "the newest run is of "));
    CHECK(project.box().read("kept.html") == "kept");
}

TEST_CASE("an empty history gives a report that says so, and exit code 4") {
    const ShownProject project({.series = 0, .runs = 0});
    const Ended ended = report(project);
    CHECK(ended.exit_code == 4);
    CHECK(contains(ended.out, "Nothing is recorded that could be reported"));
    CHECK(contains(ended.err, "assay run --record"));
    const ShownProject none;
    CHECK(report(none).exit_code == 4);
}

TEST_CASE("a gate's own judgement is told where one is recorded, else what rules say now") {
    const ShownProject project({.series = 8, .runs = 12});
    const json::object before = document_of(project);
    const json::object& now = before.at("ci").at("judgements").at(0).as_object();
    CHECK(now.at("recorded") == json::value(false));
    const Ended gate = project.box().assay(
        {"gate", "--skip-run", "--run", shown_run(11, 0, {.series = 8, .runs = 12}).uuid});
    CHECK(now.at("exit_code") == json::value(gate.exit_code));
    CHECK(before.at("ci").at("exit_code") == json::value(gate.exit_code));
    const json::object after = document_of(project);
    const json::object& kept = after.at("ci").at("judgements").at(0).as_object();
    CHECK(kept.at("recorded") == json::value(true));
    CHECK_FALSE(kept.at("outcomes").as_object().empty());
    CHECK(contains(after.at("ci").at("text").as_string().c_str(), "gate of this run"));
}

TEST_CASE("nothing is written where it cannot be, and the exit code is 3") {
    const ShownProject project({.series = 3, .runs = 8});
    project.box().write("taken", "a file where a folder is asked for");
    for (const char* const file : {"taken/report.md", "taken/report.html", "taken/report.json"}) {
        const Ended ended = report(project, {"--output", file});
        CHECK(ended.exit_code == 3);
        CHECK(contains(ended.err, "taken"));
    }
    CHECK(project.box().read("taken") == "a file where a folder is asked for");
    if (::geteuid() != 0) { // who may write everywhere has no folder that can only be read
        fs::create_directory(project.file("locked"));
        fs::permissions(project.file("locked"), fs::perms::owner_read | fs::perms::owner_exec);
        CHECK(report(project, {"--output", "locked/report.md"}).exit_code == 3);
        CHECK(fs::is_empty(project.file("locked")));
        fs::permissions(project.file("locked"), fs::perms::owner_all);
    }
}

TEST_CASE("a name that is no UTF-8 is shown, and every format is UTF-8") {
    const ShownShape shape{.series = 2, .runs = 6};
    const ShownProject project;
    const auto store = project.store();
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        run.points.front().series.case_id = "bytes/caf\xe9[n=1]";
        run.points.front().series.suite = "bytes";
        REQUIRE(store->record(run).ok());
    }
    for (const char* const format : {"markdown", "html", "json"}) {
        const Ended ended = report(project, {"--format", format});
        CHECK(ended.exit_code == 0);
        CHECK_MESSAGE(contains(ended.out, "bytes/caf"), format);
        CHECK_FALSE(contains(ended.out, "caf\xe9"));
    }
}

TEST_CASE("a series that some runs have no figure of is told with what there is") {
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
    const json::object document = document_of(project);
    std::int64_t figures = 0;
    for (const json::value& row : document.at("trends").at("rows").as_array()) {
        figures += row.at("figures").to_number<std::int64_t>();
    }
    CHECK(figures == 55);
}

} // namespace report_command_test
