// What a report writes as bytes: the page asks for nothing, and nothing foreign is obeyed in it or
// in the Markdown.
#include "shown_project.hpp"

#include <doctest/doctest.h>

namespace report_page_test {

using namespace assay;
using namespace assay::test;

namespace {

std::string written(const ShownProject& project, const std::string& format) {
    const integration::Ended ended = project.box().assay({"report", "--format", format});
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    return ended.out;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

// A case whose name wants to be Markdown.
void record_markdown_name(const ShownProject& project) {
    const auto store = project.store();
    const ShownShape shape{.series = 2, .runs = 6};
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        run.points.front().series.case_id = "md/a|b`c`\n# heading\n@team[x](http://evil)";
        run.points.front().series.suite = "md";
        REQUIRE(store->record(run).ok());
    }
}

} // namespace

TEST_CASE("the page allows its own style alone, has no script and names nothing outside itself") {
    const ShownProject project({.series = 8, .runs = 40, .hostile = true});
    const std::string page = written(project, "html");
    const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    CHECK(policy.starts_with("default-src 'none'; "));
    CHECK_FALSE(contains(policy, "unsafe"));
    CHECK_FALSE(contains(policy, "script-src"));
    CHECK(contains(policy, "style-src 'sha256-"));
    CHECK(count_of(page, "<style") == 1);
    for (const char* const reference :
         {"<script", "src=", "url(", "@import", "<link", "<img", "<iframe", " style=", "href="}) {
        CHECK_MESSAGE(!contains(page, reference), reference);
    }
}

TEST_CASE("a name that wants to be markup, leave its quotes or turn the text around stays text") {
    const ShownProject project({.series = 6, .runs = 40, .hostile = true});
    const std::string page = written(project, "html");
    CHECK_FALSE(contains(page, "<script>alert"));
    CHECK(contains(page, "evil/&lt;script&gt;alert(1)&lt;/script&gt;[q=&quot;"));
    CHECK_FALSE(contains(page, "\xe2\x80\xae"));
    const std::string markdown = written(project, "markdown");
    CHECK_FALSE(contains(markdown, "<script"));
    CHECK(contains(markdown, "&#60;script&#62;"));
    CHECK_FALSE(contains(markdown, "\xe2\x80\xae"));
}

TEST_CASE("pipes, backticks, line breaks and mentions in a name do nothing in Markdown") {
    const ShownProject project;
    record_markdown_name(project);
    const std::string markdown = written(project, "markdown");
    CHECK_FALSE(contains(markdown, "\n# heading"));
    CHECK_FALSE(contains(markdown, "a|b"));
    CHECK_FALSE(contains(markdown, "@team"));
    CHECK_FALSE(contains(markdown, "](http"));
    for (std::size_t at = markdown.find("\n|"); at != std::string::npos;
         at = markdown.find("\n|", at + 1)) {
        const std::string row = markdown.substr(at + 1, markdown.find('\n', at + 1) - at - 1);
        CHECK_MESSAGE(row.ends_with("|"), row);
    }
}

TEST_CASE("the commands that a report advises can be pasted as they stand") {
    const ShownProject project({.series = 3, .runs = 40});
    const std::string markdown = written(project, "markdown");
    CHECK(contains(markdown, "`assay compare run:"));
    CHECK_FALSE(contains(markdown, "run&#58;"));
    CHECK(contains(written(project, "html"), "<code>assay compare run:"));
}

TEST_CASE("the page draws the series that moved most, and each chart has its figures as a table") {
    const ShownProject project({.series = 8, .runs = 40});
    const std::string page = written(project, "html");
    const std::size_t charts = count_of(page, "<figure>");
    CHECK(charts >= 2);
    CHECK(charts <= 6);
    CHECK(count_of(page, "<summary>figures</summary>") == charts);
    CHECK(contains(page, "Historical trend"));
    CHECK(contains(page, "@media print"));
    CHECK(contains(page, "prefers-color-scheme:dark"));
}

TEST_CASE("of three thousand series the page stays small and says how many it leaves out") {
    const ShownProject project({.series = 3'000, .runs = 2});
    const std::string page = written(project, "html");
    CHECK(page.size() < 600'000);
    CHECK(contains(page, "2900 more of 3000 series are left out"));
    const std::string markdown = written(project, "markdown");
    CHECK(markdown.size() < 200'000);
}

} // namespace report_page_test
