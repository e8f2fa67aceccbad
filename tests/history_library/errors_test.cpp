// What cannot be answered is an error with the words of the host, never an empty answer.
#include "outside.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>

using namespace assay;
using namespace assay::test;

namespace {

void execute(const std::filesystem::path& file, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
    const int done = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    sqlite3_close(db);
    REQUIRE(done == SQLITE_OK);
}

// The kind, and that `assay` itself says the same of the file.
void check_refused(const ToldProject& project, const std::string& file, const std::string& kind) {
    const Answer answer = ask_of(file, "", {"stats"});
    CHECK(answer.exit_code == 2);
    REQUIRE(answer.rows.size() == 1);
    CHECK(answer.rows[0].at(0) == kind);
    const auto host = project.assay({"history", "stats", "--history", file});
    CHECK(host.exit_code != 0);
    CHECK(has(host.err, answer.rows[0].at(1)));
}

} // namespace

TEST_CASE("a file that is not there is missing, and none is begun") {
    const ToldProject project;
    const std::string file = project.file("nowhere.db").string();
    const Answer answer = ask_of(file, "", {"stats"});
    CHECK(answer.exit_code == 2);
    CHECK(answer.rows.at(0).at(0) == "missing");
    CHECK(answer.rows[0].at(1) == "there is no history at " + file);
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a foreign file, a foreign database and a newer schema are refused as assay does") {
    const ToldProject project;
    project.record_all({8.0});
    project.box().write("letter.db", std::string(5000, 'x'));
    check_refused(project, project.file("letter.db").string(), "config");
    execute(project.file("foreign.db"), "CREATE TABLE plums(id INTEGER)");
    check_refused(project, project.file("foreign.db").string(), "config");
    const auto newer = project.file(".assay/history.db");
    execute(newer, "PRAGMA user_version=99");
    check_refused(project, newer.string(), "config");
    CHECK(has(ask_of(newer.string(), "", {"stats"}).text, "has schema 99, this assay knows up to"));
}

TEST_CASE("an older schema is told apart and is not brought up to date") {
    const ToldProject project;
    project.record_all({8.0});
    const auto file = project.file(".assay/history.db");
    execute(file, "PRAGMA user_version=0; PRAGMA wal_checkpoint(TRUNCATE)");
    const auto before = read_file(file.string());
    check_refused(project, file.string(), "config");
    const auto after = read_file(file.string());
    REQUIRE((before.ok() && after.ok()));
    CHECK(*before == *after);
    CHECK_FALSE(std::filesystem::exists(file.string() + ".schema-0"));
}

TEST_CASE("an unknown platform, case, metric and run name the nearest or what to do") {
    const ToldProject project;
    project.record_all({8.0});

    struct Asked {
        std::vector<std::string> question, command;
        std::string kind;
    };

    for (const Asked& asked : std::vector<Asked>{
             {{"runs", "lab_8c_16GB"}, {"runs", "--platform", "lab_8c_16GB"}, "missing"},
             {{"trend", "sums/add", "", "lab"}, {"trend", "--platform", "lab"}, "missing"},
             {{"trend", "sums/ad[n=64]x"}, {"trend", "sums/ad[n=64]x"}, "missing"},
             {{"trend", kCase, "tim"}, {"trend", kCase, "--metric", "tim"}, "missing"},
             {{"trend", "sums/[add"}, {"trend", "sums/[add"}, "usage"},
             {{"compare", "deadbeef"}, {"show", "deadbeef"}, "usage"}}) {
        CAPTURE(join(asked.question, " "));
        const Answer answer = ask(project, asked.question);
        CHECK(answer.exit_code == 2);
        REQUIRE(answer.rows.size() == 1);
        CHECK(answer.rows[0].at(0) == asked.kind);
        std::vector<std::string> command{"history"};
        command.insert(command.end(), asked.command.begin(), asked.command.end());
        const auto host = project.assay(std::move(command));
        CHECK(host.exit_code != 0);
        CHECK(has(host.err, answer.rows[0].at(1)));
    }
}

TEST_CASE("a baselines file that is none is refused when the history is opened") {
    const ToldProject project;
    project.record_all({8.0});
    project.box().write("baselines.json", R"({"schema":"assay.baselines/1"})");
    const std::string history = project.file(".assay/history.db").string();
    const Answer wrong = ask_of(history, project.file("baselines.json").string(), {"stats"});
    CHECK(wrong.exit_code == 2);
    CHECK(wrong.rows.at(0).at(0) == "config");
    CHECK(has(wrong.text, "baselines.json"));
    CHECK(ask_of(history, project.file("absent.json").string(), {"stats"}).exit_code == 2);
}
