// The reporter "github": comment, summary, annotations and issue of canned runs.
#include "canned_gates.hpp"
#include "golden.hpp"
#include "report/reporter_host.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace github_golden_test {

using namespace canned;
using namespace assay;

namespace {

std::string text_of(const std::string& text, const Events& events) {
    return written_by("github", events, "text=" + text);
}

std::size_t lines_with(const std::string& text, const std::string& begin) {
    std::size_t lines = 0, at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines += text.compare(at, begin.size(), begin) == 0 ? 1 : 0;
        at = end + 1;
    }
    return lines;
}

Status finish_all(const std::string& spec_text, const Events& events) {
    const auto spec = report::parse_reporter_spec(spec_text);
    REQUIRE(spec.ok());
    auto receiver = report::open_reporter(*spec, plugin_path("github"), {});
    REQUIRE(receiver.ok());
    for (const report::Event& event : events) {
        if (Status status = (*receiver)->on_event(event); !status) {
            return status;
        }
    }
    return (*receiver)->finish();
}

} // namespace

TEST_CASE("annotations stand at the rule of the gate, errors first") {
    const std::string text = text_of("annotations", gated_comparison());
    check_golden("github/gate_annotations.txt", text);
    CHECK(text.starts_with("::error file=.assay/gates.json,line=4,title=FAIL router/slower::"
                           "5.25 %25 worse"));
    CHECK(lines_with(text, "::error ") == 3);
    CHECK(lines_with(text, "::warning ") == 2);
    CHECK(text_of("annotations", passed_gate()) == "");
    CHECK(text_of("annotations", ordinary_run()) == "");
}

TEST_CASE("without a gate verdicts and broken cases are marked") {
    check_golden("github/comparison_annotations.txt", text_of("annotations", comparison_run()));
    const std::string text = text_of("annotations", every_status_run());
    check_golden("github/every_status_annotations.txt", text);
    CHECK(lines_with(text, "::error ") == 4);
    CHECK(lines_with(text, "::warning ") == 0);
}

TEST_CASE("no foreign text begins a workflow command or breaks one") {
    for (const Events& events : {hostile_text_run(), hostile_gate(), broken_text_run()}) {
        const std::string text = text_of("annotations", events);
        const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
        CHECK(lines_with(text, "::error ") + lines_with(text, "::warning ") == lines);
    }
    check_golden("github/hostile_annotations.txt", text_of("annotations", hostile_gate()));
}

TEST_CASE("of more than ten annotations of a kind the last says how many are left out") {
    const std::string text = text_of("annotations", many_cases(10'000));
    CHECK(lines_with(text, "::error ") == 10);
    CHECK(text.find("title=991 more::") != std::string::npos);
}

TEST_CASE("the comment has a marker by which it is found again") {
    const std::string text = text_of("comment", comparison_run());
    check_golden("github/comparison_comment.md", text);
    CHECK(text.starts_with("<!-- assay:report -->\n**+5.25 %"));
    const std::string other = written_by("github", passed_gate(), "text=comment,marker=a-->b");
    CHECK(other.starts_with("<!-- assay:a%2D%2D%3Eb -->\n"));
    CHECK(text_of("comment", many_cases(10'000)).size() <= 60'000);
}

TEST_CASE("an issue has a title of one line, and there is none where nothing got worse") {
    const std::string text = text_of("issue", gated_comparison());
    check_golden("github/gate_issue.md", text);
    CHECK(text.starts_with("5.25 % worse, limit at most 2 % worse: router/slower fails rule"));
    CHECK(text.find("<!-- assay:report:issue:router/slower -->") != std::string::npos);
    CHECK(text_of("issue", passed_gate()) == "");
    CHECK(text_of("issue", ordinary_run()) == "");
    CHECK(text_of("issue", empty_run()) == "");
    CHECK_FALSE(text_of("issue", every_status_run()).empty());
}

TEST_CASE("the comment has the other texts beside it, and the summary is added to the job's") {
    const test::TemporaryFolder folder;
    const std::string job = folder.file("job.md");
    REQUIRE(write_file_atomically(job, "of an earlier step\n").ok());
    const std::string spec = "github=" + folder.file("out/comment.md") + ",summary=" + job;
    REQUIRE(finish_all(spec, comparison_run()).ok());
    const auto read = [&](const std::string& name) {
        const auto text = read_file(folder.file(name));
        REQUIRE(text.ok());
        return *text;
    };
    CHECK(read("out/comment.md") == text_of("comment", comparison_run()));
    CHECK(read("out/github-annotations.txt") == text_of("annotations", comparison_run()));
    CHECK(read("out/github-issue.md") == text_of("issue", comparison_run()));
    CHECK(read("job.md") == "of an earlier step\n" + text_of("summary", comparison_run()));
    CHECK_FALSE(std::filesystem::exists(folder.file("out/github-summary.md")));

    // What lies there of an earlier run is replaced, by nothing where there is nothing to say.
    REQUIRE(finish_all(spec, ordinary_run()).ok());
    CHECK(read("out/github-annotations.txt") == "");
    CHECK(read("out/github-issue.md") == "");
}

TEST_CASE("a job summary that cannot be written is told with its path, and nothing is kept") {
    const test::TemporaryFolder folder;
    const std::string job = folder.file("missing/job.md");
    const Status status =
        finish_all("github=" + folder.file("comment.md") + ",summary=" + job, ordinary_run());
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message.find(job) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.file("comment.md")));
    CHECK_FALSE(std::filesystem::exists(folder.file("github-issue.md")));
}

TEST_CASE("all texts of github need a folder, and one alone does not") {
    const Status status = finish_all("github=/dev/null,summary=/dev/null", ordinary_run());
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message.find("github-annotations.txt") != std::string::npos);
    CHECK(finish_all("github=/dev/null,text=annotations", ordinary_run()).ok());
}

} // namespace github_golden_test
