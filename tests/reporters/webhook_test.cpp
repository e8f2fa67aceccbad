// The reporter "webhook" against a real receiver: what it sends, how often, and what it says of it.
#include "canned_gates.hpp"
#include "golden.hpp"
#include "http_receiver.hpp"
#include "report/reporter_host.hpp"
#include "support/json.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <unistd.h>
#include <utility>

namespace webhook_test {

using namespace assay;
using namespace assay::report;
using assay::test::HttpAnswers;
using assay::test::HttpReceiver;
using assay::test::HttpTaken;

namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

json::object change(const std::string& id, double before, double after) {
    return {{"case", id},
            {"metric", "time"},
            {"unit", "s"},
            {"before", before},
            {"after", after},
            {"change", after / before - 1},
            {"worse", true}};
}

Event alert(const std::string& title, const std::string& state = "open") {
    Event event;
    event.kind = EventKind::alert;
    event.fields["alert"] =
        json::object{{"schema", "assay.alert/1"},
                     {"key", "change:1"},
                     {"state", state},
                     {"severity", "severe"},
                     {"kind", "regression"},
                     {"title", title},
                     {"project", "router"},
                     {"branch", "main"},
                     {"platform", {{"label", "lab_8c"}, {"fingerprint", "f"}}},
                     {"last_good", {{"run", "1111"}, {"commit", "aaaaaaaaaaaaaaaaaaaa"}}},
                     {"first_bad", {{"run", "2222"}, {"commit", "bbbbbbbbbbbbbbbbbbbb"}}},
                     {"changes", json::array{change("router/parse[n=64]", 8e-9, 10e-9)}}};
    return event;
}

// What became of it: the receipt, or why the reporter failed.
struct Outcome {
    std::optional<Error> failure = {};
    json::object receipt = {};
    std::vector<std::string> said = {}; // in its log
};

Outcome told(const std::vector<Event>& events, const std::string& url, Options options) {
    ::setenv("PERFORMANCE_ALERT_WEBHOOK", url.c_str(), 1);
    Outcome outcome;
    ReporterEnvironment environment;
    environment.log = [&outcome](const std::string&, std::int32_t, std::string_view text) {
        outcome.said.emplace_back(text);
    };
    options.emplace_back("first_wait_s", "0.01");
    const auto text = std::make_shared<std::string>();
    auto receiver = open_reporter({.name = "webhook", .path = {}, .options = std::move(options)},
                                  plugin_path("webhook"),
                                  environment,
                                  text_sink(text));
    if (!receiver) {
        outcome.failure = receiver.error();
        return outcome;
    }
    Status status;
    for (const Event& event : events) {
        status = status ? (*receiver)->on_event(event) : status;
    }
    status = status ? (*receiver)->finish() : status;
    if (!status) {
        outcome.failure = status.error();
        return outcome;
    }
    outcome.receipt = parse_json(*text)->as_object();
    return outcome;
}

Outcome told(const std::vector<Event>& events, const HttpReceiver& receiver, Options options = {}) {
    return told(events, receiver.url("/services/T0/secret"), std::move(options));
}

json::object body_of(const HttpTaken& taken) {
    return parse_json(taken.body)->as_object();
}

std::string section(const json::object& body, std::size_t block) {
    return std::string(
        body.at("blocks").as_array().at(block).as_object().at("text").at("text").as_string());
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace

TEST_CASE("an alert is sent as Slack takes it, with figures, commits and place") {
    const HttpReceiver receiver;
    const Outcome outcome = told({alert("router/parse time 25.0 % worse")}, receiver);
    CHECK_FALSE(outcome.failure);
    CHECK(outcome.receipt.at("delivered") == json::value(true));
    CHECK(outcome.receipt.at("attempts").to_number<int>() == 1);
    REQUIRE(receiver.taken().size() == 1);
    const HttpTaken taken = receiver.taken()[0];
    CHECK(taken.line == "POST /services/T0/secret HTTP/1.1");
    CHECK(taken.headers.at("content-type") == "application/json; charset=utf-8");
    CHECK(taken.headers.count("x-assay-signature-256") == 0);
    const json::object body = body_of(taken);
    CHECK(body.at("text") == json::value("Assay: router/parse time 25.0 % worse (open)"));
    const std::string text = section(body, 0);
    CHECK(has(text, "*router/parse time 25.0 % worse*"));
    CHECK(has(text, "open: regression, severe"));
    CHECK(has(text, "router, branch main, on lab_8c"));
    CHECK(has(text, "after `aaaaaaaaaaaa`, up to `bbbbbbbbbbbb`"));
    CHECK(has(text, "router/parse[n=64] time: 8.000 ns → 10.00 ns (25.0 % worse)"));
}

TEST_CASE("several alerts are one message, and 60 of them fit in 50 blocks that say so") {
    const HttpReceiver receiver;
    const std::vector<Event> many(60, alert("one"));
    CHECK_FALSE(told(many, receiver).failure);
    REQUIRE(receiver.taken().size() == 1);
    const json::object body = body_of(receiver.taken()[0]);
    CHECK(body.at("blocks").as_array().size() == 50);
    CHECK(has(section(body, 49), "and 11 more alerts"));
    CHECK(has(std::string(body.at("text").as_string()), "60 alerts"));
}

TEST_CASE("hostile names of cases mention nobody and link nowhere") {
    const HttpReceiver receiver;
    CHECK_FALSE(told({alert("<!channel> <https://evil|x> & \"q\"\n*b* \xFF")}, receiver).failure);
    const HttpTaken taken = receiver.taken().at(0);
    const std::string text = section(body_of(taken), 0);
    CHECK(has(text, "&lt;!channel&gt; &lt;https://evil|x&gt; &amp;"));
    CHECK_FALSE(has(text, "<"));
}

TEST_CASE("a body is signed with the secret as its receiver computes it") {
    // The example of GitHub's documentation of webhooks cannot be sent from here: its body is no
    // message. So the receiver's side is computed from RFC 2104 by `openssl dgst`.
    const HttpReceiver receiver;
    ::setenv("ASSAY_WEBHOOK_SECRET", "It's a Secret to Everybody", 1);
    CHECK_FALSE(told({alert("one")}, receiver).failure);
    ::unsetenv("ASSAY_WEBHOOK_SECRET");
    const HttpTaken taken = receiver.taken().at(0);
    const std::string file = "webhook_body_" + std::to_string(::getpid());
    {
        std::ofstream out(file, std::ios::binary);
        out << taken.body;
    }
    std::FILE* const pipe =
        ::popen(("openssl dgst -sha256 -hmac \"It's a Secret to Everybody\" " + file).c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 256> line{};
    const bool read = std::fgets(line.data(), line.size(), pipe) != nullptr;
    ::pclose(pipe);
    ::unlink(file.c_str());
    REQUIRE(read);
    const std::string digest = taken.headers.at("x-assay-signature-256");
    REQUIRE(digest.starts_with("sha256="));
    CHECK(has(line.data(), digest.substr(7)));
}

TEST_CASE("an error of the receiver is tried again, a refusal is not") {
    const HttpReceiver failing(HttpAnswers{{500}, {0}, {200}});
    const Outcome outcome = told({alert("one")}, failing);
    CHECK_FALSE(outcome.failure);
    CHECK(outcome.receipt.at("attempts").to_number<int>() == 3);
    CHECK(failing.taken().size() == 3);
    CHECK(failing.taken()[0].body == failing.taken()[2].body);
    const HttpReceiver refusing(HttpAnswers{{404}});
    const Outcome refused = told({alert("one")}, refusing);
    REQUIRE(refused.failure);
    CHECK(has(refused.failure->message, "127.0.0.1 answered 404 (1 attempt)"));
    CHECK(refusing.taken().size() == 1);
}

TEST_CASE("what a receiver asks for with Retry-After is honoured, or told where it is too long") {
    const HttpReceiver soon(HttpAnswers{{429, "0"}, {200}});
    CHECK_FALSE(told({alert("one")}, soon).failure);
    CHECK(soon.taken().size() == 2);
    const HttpReceiver late(HttpAnswers{{429, "3600"}});
    const Outcome outcome = told({alert("one")}, late, {{"undelivered", "receipt"}});
    CHECK_FALSE(outcome.failure);
    CHECK(outcome.receipt.at("delivered") == json::value(false));
    CHECK(outcome.receipt.at("retry_after_s").to_number<int>() == 3600);
    CHECK(outcome.receipt.at("status").to_number<int>() == 429);
    CHECK(late.taken().size() == 1);
}

TEST_CASE("a receiver that never answers is given up after the time that was set") {
    const HttpReceiver silent(HttpAnswers{{-1}});
    const Outcome outcome = told({alert("one")}, silent, {{"attempts", "1"}, {"timeout_s", "0.2"}});
    REQUIRE(outcome.failure);
    CHECK(has(outcome.failure->message, "did not answer within 200 ms"));
}

TEST_CASE("no word of an error or of the log shows the address beyond its host") {
    const Outcome outcome =
        told({alert("one")}, "http://127.0.0.1:1/T0/secret", {{"attempts", "2"}});
    REQUIRE(outcome.failure);
    CHECK(has(outcome.failure->message, "127.0.0.1 cannot be reached"));
    CHECK_FALSE(has(outcome.failure->message + outcome.failure->hint, "secret"));
    for (const std::string& line : outcome.said) {
        CHECK_FALSE(has(line, "secret"));
    }
    for (const char* wrong : {"ftp://h/secret",
                              "http:///secret",
                              "https://h:x/secret",
                              "https://u:secret@h/",
                              "https://h/se cret",
                              "http://h/secret\r\nX: y"}) {
        CAPTURE(wrong);
        const Outcome refused = told({alert("one")}, std::string(wrong), {});
        REQUIRE(refused.failure);
        CHECK(has(refused.failure->message, "the address of the webhook"));
        CHECK_FALSE(has(refused.failure->message, "secret"));
    }
}

TEST_CASE("a gate that failed is told with its gravest lines, one that passed is not") {
    const HttpReceiver receiver;
    CHECK_FALSE(told(canned::gated_comparison(), receiver).failure);
    REQUIRE(receiver.taken().size() == 1);
    const std::string text = section(body_of(receiver.taken()[0]), 0);
    CHECK(has(text, "• BROKEN router/broken: "));
    CHECK(has(text, "• FAIL router/slower: "));
    CHECK_FALSE(has(text, "• PASS"));
    const Outcome quiet = told(canned::passed_gate(), receiver);
    CHECK_FALSE(quiet.failure);
    CHECK(quiet.receipt.at("delivered").is_null());
    CHECK(receiver.taken().size() == 1);
    CHECK_FALSE(told(canned::passed_gate(), receiver, {{"when", "always"}}).failure);
    CHECK(receiver.taken().size() == 2);
}

TEST_CASE("for programs the documents are sent whole") {
    const HttpReceiver receiver;
    const Event one = alert("one \xE2\x80\xAE two");
    CHECK_FALSE(told({one}, receiver, {{"format", "json"}}).failure);
    const json::object body = body_of(receiver.taken().at(0));
    CHECK(body.at("schema") == json::value("assay.message/1"));
    CHECK(body.at("alerts").as_array().at(0) == one.fields.at("alert"));
}

} // namespace webhook_test
