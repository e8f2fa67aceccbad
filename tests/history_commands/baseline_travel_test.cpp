// Baselines of one history in another: by their file and by `assay history push`.
#ifdef ASSAY_HAS_POSTGRES
#include "postgres_server.hpp"
#endif
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace baseline_travel_test {

using namespace assay;
using namespace assay::test;

namespace {

// Each kind of store twice over: what a project's PERFORMANCE_DB_PATH says, or nothing for its own.
void on_both_stores(
    const std::function<void(const std::string& here, const std::string& there)>& check) {
    check("", "");
#ifdef ASSAY_HAS_POSTGRES
    if (PostgresServer::shared() != nullptr) {
        check(PostgresServer::shared()->new_database(), PostgresServer::shared()->new_database());
    } else {
        MESSAGE("skipped for PostgreSQL: " << PostgresServer::why_not());
    }
#else
    MESSAGE("skipped for PostgreSQL: this build has no libpq");
#endif
}

std::map<std::string, std::string> environment_of(const std::string& store) {
    return store.empty() ? std::map<std::string, std::string>{}
                         : std::map<std::string, std::string>{{"PERFORMANCE_DB_PATH", store}};
}

// A project on one of these stores.
struct Machine {
    ToldProject project;
    std::string url;

    explicit Machine(std::string place)
        : url(std::move(place)) {}

    [[nodiscard]] std::string place() const {
        return url.empty() ? project.file(".assay/history.db").string() : url;
    }

    [[nodiscard]] integration::Ended assay(const std::vector<std::string>& words) const {
        return project.assay(words, environment_of(url));
    }

    void record(const std::vector<double>& seconds, int first = 1) const {
        std::filesystem::create_directories(project.file(".assay"));
        auto store = history::open_store(place(), {.create = true});
        REQUIRE_MESSAGE(store.ok(), (store.ok() ? std::string() : store.error().message));
        for (const double figure : seconds) {
            REQUIRE((*store)->record(told(first++, figure)).ok());
        }
    }

    [[nodiscard]] std::vector<history::BaselineRow> baselines() const {
        auto store = history::open_store(place(), {});
        REQUIRE_MESSAGE(store.ok(), (store.ok() ? std::string() : store.error().message));
        auto rows = (*store)->baselines(std::nullopt);
        REQUIRE(rows.ok());
        return std::move(*rows);
    }
};

// Five runs, and the baseline that they amount to; the file of it.
std::string agreed_file(const Machine& here) {
    here.record({8.0, 8.1, 8.2, 8.0, 8.1});
    const auto updated = here.assay({"baseline", "update", "--auto-approve-improvements"});
    REQUIRE_MESSAGE(updated.exit_code == 0, updated.err);
    REQUIRE(here.baselines().size() == 1);
    return here.project.box().read(".assay/baselines.json");
}

} // namespace

TEST_CASE("a baseline whose runs this history never saw is taken over, and says so") {
    on_both_stores([](const std::string& one, const std::string& other) {
        const Machine here(one), there(other);
        const std::string file = agreed_file(here);
        there.record({8.4}, 100); // the same machine, in a history of its own
        there.project.box().write("agreed.json", file);
        const auto imported = there.assay({"baseline", "import", "agreed.json"});
        INFO(imported.err);
        CHECK(imported.exit_code == 0);
        CHECK(has(imported.err, "1 stored"));
        const auto rows = there.baselines();
        REQUIRE(rows.size() == 1);
        const history::BaselineRow told_here = here.baselines().front();
        CHECK(rows.front().center == told_here.center);
        CHECK(rows.front().spread == told_here.spread);
        CHECK(rows.front().n == 5);
        CHECK(rows.front().policy == told_here.policy);
        CHECK(rows.front().from_run.empty());
        CHECK(rows.front().to_run.empty());
        CHECK(rows.front().evidence == std::vector<std::string>{told_uuid(1), told_uuid(5)});
        CHECK(has(rows.front().why, "its runs are not in this history"));
        const auto shown = there.assay({"baseline", "show"});
        CHECK(has(shown.out, "8.1 s"));
        CHECK(has(shown.out, "its runs are not in this history"));
        // A second time it is what is there.
        CHECK(has(there.assay({"baseline", "import", "agreed.json"}).err, "1 as it was"));
        CHECK(there.baselines().size() == 1);
    });
}

TEST_CASE("the baselines of one history come whole through an empty one of another machine") {
    on_both_stores([](const std::string& one, const std::string& other) {
        const Machine here(one), there(other);
        const std::string file = agreed_file(here);
        there.project.box().write("agreed.json", file);
        const auto waiting = there.assay({"baseline", "import", "agreed.json"});
        INFO(waiting.err);
        REQUIRE(waiting.exit_code == 0);
        CHECK(has(waiting.err, "1 waiting"));
        CHECK(document_of(there.project.box().read(".assay/baselines.json"), "baselines.json") ==
              document_of(file, "baselines.json"));
        // Runs of that machine are held against it as soon as they are there.
        there.record({9.9}, 100);
        there.project.box().write("gates.json", R"({"schema":"assay.gates/1","rules":[
            {"id":"t","kind":"regression","evidence":"history","warn":"10%","fail":"20%"}]})");
        const auto judged =
            there.assay({"gate", "--skip-run", "--run", "latest", "--gates", "gates.json"});
        INFO(judged.out);
        CHECK(judged.exit_code == 5); // how much runs differ, no run of this history tells
        CHECK(has(judged.out, "22.22 % worse"));
        CHECK(has(judged.out, "segment of 5 runs"));
        // And back: what the first one has is what comes home.
        here.project.box().write("home.json", there.project.box().read(".assay/baselines.json"));
        CHECK(has(here.assay({"baseline", "import", "home.json"}).err, "1 as it was"));
        CHECK(here.project.box().read(".assay/baselines.json") == file);
    });
}

TEST_CASE("runs that come after their baseline leave it as it is, and their own comes along") {
    on_both_stores([](const std::string& one, const std::string& other) {
        const Machine here(one), there(other);
        const std::string file = agreed_file(here);
        there.record({8.4}, 100);
        there.project.box().write("agreed.json", file);
        REQUIRE(there.assay({"baseline", "import", "agreed.json"}).exit_code == 0);
        const auto pushed = here.assay({"history", "push", there.place()});
        INFO(pushed.err);
        CHECK(pushed.exit_code == 0);
        const auto rows = there.baselines();
        REQUIRE(rows.size() == 1); // the newest of the one series
        CHECK(rows.front().center == here.baselines().front().center);
        auto store = history::open_store(there.place(), {});
        REQUIRE(store.ok());
        CHECK((*store)->runs({})->size() == 6);
        CHECK(has(there.assay({"baseline", "import", "agreed.json"}).err, "1 as it was"));
    });
}

} // namespace baseline_travel_test
