// The reporter "html": a page that needs nothing but itself.
#include "canned_gates.hpp"
#include "golden.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

namespace html_test {

using namespace canned;

namespace {

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

// Every element that begins ends, in the order in which they began.
void check_balanced(const std::string& page) {
    static const std::set<std::string> kEmpty{"meta", "!doctype"};
    std::vector<std::string> open;
    const std::size_t style = page.find("<style>"), styled = page.find("</style>");
    for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
        if (at > style && at < styled) {
            continue;
        }
        const std::size_t end = page.find('>', at);
        REQUIRE(end != std::string::npos);
        std::string name = page.substr(at + 1, page.find_first_of(" />\n", at + 2) - at - 1);
        if (page[at + 1] == '/') {
            name = page.substr(at + 2, end - at - 2);
            REQUIRE_FALSE(open.empty());
            CAPTURE(name);
            REQUIRE(open.back() == name);
            open.pop_back();
        } else if (!kEmpty.contains(name) && page[end - 1] != '/') {
            open.push_back(name);
        }
    }
    CHECK(open.empty());
}

} // namespace

TEST_CASE("a page of any run is whole, asks for nothing and has no script") {
    for (const Events& events : {ordinary_run(),
                                 empty_run(),
                                 every_status_run(),
                                 broken_text_run(),
                                 gated_comparison(),
                                 passed_gate(),
                                 hostile_gate(),
                                 gate_of_nothing()}) {
        const std::string page = written_by("html", events);
        check_balanced(page);
        CHECK(has(page, "default-src 'none'"));
        CHECK_FALSE(has(page, "<script"));
        CHECK_FALSE(has(page, " src="));
        CHECK_FALSE(has(page, " href="));
        CHECK_FALSE(has(page, " style="));
        CHECK_FALSE(has(page, "url("));
    }
}

TEST_CASE("a page begins with what came out, and says where it was measured") {
    const std::string run = written_by("html", ordinary_run());
    CHECK(has(run, "<h1>Performance run</h1>"));
    CHECK(has(run, "<div class=\"verdict\"><strong>4 of 4 cases passed"));
    const std::string gate = written_by("html", gated_comparison());
    CHECK(has(gate, "<h1>Performance gate</h1>"));
    CHECK(has(gate, "<div class=\"verdict worse\">"));
    CHECK(gate.find("<h2>Gate</h2>") < gate.find("<h2>Cases</h2>"));
    CHECK(has(gate, "<td class=\"worse\">FAIL</td>"));
    CHECK(has(written_by("html", empty_run()), "Nothing was measured."));
}

TEST_CASE("a page looks as it was approved") {
    check_golden("html/ordinary.html", written_by("html", ordinary_run()));
    check_golden("html/gate.html", written_by("html", gated_comparison()));
}

TEST_CASE("what is not measured is told so, and never as zero") {
    const std::string page = written_by("html", every_status_run());
    CHECK(has(page, "not measured"));
    CHECK(has(page, "▼") == false);
}

TEST_CASE("of very many cases the gravest are shown and the rest is counted") {
    const std::string page = written_by("html", many_cases(5000), "distributions=0");
    CHECK(has(page, "3000 more cases, of less weight, are left out here"));
    CHECK(count_of(page, "▲ slower") == 500); // a tenth of them
    CHECK(page.size() < 4'000'000);
}

} // namespace html_test
