// Notices of alerts: who is told what, and once.
#include "support/file.hpp"
#include "support/schema.hpp"
#include "told_histories.hpp"
#include "tracking/alert_answers.hpp"
#include "tracking/alert_notices.hpp"
#include "tracking/alert_snooze.hpp"
#include "tracking/notice_schedule.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::on_every_store;

namespace alert_notices_test {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000;

// As `assay analyze` does with these notifiers.
void analysed_for(history::Store& store, const std::vector<std::string>& notifiers) {
    const BranchAnalysis analysis = looked_at(store);
    auto book = open_alert_book(store, analysis, 1'700'000'000'000'000'000);
    REQUIRE(book.ok());
    add_notices(*book, analysis, {.project = "router", .notifiers = notifiers});
    REQUIRE(keep_alert_book(store, *book).ok());
}

std::vector<std::string> states_told(history::Store& store) {
    std::vector<std::string> states;
    const auto rows = store.outbox();
    REQUIRE(rows.ok());
    for (const history::NoticeRow& row : *rows) {
        states.push_back(json_string(row.document, "state"));
    }
    return states;
}

void check_alert_schema(const json::object& document) {
    const auto read = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/alert.json");
    REQUIRE(read.ok());
    const auto schema = Schema::compile(*read, SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), schema.error().message);
    for (const SchemaProblem& problem : schema->validate(document)) {
        FAIL_CHECK(to_text(problem));
    }
}

} // namespace

TEST_CASE("a shift of thirty runs is put into the outbox once, and its end once") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        int next = 21;
        for (const double value : steady(30, 10, 2)) {
            tell(store, next++, {{"add", value}});
            analysed_for(store, {"webhook/a"});
        }
        CHECK(states_told(store) == std::vector<std::string>{"open"});
        for (const double value : steady(20, 8, 3)) {
            tell(store, next++, {{"add", value}});
            analysed_for(store, {"webhook/a"});
        }
        CHECK(states_told(store) == std::vector<std::string>{"open", "fixed"});
    });
}

TEST_CASE("who is named later is told of what is open, and of nothing that is acknowledged") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(8, 10, 2), 21);
        analysed_for(store, {});
        CHECK(states_told(store).empty());
        analysed_for(store, {"webhook/late"});
        analysed_for(store, {"webhook/late"});
        CHECK(states_told(store) == std::vector<std::string>{"open"});
        REQUIRE(answer_alert(store, {.alert = "1", .who = "ada", .now = 1}).ok());
        analysed_for(store, {"webhook/later"});
        CHECK(states_told(store).size() == 1);
    });
}

TEST_CASE("a candidate is told to nobody") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(4, 10, 2), 21);
        analysed_for(store, {"webhook/a"});
        REQUIRE(store.alerts()->size() == 1);
        CHECK(states_told(store).empty());
    });
}

TEST_CASE("every notifier gets the document, which says what changed between which runs") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(8, 10, 2), 21);
        analysed_for(store, {"webhook/a", "webhook/b"});
        const auto rows = store.outbox();
        REQUIRE(rows.ok());
        REQUIRE(rows->size() == 2);
        CHECK((*rows)[0].notifier == "webhook/a");
        CHECK((*rows)[1].notifier == "webhook/b");
        CHECK((*rows)[0].document == (*rows)[1].document);
        const json::object& document = (*rows)[0].document;
        check_alert_schema(document);
        CHECK(document.at("project") == json::value("router"));
        CHECK(document.at("last_good").at("run") == json::value(history::test::uuid(20)));
        CHECK(document.at("first_bad").at("run") == json::value(history::test::uuid(21)));
        CHECK(document.at("changes").as_array().size() == 1);
    });
}

TEST_CASE("a snoozed alert is told to nobody") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(4, 10, 2), 21);
        analysed_for(store, {"webhook/a"});
        constexpr std::int64_t kNow = 1'600'000'000'000'000'000, kLate = 1'800'000'000'000'000'000;
        REQUIRE(
            snooze_alert(store, {.alert = "1", .until = kLate, .who = "ada", .now = kNow}).ok());
        tell(store, "add", steady(4, 10, 3), 25);
        analysed_for(store, {"webhook/a"});
        CHECK(store.alerts()->front().state == "open");
        CHECK(states_told(store).empty());
    });
}

TEST_CASE("attempts wait a minute, four, sixteen, and six hours at most") {
    const auto minutes = [](std::int64_t attempts, double share) {
        return static_cast<double>(next_attempt({.attempts = attempts, .now = 0, .share = share})) /
               static_cast<double>(kMinute);
    };
    CHECK(minutes(1, 0.5) == doctest::Approx(1));
    CHECK(minutes(2, 0.5) == doctest::Approx(4));
    CHECK(minutes(3, 0.5) == doctest::Approx(16));
    CHECK(minutes(9, 0.5) == doctest::Approx(360));
    CHECK(minutes(9, 0.99) == doctest::Approx(360));
    CHECK(minutes(2, 0) == doctest::Approx(3));
    CHECK(minutes(2, 0.999999) == doctest::Approx(5));
    CHECK(next_attempt({.attempts = 1, .now = 5, .retry_after_ns = 600 * kMinute}) ==
          5 + 600 * kMinute);
}

} // namespace alert_notices_test
