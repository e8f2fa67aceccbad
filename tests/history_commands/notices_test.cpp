// Who is told of alerts, by `assay analyze` and `assay gate`: a real receiver of HTTP, and an
// outbox where it does not listen.
#include "http_receiver.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace notices_test {

using namespace assay;
using namespace assay::test;

namespace {

std::vector<double> about(std::size_t n, double level) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        const double off = static_cast<double>((i * 7 + 3) % 11) - 5;
        values.push_back(level * (1 + 0.002 * off));
    }
    return values;
}

void slowed_down(const ToldProject& project) {
    project.record_all(about(20, 8));
    project.record_all(about(8, 10), 21);
}

// The same of a second series, which got worse with the same commit.
void record_both(const ToldProject& project, std::size_t from, std::size_t to, bool second) {
    const std::vector<double> before = about(20, 8);
    const std::vector<double> after = about(20, 10);
    for (std::size_t i = from; i < to; ++i) {
        history::Run run =
            told(static_cast<int>(i) + 1, i < before.size() ? before[i] : after[i - before.size()]);
        if (second) {
            history::Point other = run.points.front();
            other.series.case_id = "sums/sub[n=64]";
            other.series.family = "sub";
            run.points.push_back(std::move(other));
        }
        project.record(run);
    }
}

std::map<std::string, std::string> told_to(const HttpReceiver& receiver) {
    return {{"PERFORMANCE_ALERT_WEBHOOK", receiver.url("/T0/secret")}};
}

} // namespace

TEST_CASE("an alert is sent once, by the analysis that opens it") {
    const HttpReceiver receiver;
    const ToldProject project;
    slowed_down(project);
    const auto first = project.assay({"analyze"}, told_to(receiver));
    CHECK(first.exit_code == 0);
    CHECK_MESSAGE(has(first.err, "1 alert was sent"), first.err);
    CHECK(project.assay({"analyze"}, told_to(receiver)).exit_code == 0);
    REQUIRE(receiver.taken().size() == 1);
    CHECK(has(receiver.taken()[0].body, kCase));
    CHECK(has(receiver.taken()[0].body, " s → "));
}

TEST_CASE("a receiver that fails decides nothing: the alert waits and is sent later") {
    HttpReceiver receiver(HttpAnswers{{503}, {503}, {503}, {200}});
    const ToldProject project;
    slowed_down(project);
    const auto analysed = project.assay({"analyze"}, told_to(receiver));
    CHECK(analysed.exit_code == 0);
    CHECK_MESSAGE(has(analysed.err, "127.0.0.1 answered 503"), analysed.err);
    CHECK_FALSE(has(analysed.err + analysed.out, "secret"));
    const auto listed = project.assay({"analyze", "send", "--dry-run"});
    CHECK(listed.exit_code == 0);
    CHECK_MESSAGE(has(listed.out, "127.0.0.1 answered 503"), listed.out);
    CHECK(has(listed.out, "webhook/"));
    // A minute has not passed.
    const auto early = project.assay({"analyze", "send"}, told_to(receiver));
    CHECK(early.exit_code == 5);
    CHECK(has(early.out, "0 sent, 1 waiting"));
    CHECK(receiver.taken().size() == 3);
    const auto now = project.assay({"analyze", "send", "--all"}, told_to(receiver));
    CHECK_MESSAGE(now.exit_code == 0, now.err);
    CHECK(has(now.out, "1 sent, 0 waiting"));
    CHECK(receiver.taken().size() == 4);
    CHECK(has(project.assay({"analyze", "send", "--dry-run"}).err, "nothing waits"));
}

TEST_CASE("in a shared history nobody sends what is meant for another receiver") {
    const HttpReceiver ours;
    const HttpReceiver theirs(HttpAnswers{{500}});
    const ToldProject project;
    slowed_down(project);
    CHECK(project.assay({"analyze"}, told_to(theirs)).exit_code == 0);
    const auto sent = project.assay({"analyze", "send", "--all"}, told_to(ours));
    CHECK(has(sent.out, "1 sent, 0 waiting, 1 not for us")); // one of our own
    CHECK(ours.taken().size() == 1);
    CHECK(has(project.assay({"analyze", "send", "--dry-run"}).out, "webhook/"));
    CHECK(has(project.assay({"analyze", "send", "--dry-run"}, told_to(ours)).out, "not ours"));
}

TEST_CASE("a gate that asks for new alerts tells them too") {
    const HttpReceiver receiver;
    const ToldProject project;
    slowed_down(project);
    project.box().write(".assay/gates.json",
                        R"({"schema":"assay.gates/1","rules":[)"
                        R"({"id":"alerts","kind":"no_new_alerts"}]})");
    const auto gated =
        project.assay({"gate", "--skip-run", "--platform", kLabel}, told_to(receiver));
    INFO(gated.err);
    CHECK(receiver.taken().size() == 1);
}

TEST_CASE("a series that joins an acknowledged alert is told, fails the gate and is named") {
    const HttpReceiver receiver;
    const ToldProject project;
    project.box().write(".assay/gates.json",
                        R"({"schema":"assay.gates/1","rules":[)"
                        R"({"id":"alerts","kind":"no_new_alerts","evidence":"history"}]})");
    record_both(project, 0, 20, true);
    record_both(project, 20, 26, false);
    CHECK(project.assay({"analyze"}, told_to(receiver)).exit_code == 0);
    REQUIRE(receiver.taken().size() == 1);
    CHECK(project.assay({"analyze", "ack", "1"}).exit_code == 0);
    record_both(project, 26, 32, true);
    const std::vector<std::string> gate{"gate", "--skip-run", "--run", "latest"};
    const auto judged = project.assay(gate, told_to(receiver));
    CHECK_MESSAGE(has(judged.out, "found since alert 1 of the same commits was"), judged.out);
    CHECK_FALSE(has(judged.out, "PASS"));
    REQUIRE(receiver.taken().size() == 2);
    CHECK(has(receiver.taken()[1].body, "sums/sub"));
    CHECK(has(receiver.taken()[1].body, "found since alert 1"));
    const auto shown = project.assay({"analyze"});
    CHECK_MESSAGE(has(shown.out, "alert 2 joined since alert 1"), shown.out);
    const auto older = project.assay({"gate", "--skip-run", "--run", told_uuid(30)});
    CHECK(has(older.out, "NOTHING"));
    CHECK_MESSAGE(has(older.out, "this is an older one"), older.out);
}

TEST_CASE("a snoozed alert says so in its row") {
    const ToldProject project;
    slowed_down(project);
    CHECK(project.assay({"analyze"}).exit_code == 0);
    CHECK(project.assay({"analyze", "snooze", "1", "--until", "2099-01-01"}).exit_code == 0);
    const auto shown = project.assay({"analyze"});
    CHECK_MESSAGE(has(shown.out, ", snoozed "), shown.out);
    CHECK(has(shown.out, "severity is that of the step from level to level"));
}

TEST_CASE("a CI job that only judges what is recorded tells its alerts, with no rule about them") {
    const HttpReceiver receiver;
    const ToldProject project;
    slowed_down(project);
    auto environment = told_to(receiver);
    environment["PERFORMANCE_PLATFORM"] = kLabel;
    const auto judged = project.assay({"run", "--ci", "--skip-run"}, environment);
    CHECK_MESSAGE(has(judged.err, "1 alert was sent"), judged.err);
    REQUIRE(receiver.taken().size() == 1);
    CHECK(has(receiver.taken()[0].body, kCase));
}

TEST_CASE("what was opened before a receiver was named is sent to it, as the dry run says") {
    const HttpReceiver receiver;
    const ToldProject project;
    slowed_down(project);
    CHECK(project.assay({"analyze"}).exit_code == 0);
    CHECK(has(project.assay({"analyze", "send", "--dry-run"}).err, "nobody is named"));
    const auto listed = project.assay({"analyze", "send", "--dry-run"}, told_to(receiver));
    CHECK_MESSAGE(has(listed.out, "now"), listed.err);
    CHECK(has(listed.out, "open"));
    CHECK(receiver.taken().empty());
    const auto sent = project.assay({"analyze", "send"}, told_to(receiver));
    CHECK_MESSAGE(has(sent.out, "1 sent, 0 waiting"), sent.err);
    REQUIRE(receiver.taken().size() == 1);
    CHECK(has(receiver.taken()[0].body, kCase));
    CHECK(has(project.assay({"analyze", "send"}, told_to(receiver)).out, "0 sent, 0 waiting"));
    CHECK(has(project.assay({"analyze", "send", "--dry-run"}, told_to(receiver)).err,
              "nothing waits"));
}

TEST_CASE("a look tells nobody, and nobody named is a usage error of the command that sends") {
    const HttpReceiver receiver;
    const ToldProject project;
    slowed_down(project);
    CHECK(project.assay({"analyze", "--dry-run"}, told_to(receiver)).exit_code == 0);
    CHECK(receiver.taken().empty());
    const auto sent = project.assay({"analyze", "send"});
    CHECK(sent.exit_code == 2);
    CHECK(has(sent.err, "PERFORMANCE_ALERT_WEBHOOK"));
}

TEST_CASE("an address that is none is told, and the alert waits") {
    const ToldProject project;
    slowed_down(project);
    const auto analysed =
        project.assay({"analyze"}, {{"PERFORMANCE_ALERT_WEBHOOK", "hooks.example.org/secret"}});
    CHECK(analysed.exit_code == 0);
    CHECK_MESSAGE(
        has(analysed.err, "PERFORMANCE_ALERT_WEBHOOK begins with neither https:// nor http://"),
        analysed.err);
    CHECK_FALSE(has(analysed.err, "secret"));
    const auto odd =
        project.assay({"analyze", "send", "--all"},
                      {{"PERFORMANCE_ALERT_WEBHOOK", "htp://hooks.example.org/secret"}});
    CHECK_MESSAGE(has(odd.err, "PERFORMANCE_ALERT_WEBHOOK begins with 'htp://', neither"), odd.err);
    CHECK_FALSE(has(odd.err, "secret"));
    CHECK(has(project.assay({"analyze", "send", "--dry-run"}).out, "open"));
}

} // namespace notices_test
