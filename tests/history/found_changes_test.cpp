// Change points, alerts, their events and marks of points, as an analysis keeps them.
#include "on_every_store.hpp"

#include <limits>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

ChangePointRow change(Store& store, const std::string& id) {
    return {.id = id,
            .series_id = series_id(store, kAdd),
            .last_good = uuid(1),
            .first_bad = uuid(2),
            .direction = 1,
            .size_rel = 0.25,
            .p = 1e-9,
            .delta = 2,
            .mean_before = 8,
            .mean_after = 10,
            .n_before = 20,
            .n_after = 5,
            .detector = "assay",
            .params_hash = "abc",
            .state = "confirmed",
            .first_seen_run = uuid(3),
            .updated = kStart};
}

AlertUpdate alert(const std::string& key, const std::string& state, const std::string& was = "") {
    AlertUpdate update;
    update.row = {.key = key,
                  .state = state,
                  .severity = "moderate",
                  .title = "sums/add time 25.0 % worse",
                  .opened_run = uuid(2),
                  .last_run = uuid(3),
                  .detail = {{"branch", "main"}}};
    update.was = was;
    update.events = {{.at = kStart,
                      .who = "assay analyze",
                      .from_state = was,
                      .to_state = state,
                      .note = "why"}};
    return update;
}

void three_runs(Store& store) {
    REQUIRE(store.record_all({run(1, {{"add", 8}}), run(2, {{"add", 10}}), run(3, {{"add", 10}})})
                .ok());
}

} // namespace

TEST_CASE("a change point comes back whole, and another write of its id takes its place") {
    on_every_store([](Store& store) {
        three_runs(store);
        AnalysisRecord record;
        record.change_points = {change(store, "c1"), change(store, "c2")};
        record.change_points.back().p.reset();
        record.change_points.back().first_seen_run.clear();
        REQUIRE(store.keep_analysis(record).ok());
        record.change_points = {change(store, "c1")};
        record.change_points.front().state = "expected";
        record.change_points.front().last_good = uuid(2);
        record.change_points.front().first_bad = uuid(3);
        REQUIRE(store.keep_analysis(record).ok());
        const auto rows = store.change_points(std::nullopt);
        REQUIRE(rows.ok());
        REQUIRE(rows->size() == 2);
        const ChangePointRow& one = rows->front();
        CHECK(one.id == "c1");
        CHECK(one.state == "expected");
        CHECK(one.last_good == uuid(2));
        CHECK(one.first_bad == uuid(3));
        CHECK(one.branch == "main");
        CHECK(one.size_rel == 0.25);
        CHECK(one.p == 1e-9);
        CHECK(one.mean_after == 10);
        CHECK(one.n_before == 20);
        CHECK(one.first_seen_run == uuid(3));
        CHECK_FALSE(rows->back().p.has_value());
        CHECK(rows->back().first_seen_run.empty());
        CHECK(store.change_points(one.series_id)->size() == 2);
        CHECK(store.change_points(one.series_id + 1)->empty());
    });
}

TEST_CASE("an alert gets a number, and its events are only ever added") {
    on_every_store([](Store& store) {
        three_runs(store);
        AnalysisRecord record;
        record.alerts = {alert("a", "open"), alert("b", "candidate")};
        REQUIRE(store.keep_analysis(record).ok());
        const auto first = store.alerts();
        REQUIRE(first.ok());
        REQUIRE(first->size() == 2);
        CHECK(first->front().id > 0);
        CHECK(first->front().key == "a");
        CHECK(first->front().detail == json::object{{"branch", "main"}});
        CHECK(first->front().owner.empty());
        record.alerts = {alert("a", "acknowledged", "open")};
        record.alerts.front().row.owner = "ada";
        record.alerts.front().row.snoozed_until = kStart + kDay;
        record.alerts.front().snoozes = true;
        REQUIRE(store.keep_analysis(record).ok());
        const auto after = store.alerts();
        CHECK(after->front().id == first->front().id);
        CHECK(after->front().state == "acknowledged");
        CHECK(after->front().owner == "ada");
        CHECK(after->front().snoozed_until == kStart + kDay);
        const auto events = store.alert_events(first->front().id);
        REQUIRE(events.ok());
        REQUIRE(events->size() == 2);
        CHECK(events->front().to_state == "open");
        CHECK(events->back().from_state == "open");
        CHECK(events->back().to_state == "acknowledged");
        CHECK(events->back().note == "why");
    });
}

TEST_CASE("an alert that somebody has changed or made meanwhile lets nothing be written") {
    on_every_store([](Store& store) {
        three_runs(store);
        AnalysisRecord record;
        record.alerts = {alert("a", "open")};
        REQUIRE(store.keep_analysis(record).ok());
        AnalysisRecord late;
        late.change_points = {change(store, "c1")};
        late.alerts = {alert("a", "fixed", "acknowledged")};
        const Status overtaken = store.keep_analysis(late);
        REQUIRE_FALSE(overtaken.ok());
        CHECK(has(overtaken.error().message, "somebody else"));
        late.alerts = {alert("a", "open")};
        CHECK_FALSE(store.keep_analysis(late).ok());
        CHECK(store.change_points(std::nullopt)->empty());
        CHECK(store.alerts()->front().state == "open");
        CHECK(store.alert_events(store.alerts()->front().id)->size() == 1);
    });
}

TEST_CASE("a record about a run that is not there, or with no finite figure, is refused whole") {
    on_every_store([](Store& store) {
        three_runs(store);
        AnalysisRecord record;
        record.change_points = {change(store, "c1"), change(store, "c2")};
        record.change_points.back().first_bad = uuid(99);
        CHECK_FALSE(store.keep_analysis(record).ok());
        record.change_points.back() = change(store, "c2");
        record.change_points.back().size_rel = std::numeric_limits<double>::infinity();
        CHECK_FALSE(store.keep_analysis(record).ok());
        record.change_points.clear();
        record.alerts = {alert("a", "open")};
        record.alerts.front().row.last_run = uuid(99);
        CHECK_FALSE(store.keep_analysis(record).ok());
        CHECK(store.change_points(std::nullopt)->empty());
        CHECK(store.alerts()->empty());
    });
}

TEST_CASE("flags of a point are set and taken back, and the others stay") {
    on_every_store([](Store& store) {
        three_runs(store);
        const std::int64_t series = series_id(store, kAdd);
        REQUIRE(store.exclude(uuid(2), std::nullopt, true).ok());
        const auto points = store.points(series, {.excluded_too = true});
        const std::int64_t second = points->at(1).run_id;
        AnalysisRecord record;
        record.marks = {{.series_id = series,
                         .run_id = second,
                         .set = point_flag::outlier | point_flag::drift}};
        REQUIRE(store.keep_analysis(record).ok());
        const auto flags = [&] {
            return store.points(series, {.excluded_too = true})->at(1).flags;
        };
        CHECK(flags() == (point_flag::outlier | point_flag::drift | point_flag::excluded));
        record.marks.front() = {
            .series_id = series, .run_id = second, .set = 0, .clear = point_flag::outlier};
        REQUIRE(store.keep_analysis(record).ok());
        CHECK(flags() == (point_flag::drift | point_flag::excluded));
        CHECK(store.points(series, {.excluded_too = true})->front().flags == 0);
    });
}
