// Names of runs, in every store: the newest word about one counts, and an id stays an id.
#include "history/run_names.hpp"
#include "on_every_store.hpp"

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace run_names_test {

namespace {

void name(Store& store, int number, std::int64_t when, bool removed = false) {
    const RunNaming naming{.name = "best", .who = "a person", .when = when, .removed = removed};
    REQUIRE(store.add_verdicts({run_name_row(uuid(number), series_id(store, kAdd), naming)}).ok());
}

std::string meant(Store& store, const std::string& word) {
    const auto found = store.run(word);
    return found ? found->uuid : "none";
}

} // namespace

TEST_CASE("a name means the run that got it last, and nothing once that was taken back") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all({run(1, {{"add", 1}}), run(2, {{"add", 2}})}).ok());
        CHECK(meant(store, "best") == "none");
        name(store, 2, 100);
        CHECK(meant(store, "best") == uuid(2));
        name(store, 1, 200);
        CHECK(meant(store, "best") == uuid(1));
        CHECK(meant(store, uuid(2)) == uuid(2));
        name(store, 1, 300, true);
        CHECK(meant(store, "best") == "none");
        name(store, 2, 400);
        CHECK(meant(store, "best") == uuid(2));
        const auto rows = store.verdicts(uuid(2));
        REQUIRE(rows.ok());
        CHECK(run_names(*rows) == std::vector<std::string>{"best"});
        CHECK(run_names(*store.verdicts(uuid(1))).empty());
    });
}

TEST_CASE("named runs are those that have a name now, by name") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all({run(1, {{"add", 1}}), run(2, {{"add", 2}})}).ok());
        CHECK(store.named_runs()->empty());
        name(store, 1, 100);
        name(store, 2, 200);
        REQUIRE(store.named_runs()->size() == 1);
        CHECK(store.named_runs()->front().name == "best");
        CHECK(store.named_runs()->front().run_uuid == uuid(2));
        name(store, 2, 300, true);
        CHECK(store.named_runs()->empty());
    });
}

TEST_CASE("a name that nobody has is refused with the nearest that somebody has") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1}})).ok());
        name(store, 1, 100);
        const auto unknown = store.run("besst");
        REQUIRE_FALSE(unknown.ok());
        CHECK(unknown.error().kind == ErrorKind::usage);
        CHECK(unknown.error().message.find("'best'") != std::string::npos);
        name(store, 1, 200, true);
        CHECK(store.run("besst").error().message.find("'best'") == std::string::npos);
    });
}

} // namespace run_names_test
