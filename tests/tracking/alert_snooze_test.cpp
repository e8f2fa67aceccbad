// Nobody is told of an alert for a while; everything else goes on.
#include "told_histories.hpp"
#include "tracking/alert_answers.hpp"
#include "tracking/alert_snooze.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::has;
using history::test::kDay;
using history::test::kStart;
using history::test::on_every_store;

namespace {

// An open alert; its number.
std::string alarmed(history::Store& store) {
    tell(store, "add", steady(20, 8));
    tell(store, "add", steady(8, 10, 2), 21);
    return std::to_string(analysed(store).only_alert().row.id);
}

SnoozeRequest until(const std::string& alert, std::int64_t when) {
    return {.alert = alert, .until = when, .why = "after the release", .who = "ada", .now = kStart};
}

history::AlertRow stored(history::Store& store) {
    const auto rows = store.alerts();
    REQUIRE(rows.ok());
    REQUIRE(rows->size() == 1);
    return rows->front();
}

} // namespace

TEST_CASE("a snoozed alert keeps its state and says since when, by whom and why") {
    on_every_store([](history::Store& store) {
        const std::string alert = alarmed(store);
        const auto done = snooze_alert(store, until(alert, kStart + kDay));
        REQUIRE_MESSAGE(done.ok(), done.error().message);
        const history::AlertRow row = stored(store);
        CHECK(row.state == "open");
        CHECK(row.snoozed_until == kStart + kDay);
        CHECK(is_snoozed(row, kStart));
        CHECK_FALSE(is_snoozed(row, kStart + kDay)); // by itself, when the time has come
        const auto events = store.alert_events(row.id);
        REQUIRE(events.ok());
        const history::AlertEventRow& last = events->back();
        CHECK(last.from_state == "open");
        CHECK(last.to_state == "open");
        CHECK(last.who == "ada");
        CHECK(has(last.note, "snoozed until 2023-11-15T22:13:20"));
        CHECK(has(last.note, "after the release"));
        CHECK(notifications(store) == 1); // of its opening; snoozing tells nobody
    });
}

TEST_CASE("a snoozed alert goes from state to state as ever and stays snoozed") {
    on_every_store([](history::Store& store) {
        const std::string alert = alarmed(store);
        REQUIRE(snooze_alert(store, until(alert, kStart + kDay)).ok());
        CHECK(answer_alert(store, {.alert = alert, .who = "ada", .now = kStart}).ok());
        CHECK(stored(store).state == "acknowledged");
        tell(store, "add", steady(12, 8, 3), 29);
        analysed(store);
        CHECK(stored(store).state == "fixed");
        CHECK(stored(store).snoozed_until == kStart + kDay);
    });
}

TEST_CASE("an analysis that began before does not undo that an alert was snoozed") {
    on_every_store([](history::Store& store) {
        const std::string alert = alarmed(store);
        tell(store, "add", steady(1, 10, 3), 29);
        const BranchAnalysis analysis = looked_at(store);
        auto book = open_alert_book(store, analysis, kStart);
        REQUIRE(book.ok());
        REQUIRE(snooze_alert(store, until(alert, kStart + kDay)).ok());
        REQUIRE_FALSE(book->record.alerts.empty());
        REQUIRE(keep_alert_book(store, *book).ok());
        CHECK(stored(store).snoozed_until == kStart + kDay);
        CHECK(stored(store).last_run == history::test::uuid(29));
    });
}

TEST_CASE("a snoozed alert can be woken, and one that is awake cannot") {
    on_every_store([](history::Store& store) {
        const std::string alert = alarmed(store);
        const auto awake = snooze_alert(store, until(alert, kStart));
        REQUIRE_FALSE(awake.ok());
        CHECK(awake.error().kind == ErrorKind::usage);
        CHECK(has(awake.error().message, "is not snoozed"));
        REQUIRE(snooze_alert(store, until(alert, kStart + kDay)).ok());
        REQUIRE(snooze_alert(store, until(alert, kStart)).ok());
        CHECK_FALSE(stored(store).snoozed_until.has_value());
        CHECK(has(store.alert_events(stored(store).id)->back().note, "snoozed no longer"));
    });
}

TEST_CASE("an unknown alert and one that was accepted cannot be snoozed") {
    on_every_store([](history::Store& store) {
        const std::string alert = alarmed(store);
        const auto unknown = snooze_alert(store, until("77", kStart + kDay));
        REQUIRE_FALSE(unknown.ok());
        CHECK(has(unknown.error().message, "no alert '77'"));
        REQUIRE(answer_alert(store,
                             {.alert = alert,
                              .answer = verdict::AlertAnswer::expect,
                              .why = "exact search",
                              .who = "ada",
                              .now = kStart})
                    .ok());
        const auto expected = snooze_alert(store, until(alert, kStart + kDay));
        REQUIRE_FALSE(expected.ok());
        CHECK(expected.error().kind == ErrorKind::usage);
        CHECK_FALSE(stored(store).snoozed_until.has_value());
    });
}
