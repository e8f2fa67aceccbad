// The page as bytes: it asks for nothing, obeys nothing foreign, and is there without script.
#include "shown_project.hpp"
#include "support/sha256.hpp"

#include <doctest/doctest.h>

#include <cctype>

namespace page_test {

using namespace assay;
using namespace assay::test;

namespace {

// Base64 of the digest that is given in hexadecimal digits.
std::string base64_of_hex(const std::string& hex) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bits;
    for (const char c : hex) {
        const auto digit = static_cast<unsigned>(std::stoi(std::string(1, c), nullptr, 16));
        for (unsigned bit = 8; bit > 0; bit /= 2) {
            bits += (digit & bit) != 0 ? '1' : '0';
        }
    }
    bits.append((6 - bits.size() % 6) % 6, '0');
    std::string text;
    for (std::size_t i = 0; i < bits.size(); i += 6) {
        text += kDigits[static_cast<std::size_t>(std::stoi(bits.substr(i, 6), nullptr, 2))];
    }
    return text.append((4 - text.size() % 4) % 4, '=');
}

std::string hash_of(const std::string& content) {
    Sha256 hash;
    hash.update(content);
    return "'sha256-" + base64_of_hex(hash.finish()) + "'";
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE("the page's policy allows its own script and style by their hashes and nothing else") {
    const ShownProject project({.series = 6, .runs = 30});
    const std::string page = project.page();
    const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    CHECK(policy.starts_with("default-src 'none'; "));
    CHECK_FALSE(contains(policy, "unsafe"));
    CHECK_FALSE(contains(policy, "http"));
    CHECK(contains(policy, "style-src " + hash_of(between(page, "<style>", "</style>"))));
    CHECK(count(page, "<style") == 1);
    CHECK(count(page, "<script") == (contains(policy, "script-src") ? 2 : 0));
    if (contains(policy, "script-src")) {
        CHECK(contains(policy, "script-src " + hash_of(between(page, "<script>", "</script>"))));
    }
}

TEST_CASE("the page names nothing outside of itself") {
    const ShownProject project({.series = 6, .runs = 30});
    const std::string page = project.page();
    for (const char* const reference : {"src=",
                                        "url(",
                                        "@import",
                                        "<link",
                                        "<img",
                                        "<iframe",
                                        "<object",
                                        "<base",
                                        "srcset",
                                        "fetch(",
                                        "XMLHttpRequest",
                                        "WebSocket(",
                                        "import(",
                                        "sendBeacon",
                                        " style="}) {
        CHECK_MESSAGE(!contains(page, reference), reference);
    }
    for (std::size_t at = page.find("href=\""); at != std::string::npos;
         at = page.find("href=\"", at + 1)) {
        CHECK(page.compare(at, 7, "href=\"#") == 0);
    }
}

TEST_CASE("names that want to be markup, leave their quotes or turn the text around stay text") {
    const ShownProject project({.series = 4, .runs = 30, .hostile = true});
    const std::string page = project.page();
    CHECK_FALSE(contains(page, "<script>alert"));
    CHECK(contains(page, "evil/&lt;script&gt;alert(1)&lt;/script&gt;[q=&quot;"));
    CHECK(contains(page, "evil/\\u003cscript\\u003ealert(1)"));
    CHECK_FALSE(contains(page, "\xe2\x80\xae"));
}

TEST_CASE("an alert that is known or snoozed is no longer loud and asks for nothing done already") {
    const ShownProject project({.series = 6, .runs = 40});
    const auto alerts = [&] {
        return between(project.page(), "<section id=\"alerts\">", "</section>");
    };
    REQUIRE(project.box().assay({"analyze"}).exit_code == 0);
    const std::string fresh = alerts();
    CHECK(contains(fresh, "<tr class=\"worse\">"));
    CHECK(contains(fresh, "analyze ack 1"));
    CHECK(contains(fresh, " % worse)"));
    CHECK_FALSE(contains(fresh, "(+"));
    REQUIRE(project.box().assay({"analyze", "ack", "1"}).exit_code == 0);
    CHECK_FALSE(contains(alerts(), "analyze ack 1"));
    CHECK(contains(alerts(), "analyze expect 1"));
    REQUIRE(project.box().assay({"analyze", "reopen", "1"}).exit_code == 0);
    REQUIRE(project.box().assay({"analyze", "snooze", "1", "--until", "14d"}).exit_code == 0);
    CHECK(contains(between(alerts(), "<tbody>", "<td class=\"n\">1<"), "<tr class=\"open\">"));
}

TEST_CASE("without script the page has its verdicts, trends, alerts and noise") {
    const ShownProject project({.series = 6, .runs = 40});
    const std::string page = project.page();
    const std::string overview =
        between(page, "<section id=\"overview\">", "<section id=\"series\"");
    CHECK(contains(overview, "regressed in the newest run"));
    CHECK(count(overview, "<tr class=") == 6);
    CHECK(count(overview, "<td class=\"h\"><svg ") == 6);
    CHECK(contains(overview, "▲ regressed"));
    CHECK(contains(between(page, "<noscript>", "</noscript>"), "<svg"));
    CHECK(contains(between(page, "<section id=\"alerts\">", "</section>"), "▲ open, new"));
    const std::string noise = between(page, "<section id=\"noise\">", "</section>");
    CHECK(contains(noise, "Noise of the machines"));
    CHECK(contains(noise, "smallest change"));
}

TEST_CASE("what the page does not know is a dash, and never 0") {
    const ShownShape shape{.series = 6, .runs = 40};
    const ShownProject project(shape);
    const std::string page = project.page();
    const std::string row = between(page, "<tr class=\"failed\"", "</tr>");
    CHECK(contains(row, "✗ crashed"));
    CHECK(
        contains(row, "<td class=\"n b\">–</td><td class=\"n o\">–</td><td class=\"n d\">–</td>"));
}

} // namespace page_test
