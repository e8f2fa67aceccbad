// What people say to alerts.
#include "told_histories.hpp"
#include "tracking/alert_answers.hpp"
#include "tracking/judged_run.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::kAdd;
using history::test::on_every_store;
using history::test::run;
using history::test::series_id;
using verdict::AlertAnswer;

namespace {

AlertRequest request(AlertAnswer answer, std::string why = {}, std::string alert = "1") {
    return {.alert = std::move(alert),
            .answer = answer,
            .why = std::move(why),
            .who = "ada",
            .now = history::test::kStart};
}

// Eight runs of a worse level after twenty.
void broken(history::Store& store, int since = 8) {
    tell(store, "add", steady(20, 8));
    tell(store, "add", steady(static_cast<std::size_t>(since), 10, 2), 21);
    analysed(store);
}

// What a run of now would be held against.
double reference(history::Store& store) {
    const history::Run now = run(900, {{"add", 10}});
    const auto rows = store.series({.case_id = kAdd});
    const auto series = series_baselines(store, *rows, {});
    REQUIRE(series.ok());
    const auto choice = baseline_for({.store = store, .run = now}, series->front());
    REQUIRE(choice.ok());
    REQUIRE(choice->baseline);
    return choice->baseline->center;
}

} // namespace

TEST_CASE("an acknowledged alert stays so until it is fixed, and says who knows of it") {
    on_every_store([](history::Store& store) {
        broken(store);
        const auto done = answer_alert(store, request(AlertAnswer::acknowledge, "looking"));
        REQUIRE_MESSAGE(done.ok(), done.error().message);
        CHECK(done->was == "open");
        CHECK(done->alert.state == "acknowledged");
        tell(store, "add", steady(3, 10, 3), 29);
        CHECK(analysed(store).only_alert().row.state == "acknowledged");
        CHECK(store.alerts()->front().owner == "ada");
        CHECK(store.alerts()->front().note == "looking");
        tell(store, "add", steady(8, 8, 4), 32);
        CHECK(analysed(store).only_alert().row.state == "fixed");
        const auto events = store.alert_events(store.alerts()->front().id);
        REQUIRE(events->size() == 3);
        CHECK(events->at(1).who == "ada");
        CHECK(events->at(1).from_state == "open");
        CHECK(events->at(1).to_state == "acknowledged");
        CHECK(events->at(2).to_state == "fixed");
    });
}

TEST_CASE("an expected change makes the new level the baseline, and needs a reason") {
    on_every_store([](history::Store& store) {
        broken(store);
        CHECK(reference(store) == doctest::Approx(8).epsilon(0.02));
        const auto silent = answer_alert(store, request(AlertAnswer::expect, "  "));
        REQUIRE_FALSE(silent.ok());
        CHECK(silent.error().kind == ErrorKind::usage);
        const auto done = answer_alert(store, request(AlertAnswer::expect, "exact search"));
        REQUIRE_MESSAGE(done.ok(), done.error().message);
        REQUIRE(done->accepted.size() == 1);
        CHECK(done->accepted.front().row.center == doctest::Approx(10).epsilon(0.02));
        const auto rows = store.baselines(series_id(store, kAdd));
        REQUIRE(rows->size() == 1);
        CHECK(rows->front().why == "exact search");
        CHECK(rows->front().who == "ada");
        CHECK(rows->front().evidence.size() == 8);
        CHECK(store.change_points(std::nullopt)->front().state == "expected");
        CHECK(reference(store) == doctest::Approx(10).epsilon(0.02));
        // The baseline goes on with its level, and a later analysis leaves the alert alone.
        tell(store, "add", steady(12, 10, 5), 29);
        CHECK(analysed(store).only_alert().row.state == "expected");
        CHECK(reference(store) == doctest::Approx(10).epsilon(0.02));
        CHECK(notifications(store) == 1);
    });
}

TEST_CASE("reopening an expected change gives the old level back") {
    on_every_store([](history::Store& store) {
        broken(store);
        REQUIRE(answer_alert(store, request(AlertAnswer::expect, "a mistake")).ok());
        const auto done = answer_alert(store, request(AlertAnswer::reopen, "not meant to be"));
        REQUIRE_MESSAGE(done.ok(), done.error().message);
        CHECK(done->alert.state == "reopened");
        CHECK(reference(store) == doctest::Approx(8).epsilon(0.02));
        CHECK(store.baselines(std::nullopt)->front().policy == history::kWithdrawn);
        CHECK(analysed(store).only_alert().row.state == "reopened");
    });
}

TEST_CASE("what was said to an alert is no answer any more once it is opened again") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(8, 10, 2), 21);
        analysed(store);
        REQUIRE(answer_alert(store, request(AlertAnswer::acknowledge, "looking into it")).ok());
        const auto done = answer_alert(store, request(AlertAnswer::reopen));
        REQUIRE(done.ok());
        CHECK(done->alert.note.empty());
        CHECK(store.alert_events(done->alert.id)->size() == 3); // they keep it
    });
}

TEST_CASE("reopening gives back the baseline that was set before, whoever set it") {
    on_every_store([](history::Store& store) {
        broken(store);
        history::BaselineRow set;
        set.series_id = series_id(store, kAdd);
        set.policy = "pinned";
        set.center = 7;
        set.who = "bob";
        set.created = 5;
        REQUIRE(store.add_baselines({set}).ok());
        REQUIRE(answer_alert(store, request(AlertAnswer::expect, "a mistake")).ok());
        CHECK(store.baselines(std::nullopt)->front().policy == kExpectedPolicy);
        const auto done = answer_alert(store, request(AlertAnswer::reopen));
        REQUIRE_MESSAGE(done.ok(), done.error().message);
        REQUIRE(done->given_back.size() == 1);
        const auto now = store.baselines(std::nullopt);
        CHECK(now->front().policy == "pinned");
        CHECK(now->front().center == 7);
        CHECK(now->front().who == "ada");
        CHECK(store.earlier_baselines(series_id(store, kAdd))->size() == 3);
    });
}

TEST_CASE("an answer that the state does not take, and an unknown alert, are refused") {
    on_every_store([](history::Store& store) {
        const auto nobody = answer_alert(store, request(AlertAnswer::acknowledge));
        REQUIRE_FALSE(nobody.ok());
        CHECK(nobody.error().message.find("there is no alert in ") != std::string::npos);
        broken(store, 4);
        const auto young = answer_alert(store, request(AlertAnswer::acknowledge));
        REQUIRE_FALSE(young.ok());
        CHECK(young.error().message.find("candidate") != std::string::npos);
        tell(store, "add", steady(4, 10, 3), 25);
        analysed(store);
        const auto wrong = answer_alert(store, request(AlertAnswer::reopen));
        REQUIRE_FALSE(wrong.ok());
        CHECK(wrong.error().kind == ErrorKind::usage);
        const auto far = answer_alert(store, request(AlertAnswer::acknowledge, "", "7"));
        REQUIRE_FALSE(far.ok());
        CHECK(far.error().message.find("the nearest is 1") != std::string::npos);
        CHECK_FALSE(answer_alert(store, request(AlertAnswer::acknowledge, "", "one")).ok());
        CHECK(store.alerts()->front().state == "open");
    });
}
