// Notices of alerts: put in with the state of their alert, claimed by one, kept until they are
// sent.
#include "on_every_store.hpp"

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace outbox_test {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000;

AnalysisRecord record_with(const std::string& alert, const std::string& dedupe) {
    AnalysisRecord record;
    record.alerts.push_back({.row = {.key = alert,
                                     .state = "open",
                                     .severity = "moderate",
                                     .title = "sums/add time 25.0 % worse",
                                     .opened_run = uuid(1),
                                     .last_run = uuid(2),
                                     .detail = {{"branch", "main"}}}});
    record.notices.push_back({.alert_key = alert,
                              .notifier = "webhook/0123456789ab",
                              .dedupe_key = dedupe,
                              .document = {{"schema", "assay.alert/1"}, {"title", "q\"'</script>"}},
                              .next_at = kStart});
    return record;
}

void two_runs(Store& store) {
    REQUIRE(store.record_all({run(1, {{"add", 8}}), run(2, {{"add", 10}})}).ok());
}

std::vector<NoticeRow> waiting(Store& store) {
    auto rows = store.outbox();
    REQUIRE(rows.ok());
    return *rows;
}

TEST_CASE("a notice comes back as it was put in, and no second time by its dedupe key") {
    on_every_store([](Store& store) {
        two_runs(store);
        AnalysisRecord record = record_with("change:a", "a/open/1");
        REQUIRE(store.keep_analysis(record).ok());
        record.alerts.clear();
        REQUIRE(store.keep_analysis(record).ok());
        const auto rows = waiting(store);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].alert_key == "change:a");
        CHECK(rows[0].notifier == "webhook/0123456789ab");
        CHECK(rows[0].document == record.notices[0].document);
        CHECK(rows[0].attempts == 0);
        CHECK(rows[0].next_at == kStart);
        CHECK(rows[0].last_error.empty());
    });
}

TEST_CASE("a notice is not there without the state of its alert") {
    on_every_store([](Store& store) {
        two_runs(store);
        AnalysisRecord record = record_with("change:a", "a/open/1");
        record.alerts[0].was = "candidate"; // which no alert is: somebody was faster
        REQUIRE_FALSE(store.keep_analysis(record).ok());
        CHECK(waiting(store).empty());
    });
}

TEST_CASE("of two that claim a notice one gets it, and the other after its time") {
    on_every_store([](Store& store) {
        two_runs(store);
        REQUIRE(store.keep_analysis(record_with("change:a", "a/open/1")).ok());
        const NoticeRow row = waiting(store).at(0);
        const auto first = store.claim_notice(row, kStart + kMinute);
        const auto second = store.claim_notice(row, kStart + kMinute);
        REQUIRE(first.ok());
        REQUIRE(second.ok());
        CHECK(*first);
        CHECK_FALSE(*second);
        const NoticeRow later = waiting(store).at(0);
        CHECK(later.attempts == 1);
        CHECK(later.next_at == kStart + kMinute);
        const auto again = store.claim_notice(later, kStart + 2 * kMinute);
        REQUIRE(again.ok());
        CHECK(*again);
    });
}

TEST_CASE("what was not sent says why and waits, what was sent waits no more") {
    on_every_store([](Store& store) {
        two_runs(store);
        REQUIRE(store.keep_analysis(record_with("change:a", "a/open/1")).ok());
        const std::int64_t id = waiting(store).at(0).id;
        REQUIRE(
            store.settle_notice({.id = id, .error = "answered 500", .next_at = kStart + kMinute})
                .ok());
        const NoticeRow row = waiting(store).at(0);
        CHECK(row.last_error == "answered 500");
        CHECK(row.next_at == kStart + kMinute);
        REQUIRE(store.settle_notice({.id = id, .sent = kStart + 2 * kMinute}).ok());
        CHECK(waiting(store).empty());
        const auto late = store.claim_notice(row, kStart + 3 * kMinute);
        REQUIRE(late.ok());
        CHECK_FALSE(*late);
    });
}

} // namespace
} // namespace outbox_test
