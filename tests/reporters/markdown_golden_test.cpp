// The reporter "markdown" over canned runs, comparisons and gates.
#include "canned_counts.hpp"
#include "canned_gates.hpp"
#include "golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace markdown_golden_test {

using namespace canned;

namespace {

std::string comment_of(const Events& events) {
    return written_by("markdown", events, "size=comment");
}

// Rows of tables whose cells are not as many as those of the line that is ruled below their head.
int crooked_rows(const std::string& text) {
    int crooked = 0;
    std::ptrdiff_t columns = 0;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        const auto pipes = std::ranges::count(line, '|');
        columns = line.starts_with("|") ? columns == 0 ? pipes : columns : 0;
        crooked += line.starts_with("|") && pipes != columns ? 1 : 0;
        begin = end + 1;
    }
    return crooked;
}

} // namespace

TEST_CASE("a comment begins with the verdict and folds what is the same") {
    const std::string text = comment_of(comparison_run());
    check_golden("markdown/comparison_comment.md", text);
    CHECK(text.starts_with("**+5.25 %"));
    CHECK(text.find("`router/same`") > text.find("<details>"));
    CHECK(text.find("`router/slower`", 100) < text.find("<details>"));
    CHECK(crooked_rows(text) == 0);
}

TEST_CASE("a comment about a gate names figure, limit and what could have been found") {
    const std::string text = comment_of(gated_comparison());
    check_golden("markdown/gate_comment.md", text);
    CHECK(text.find("5.25 % worse | at most 2 % worse | 1.50 % |") != std::string::npos);
    CHECK(text.find("`.assay/gates.json:4`") != std::string::npos);
    CHECK(text.find("`hit-floor` applies to no case") != std::string::npos);
    check_golden("markdown/gate_passed_comment.md", comment_of(passed_gate()));
    CHECK(comment_of(passed_gate()).find("-0.0") == std::string::npos);
}

TEST_CASE("a comment about a run says what did not pass and why") {
    check_golden("markdown/ordinary_comment.md", comment_of(ordinary_run()));
    check_golden("markdown/every_status_comment.md", comment_of(every_status_run()));
}

TEST_CASE("the whole report has every case and every figure, method and environment") {
    check_golden("markdown/ordinary.md", written_by("markdown", ordinary_run()));
    check_golden("markdown/comparison.md", written_by("markdown", comparison_with_metrics()));
    check_golden("markdown/gate.md", written_by("markdown", gated_comparison()));
    check_golden("markdown/unknown_figures.md", written_by("markdown", unknown_figures_run()));
    check_golden("markdown/counted_comment.md", comment_of(counted_comparison()));
}

TEST_CASE("a report of nothing says so, and one that was interrupted too") {
    check_golden("markdown/empty_comment.md", comment_of(empty_run()));
    check_golden("markdown/gate_of_nothing_comment.md", comment_of(gate_of_nothing()));
    check_golden("markdown/aborted_comment.md", comment_of(aborted_run()));
    CHECK(comment_of(interrupted_run()).find("interrupted") != std::string::npos);
}

TEST_CASE("foreign text stays text in Markdown") {
    for (const Events& events : {hostile_text_run(), hostile_gate(), broken_text_run()}) {
        for (const char* size : {"size=comment", "size=full"}) {
            const std::string text = written_by("markdown", events, size);
            CHECK(text.find("<script") == std::string::npos);
            CHECK(text.find("<b>") == std::string::npos);
            CHECK(text.find("@everyone") == std::string::npos);
            CHECK(text.find("](http") == std::string::npos);
            CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
            CHECK(text.find('\x1b') == std::string::npos);
            CHECK(crooked_rows(text) == 0);
        }
    }
    check_golden("markdown/hostile_comment.md", comment_of(hostile_gate()));
    check_golden("markdown/broken_text_comment.md", comment_of(broken_text_run()));
}

TEST_CASE("a comment has at most 60000 characters, whole rows, and says what is left out") {
    for (const Events& events : {many_cases(10'000), many_passed(10'000)}) {
        const std::string text = comment_of(events);
        CHECK(text.size() <= 60'000);
        CHECK(text.size() > 50'000);
        CHECK(text.find("rows left out here for want of room") != std::string::npos);
        CHECK(text.find("Measured on:") != std::string::npos);
        CHECK(crooked_rows(text) == 0);
    }
    const std::string text = comment_of(many_cases(10'000));
    CHECK(text.find("10000 cases: 1000 slower, 9000 same") != std::string::npos);
}

TEST_CASE("the whole report of ten thousand cases has them all") {
    const std::string text = written_by("markdown", many_passed(10'000));
    CHECK(text.find("`demo/case9999`") != std::string::npos);
    CHECK(text.find("left out") == std::string::npos);
}

} // namespace markdown_golden_test
