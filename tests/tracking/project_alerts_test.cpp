// Alerts in a database that several projects share: each project has its own.
#include "told_histories.hpp"
#include "tracking/alert_answers.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::has;
using history::test::on_every_store;

namespace {

void tell_of(history::Store& store,
             const std::string& project,
             const std::vector<double>& values,
             int first) {
    for (const double value : values) {
        history::Run made = history::test::run(first++, {{"add", value}});
        made.project = project;
        const auto recorded = store.record(made);
        REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
    }
}

void look_at(history::Store& store, const std::string& project) {
    const Status looked = store.look_at(project);
    REQUIRE_MESSAGE(looked.ok(), looked.error().message);
}

// One series of one name: slower in "router" from its 21st run on, as ever in "rag".
void two_projects(history::Store& store) {
    tell_of(store, "router", steady(20, 8), 1);
    tell_of(store, "router", steady(8, 10, 2), 21);
    tell_of(store, "rag", steady(28, 5, 3), 31);
}

} // namespace

TEST_CASE("an alert and its change belong to the project whose runs they are about") {
    on_every_store([](history::Store& store) {
        two_projects(store);
        look_at(store, "router");
        CHECK(analysed(store).only_alert().state == verdict::AlertState::open);
        look_at(store, "rag");
        CHECK(store.alerts()->empty());
        CHECK(store.change_points(std::nullopt)->empty());
        CHECK(analysed(store).book.alerts.empty());
        look_at(store, "router");
        REQUIRE(store.alerts()->size() == 1);
        CHECK(store.alerts()->front().state == "open"); // "rag" saw no end of it
        CHECK(store.change_points(std::nullopt)->front().state == "confirmed");
        REQUIRE(store.look_at(std::nullopt).ok());
        CHECK(store.alerts()->size() == 1);
    });
}

TEST_CASE("an alert of another project cannot be answered from here") {
    on_every_store([](history::Store& store) {
        two_projects(store);
        look_at(store, "router");
        const AlertRequest request{
            .alert = std::to_string(analysed(store).only_alert().row.id), .who = "ada", .now = 1};
        look_at(store, "rag");
        const auto refused = answer_alert(store, request);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().kind == ErrorKind::usage);
        CHECK(has(refused.error().message, "there is no alert"));
        look_at(store, "router");
        CHECK(answer_alert(store, request).ok());
    });
}

TEST_CASE("an alert about runs that name no project is shown of no project that has a name") {
    on_every_store([](history::Store& store) {
        tell_of(store, "", steady(20, 8), 1);
        tell_of(store, "", steady(8, 10, 2), 21);
        tell_of(store, "router", steady(1, 10, 3), 29);
        tell_of(store, "rag", steady(1, 10, 4), 30);
        look_at(store, "");
        const std::int64_t id = analysed(store).only_alert().row.id;
        for (const char* const project : {"router", "rag"}) {
            look_at(store, project);
            CHECK(store.alerts()->empty());
            CHECK(store.change_points(std::nullopt)->empty());
        }
        look_at(store, "");
        CHECK(analysed(store).only_alert().row.id == id);
        REQUIRE(store.look_at(std::nullopt).ok());
        CHECK(store.alerts()->size() == 1);
    });
}
