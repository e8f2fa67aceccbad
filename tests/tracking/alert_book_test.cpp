// Alerts: one for each cause, told once.
#include "told_histories.hpp"
#include "tracking/alert_answers.hpp"
#include "tracking/alert_snooze.hpp"

#include <limits>

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::kAdd;
using history::test::on_every_store;
using history::test::run;
using history::test::uuid;
using verdict::AlertState;

namespace {

// Tells values run by run, with an analysis after each; gives the number of the next run.
int lived_through(history::Store& store, const std::vector<double>& values, int next) {
    for (const double value : values) {
        tell(store, next++, {{"add", value}});
        analysed(store);
    }
    return next;
}

} // namespace

// Section 17 of the specification of tracking.
TEST_CASE("a level shift of 30 runs is told once, its end once, and a second shift anew") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        int next = lived_through(store, steady(30, 10, 2), 21);
        CHECK(notifications(store) == 1);
        REQUIRE(store.alerts()->size() == 1);
        CHECK(store.alerts()->front().state == "open");
        next = lived_through(store, steady(20, 8, 3), next);
        CHECK(notifications(store) == 2);
        REQUIRE(store.alerts()->size() == 1);
        CHECK(store.alerts()->front().state == "fixed");
        lived_through(store, steady(20, 10, 4), next);
        CHECK(notifications(store) == 3);
        REQUIRE(store.alerts()->size() == 2);
        CHECK(store.alerts()->back().state == "open");
        CHECK(store.alerts()->front().state == "fixed");
    });
}

TEST_CASE("an alert is a candidate until five runs confirm it, and names what lies around it") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(4, 10, 2), 21);
        const Shown young = analysed(store);
        CHECK(young.only_alert().state == AlertState::candidate);
        CHECK_FALSE(is_new(young.only_alert(), young.analysis.lines));
        CHECK(notifications(store) == 0);
        tell(store, "add", steady(1, 10, 3), 25);
        const Shown sure = analysed(store);
        const BranchAlert& alert = sure.only_alert();
        CHECK(alert.state == AlertState::open);
        CHECK(alert.was == "candidate");
        CHECK(alert.row.id == store.alerts()->front().id);
        CHECK(is_new(alert, sure.analysis.lines));
        CHECK(sure.analysis.lines.runs[*alert.last_good].uuid == uuid(20));
        CHECK(sure.analysis.lines.runs[*alert.first_bad].uuid == uuid(21));
        CHECK(alert.row.opened_run == uuid(25));
        CHECK(alert.row.severity == "severe");
        CHECK(alert.row.title.find("% worse") != std::string::npos);
        tell(store, "add", steady(1, 10, 4), 26);
        const Shown later = analysed(store);
        CHECK_FALSE(is_new(later.only_alert(), later.analysis.lines));
        CHECK(store.alerts()->front().opened_run == uuid(25));
        CHECK(store.alerts()->front().last_run == uuid(26));
    });
}

TEST_CASE("series that changed between the same runs are one alert, another step is another") {
    on_every_store([](history::Store& store) {
        const auto add = steady(40, 1, 1);
        const auto sub = steady(40, 1, 2);
        const auto mul = steady(40, 1, 3);
        for (std::size_t i = 0; i < 40; ++i) {
            tell(store,
                 static_cast<int>(i) + 1,
                 {{"add", add[i] * (i < 20 ? 1 : 1.3)},
                  {"sub", sub[i] * (i < 20 ? 1 : 1.5)},
                  {"mul", mul[i] * (i < 30 ? 1 : 1.2)}});
        }
        const Shown shown = analysed(store);
        REQUIRE(shown.book.alerts.size() == 2);
        const BranchAlert& both = shown.book.alerts.front();
        REQUIRE(both.members.size() == 2);
        CHECK(shown.analysis.lines.lines[both.members.front().line].row.series.family == "sub");
        CHECK(both.row.title.find("and 1 more") != std::string::npos);
        CHECK(both.row.severity == "severe");
        CHECK(shown.book.alerts.back().members.size() == 1);
    });
}

// Two series that get worse with one commit, the second so late that nobody has seen it when the
// first is answered.
TEST_CASE("a series that joins what somebody has acknowledged or snoozed is an alert of its own") {
    for (const bool snoozed : {false, true}) {
        on_every_store([snoozed](history::Store& store) {
            const auto add = steady(30, 1, 1);
            const auto sub = steady(30, 1, 2);
            const auto told_up_to = [&](std::size_t from, std::size_t to) {
                for (std::size_t i = from; i < to; ++i) {
                    // Of the runs 21 to 25 nobody has recorded the other series yet.
                    Figures figures{{"add", add[i] * (i < 20 ? 1 : 1.3)}};
                    if (i < 20 || i >= 25) {
                        figures.emplace_back("sub", sub[i] * (i < 20 ? 1 : 1.5));
                    }
                    tell(store, static_cast<int>(i) + 1, figures);
                }
            };
            told_up_to(0, 25);
            REQUIRE(analysed(store).only_alert().state == AlertState::open);
            const std::string number = std::to_string(store.alerts()->front().id);
            if (snoozed) {
                const std::int64_t never = std::numeric_limits<std::int64_t>::max();
                REQUIRE(snooze_alert(store, {.alert = number, .until = never, .now = 1}).ok());
            } else {
                REQUIRE(answer_alert(store, {.alert = number, .now = 1}).ok());
            }
            told_up_to(25, 30);
            const Shown shown = analysed(store);
            REQUIRE(shown.book.alerts.size() == 2);
            CHECK(shown.book.alerts.front().members.size() == 1);
            CHECK(shown.book.alerts.front().joins == 0);
            const BranchAlert& joined = shown.book.alerts.back();
            CHECK(joined.state == AlertState::open);
            CHECK(joined.row.title.starts_with("sums/sub"));
            CHECK(joined.joins == shown.book.alerts.front().row.id);
            CHECK(is_new(joined, shown.analysis.lines));
            CHECK(notifications(store) == 2);
            const Shown again = analysed(store); // what it joined is kept
            REQUIRE(again.book.alerts.size() == 2);
            CHECK(again.book.alerts.back().joins == joined.joins);
        });
    }
}

TEST_CASE("a step to the better, and one of a metric without direction, alarm nobody") {
    on_every_store([](history::Store& store) {
        const auto values = steady(40, 8);
        for (std::size_t i = 0; i < values.size(); ++i) {
            history::Run one = run(static_cast<int>(i) + 1);
            history::Point better = history::test::point("add", values[i] * (i < 20 ? 1 : 0.7));
            history::Point neither = history::test::point("sub", values[i] * (i < 20 ? 1 : 1.5));
            neither.series.direction = measure::Direction::none;
            one.points = {better, neither};
            REQUIRE(store.record(one).ok());
        }
        const Shown shown = analysed(store);
        CHECK(shown.book.alerts.empty());
        CHECK(store.change_points(std::nullopt)->size() == 2);
        CHECK(notifications(store) == 0);
    });
}

TEST_CASE("a change keeps its id when later runs move it, and one that is gone is marked so") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(8, 10, 2), 21);
        analysed(store);
        const auto before = store.change_points(std::nullopt);
        REQUIRE(before->size() == 1);
        // The last good run turns out to have been bad, and is taken out.
        REQUIRE(store.exclude(uuid(20), std::nullopt, true).ok());
        analysed(store);
        const auto moved = store.change_points(std::nullopt);
        REQUIRE(moved->size() == 1);
        CHECK(moved->front().id == before->front().id);
        CHECK(moved->front().last_good == uuid(19));
        CHECK(store.alerts()->size() == 1);
        for (int number = 21; number <= 28; ++number) {
            REQUIRE(store.exclude(uuid(number), std::nullopt, true).ok());
        }
        analysed(store);
        CHECK(store.change_points(std::nullopt)->front().state == "gone");
        CHECK(store.alerts()->front().state == "fixed");
    });
}

TEST_CASE("the same analysis again writes nothing") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(8, 10, 2), 21);
        analysed(store);
        const BranchAnalysis again = looked_at(store);
        const auto book = open_alert_book(store, again, history::test::kStart + 1);
        REQUIRE(book.ok());
        CHECK(book->record.empty());
    });
}

TEST_CASE("alerts of another branch are left alone") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(8, 10, 2), 21);
        analysed(store);
        for (int number = 101; number <= 110; ++number) {
            history::Run one = run(number, {{"add", 8}});
            one.git.branch = "topic";
            REQUIRE(store.record(one).ok());
        }
        const BranchAnalysis topic = looked_at(store, {.branch = "topic"});
        auto book = open_alert_book(store, topic, 0);
        REQUIRE(book.ok());
        CHECK(book->alerts.empty());
        REQUIRE(keep_alert_book(store, *book).ok());
        CHECK(store.alerts()->front().state == "open");
        CHECK(store.change_points(std::nullopt)->front().state == "confirmed");
    });
}

TEST_CASE("an analysis that somebody overtook is refused whole") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(4, 10, 2), 21);
        analysed(store);
        tell(store, "add", steady(1, 10, 3), 25);
        const BranchAnalysis slow = looked_at(store);
        auto late = open_alert_book(store, slow, 0);
        REQUIRE(late.ok());
        analysed(store); // opens it
        const Status kept = keep_alert_book(store, *late);
        REQUIRE_FALSE(kept.ok());
        CHECK(kept.error().message.find("somebody else") != std::string::npos);
        CHECK(notifications(store) == 1);
    });
}
