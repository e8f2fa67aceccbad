// A database that several projects share: questions are about the one we are in.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace projects_test {

using namespace assay;
using namespace assay::test;

namespace {

void record_of(const ToldProject& project, int number, double seconds, const std::string& name) {
    history::Run run = told(number, seconds);
    run.project = name;
    project.record(run);
}

void make_checkout_of(const ToldProject& project, const std::string& name) {
    const auto git = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"git", "-C", project.box().folder().string()});
        CHECK(integration::run_program(words).exit_code == 0);
    };
    git({"init", "--quiet"});
    git({"remote", "add", "origin", "https://example.org/people/" + name + ".git"});
}

std::size_t runs_listed(const ToldProject& project, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"history", "runs", "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto ended = project.assay(words);
    return document_of(ended.out, "history.json").at("runs").get_array().size();
}

} // namespace

TEST_CASE("in a checkout the runs of its project are listed, and others on demand") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    CHECK(runs_listed(project) == 1);
    CHECK_FALSE(has(project.assay({"history", "runs"}).err, "of project")); // there is no other
    record_of(project, 2, 80.0, "rag");
    CHECK(runs_listed(project) == 1);
    CHECK(has(project.assay({"history", "runs"}).err, "of project 'router'"));
    CHECK(runs_listed(project, {"--all-projects"}) == 2);
    CHECK(runs_listed(project, {"--project", "rag"}) == 1);
    CHECK(has(project.assay({"history", "show"}).out, told_uuid(1)));
    const auto trend = project.assay({"history", "trend", kCase});
    CHECK(has(trend.out, "8 s"));
    CHECK_FALSE(has(trend.out, "80 s"));
    CHECK(has(project.assay({"history", "trend", kCase, "--project", "rag"}).out, "80 s"));
}

TEST_CASE("outside of any project a gate of recorded runs asks whose newest run is meant") {
    const ToldProject project;
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    std::filesystem::rename(project.file(".assay"), project.file("kept")); // no project any more
    const auto gate = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"gate", "--skip-run"};
        words.insert(words.end(), more.begin(), more.end());
        return project.assay(words,
                             {{"PERFORMANCE_DB_PATH", project.file("kept/history.db").string()}});
    };
    const auto anybodys = gate({"--platform", kLabel, "--branch", "main"});
    CHECK(anybodys.exit_code == 2);
    CHECK(has(anybodys.err, "whose newest run is meant?"));
    CHECK(has(anybodys.err, "'rag', 'router'"));
    const auto named = gate({"--platform", kLabel, "--branch", "main", "--project", "router"});
    CHECK(has(named.err, told_uuid(1)));
    CHECK(has(named.err, "of project 'router'"));
    CHECK(has(gate({"--run", told_uuid(2)}).err, "of project 'rag'"));
    CHECK(project.assay({"gate", "--project", "rag"}).exit_code == 2);
}

TEST_CASE("an unknown project is exit 2 with the nearest and one without runs is exit 4") {
    const ToldProject project;
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    const auto wrong = project.assay({"history", "runs", "--project", "rooter"});
    CHECK(wrong.exit_code == 2);
    CHECK(has(wrong.err, "did you mean 'router'"));
    CHECK(project.assay({"history", "runs", "--project", "rag", "--all-projects"}).exit_code == 2);
    CHECK(runs_listed(project, {"--all-projects"}) == 2);
    make_checkout_of(project, "vision");
    const auto none = project.assay({"history", "runs"});
    CHECK(none.exit_code == 4);
    CHECK(has(none.err, "'vision'"));
    CHECK(has(none.err, "--all-projects"));
}

TEST_CASE("alerts are those of the project we are in, and those of each where all are asked for") {
    const ToldProject project;
    for (int number = 1; number <= 30; ++number) {
        const double off = 1 + 0.002 * ((number * 7 + 3) % 11 - 5);
        record_of(project, number, (number <= 20 ? 8 : 10) * off, "router");
        record_of(project, 100 + number, (number <= 20 ? 5 : 8) * off, "rag");
    }
    const auto apart = project.assay({"analyze", "--all-projects", "--format", "json"});
    REQUIRE_MESSAGE(apart.exit_code == 0, apart.err);
    const json::object document = document_of(apart.out, "analysis.json");
    const json::array& branches = document.at("branches").as_array();
    REQUIRE(branches.size() == 2);
    CHECK(branches.at(0).at("project").as_string() == "rag");
    CHECK(branches.at(0).at("runs").to_number<int>() == 30);
    CHECK(branches.at(1).at("project").as_string() == "router");
    CHECK(branches.at(1).at("alerts").as_array().size() == 1);
    make_checkout_of(project, "router");
    const auto ours = project.assay({"analyze"});
    CHECK(has(ours.err, "of project 'router'"));
    CHECK(has(ours.out, "alerts: 1 new"));
    CHECK(has(ours.out, "8 s"));
    CHECK_FALSE(has(ours.out, "5 s")); // the level of "rag"
    CHECK(has(project.assay({"analyze", "--all-projects"}).out, "rag: main on "));
    CHECK(project.assay({"analyze", "ack", "1"}).exit_code == 2); // of "rag", the first analysed
    CHECK(project.assay({"analyze", "ack", "1", "--project", "rag"}).exit_code == 0);
    CHECK(project.assay({"analyze", "ack", "2"}).exit_code == 0);
}

TEST_CASE("a rule about new alerts sees those of the run's own project") {
    for (const std::string here : {"router", "rag"}) {
        CAPTURE(here);
        const ToldProject project;
        project.box().write("gates.json",
                            R"({"schema": "assay.gates/1",
                                "rules": [{"id": "calm", "kind": "no_new_alerts"}]})");
        make_checkout_of(project, here);
        for (int number = 1; number <= 25; ++number) {
            const double off = 1 + 0.002 * ((number * 7 + 3) % 11 - 5);
            record_of(project, number, (number <= 20 ? 5 : 8) * off, "rag");
            record_of(project, 100 + number, 8 * off, "router");
        }
        const auto judged = project.assay({"gate",
                                           "--skip-run",
                                           "--gates",
                                           "gates.json",
                                           "--platform",
                                           kLabel,
                                           "--branch",
                                           "main"});
        CHECK(has(judged.out, "60.3 % worse") == (here == "rag"));
        CHECK_MESSAGE((judged.exit_code == 0) == (here == "router"), judged.out, judged.err);
        CHECK(project.store()->alerts()->size() == (here == "rag" ? 1 : 0));
    }
}

TEST_CASE("figures of another program are recorded for the project they are recorded in") {
    const ToldProject project;
    make_checkout_of(project, "router");
    project.box().write("figures.json",
                        R"({"schema": "assay.record/1", "metrics": {"recall":
                            {"value": 0.9, "unit": "1", "direction": "higher"}}})");
    REQUIRE(project.assay({"history", "record", "figures.json"}).exit_code == 0);
    const auto document =
        document_of(project.assay({"history", "show", "--format", "json"}).out, "history.json");
    CHECK(document.at("run").at("project") == "router");
}

TEST_CASE("a project without a remote is called as its configuration or its folder says") {
    const ToldProject project;
    const auto recorded_in = [&project](const std::string& folder) {
        std::filesystem::create_directories(project.file(folder));
        integration::Surroundings there;
        there.folder = project.file(folder);
        there.environment["PERFORMANCE_DB_PATH"] = project.file("shared.db").string();
        project.box().write(folder + "/figures.json",
                            R"({"schema": "assay.record/1", "metrics": {"recall":
                                {"value": 0.9, "unit": "1", "direction": "higher"}}})");
        const auto ended = project.box().assay({"history", "record", "figures.json"}, there);
        REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
        const auto shown = project.box().assay({"history", "show", "--format", "json"}, there);
        REQUIRE_MESSAGE(shown.exit_code == 0, shown.err);
        return document_of(shown.out, "history.json").at("run").at("project").as_string();
    };
    std::filesystem::create_directories(project.file("alpha/.assay"));
    std::filesystem::create_directories(project.file("beta/.git"));
    project.box().write("gamma/.assay/assay.json", R"({"project": "third"})");
    CHECK(recorded_in("alpha") == "alpha");
    CHECK(recorded_in("beta/src") == "beta");
    CHECK(recorded_in("gamma") == "third");
    const auto listed = project.assay(
        {"history", "runs", "--history", "shared.db", "--project", "beta", "--format", "json"});
    CHECK(document_of(listed.out, "history.json").at("runs").as_array().size() == 1);
}

namespace {

// Figures recorded in a new repository without a remote, into one database.
integration::Ended recorded_in_repository(const ToldProject& project, const std::string& folder) {
    integration::Surroundings there;
    there.folder = project.file(folder);
    there.environment["PERFORMANCE_DB_PATH"] = project.file("shared.db").string();
    if (!std::filesystem::exists(there.folder / ".git")) {
        std::filesystem::create_directories(there.folder);
        for (std::vector<std::string> words :
             {std::vector<std::string>{"init", "--quiet"},
              std::vector<std::string>{"commit", "--quiet", "--allow-empty", "-m", folder}}) {
            words.insert(words.begin(),
                         {"git",
                          "-C",
                          there.folder.string(),
                          "-c",
                          "user.name=a",
                          "-c",
                          "user.email=a@b",
                          "-c",
                          "commit.gpgsign=0"});
            CHECK(integration::run_program(words).exit_code == 0);
        }
    }
    project.box().write(folder + "/figures.json",
                        R"({"schema": "assay.record/1", "metrics": {"recall":
                            {"value": 0.9, "unit": "1", "direction": "higher"}}})");
    auto ended = project.box().assay({"history", "record", "figures.json"}, there);
    CHECK_MESSAGE(ended.exit_code == 0, ended.err);
    return ended;
}

} // namespace

TEST_CASE("two repositories whose folders have one name are told, and named apart by one file") {
    const ToldProject project;
    CHECK_FALSE(has(recorded_in_repository(project, "one/app").err, "another repository"));
    CHECK_FALSE(has(recorded_in_repository(project, "one/app").err, "another repository"));
    const auto other = recorded_in_repository(project, "two/app");
    CHECK(has(other.err, "another repository's runs are called 'app' too"));
    CHECK(has(other.err, "the one that begins with commit "));
    CHECK(has(other.err, ".assay/assay.json"));
    project.box().write("two/app/.assay/assay.json", R"({"project": "second"})");
    CHECK_FALSE(has(recorded_in_repository(project, "two/app").err, "another repository"));
    const auto listed = project.assay(
        {"history", "runs", "--history", "shared.db", "--project", "second", "--format", "json"});
    CHECK(document_of(listed.out, "history.json").at("runs").as_array().size() == 1);
}

TEST_CASE("runs that name no project are shown under no name, and told") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 9.0, "");   // as older versions recorded them
    CHECK(runs_listed(project) == 2); // nobody else is there
    record_of(project, 3, 80.0, "rag");
    CHECK(runs_listed(project) == 1);
    CHECK(runs_listed(project, {"--project", "rag"}) == 1);
    CHECK(runs_listed(project, {"--all-projects"}) == 3);
    CHECK(has(project.assay({"history", "runs"}).err, "runs that name none: --all-projects"));
    const auto trend = project.assay({"history", "trend", kCase, "--format", "csv"});
    CHECK(std::count(trend.out.begin(), trend.out.end(), '\n') == 2);
}

TEST_CASE("what moves or keeps a history takes all of its projects") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    CHECK(has(project.assay({"history", "push", "out/"}).out, "2 runs added"));
    CHECK(project.assay({"history", "backup", "copy.db"}).exit_code == 0);
    CHECK(runs_listed(project, {"--history", "copy.db", "--all-projects"}) == 2);
}

TEST_CASE("a list of several projects' runs says whose each is, and so does a run's page") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    CHECK_FALSE(has(project.assay({"history", "runs"}).out, "project"));
    CHECK(has(project.assay({"history", "runs", "--all-projects"}).out, "router"));
    record_of(project, 2, 80.0, "rag");
    CHECK_FALSE(has(project.assay({"history", "runs"}).out, "router"));
    const auto all = project.assay({"history", "runs", "--all-projects"});
    CHECK(has(all.out, "project"));
    CHECK(has(all.out, "router"));
    CHECK(has(all.out, "rag"));
    CHECK(has(project.assay({"history", "show"}).out, "project   router\n"));
    const auto csv = project.assay({"history", "runs", "--format", "csv"});
    CHECK(has(csv.out, ",remarks,project,name\n"));
}

TEST_CASE("a run of another project is found by its id, and told to be none of ours") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    CHECK_FALSE(has(project.assay({"history", "show", told_uuid(1)}).err, "is of"));
    CHECK(has(project.assay({"history", "show", told_uuid(2)}).err, "is of project 'rag'"));
    const auto excluded = project.assay({"history", "exclude", told_uuid(2), "--why", "noise"});
    CHECK(excluded.exit_code == 0);
    CHECK(has(excluded.out, "1 point of run " + told_uuid(2) + " of project 'rag'"));
    const auto ours = project.assay({"history", "exclude", told_uuid(1), "--why", "noise"});
    CHECK_FALSE(has(ours.out, "of project"));
}

TEST_CASE("no command is told of an option that it refuses") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    record_of(project, 3, 9.0, "");
    const auto excluded = project.assay({"history", "exclude", told_uuid(1), "--why", "noise"});
    CHECK(has(excluded.err, "runs that name none"));
    CHECK_FALSE(has(excluded.err, "--all-projects"));
    CHECK(has(project.assay({"history", "runs"}).err, "--all-projects"));
    const ToldProject elsewhere;
    make_checkout_of(elsewhere, "vision");
    record_of(elsewhere, 1, 8.0, "router");
    record_of(elsewhere, 2, 80.0, "rag");
    const auto none = elsewhere.assay({"baseline", "show"});
    CHECK(none.exit_code == 4);
    CHECK_FALSE(has(none.err, "--all-projects"));
    CHECK(has(none.err, "'project' in .assay/assay.json"));
}

TEST_CASE("an analysis names its project, in words only where there are several") {
    const ToldProject project;
    for (int number = 1; number <= 6; ++number) {
        record_of(project, number, 8.0, "router");
    }
    const auto alone = project.assay({"analyze", "--format", "json"});
    const auto document = document_of(alone.out, "analysis.json");
    CHECK(document.at("branches").at(0).at("project") == "router");
    CHECK_FALSE(has(project.assay({"analyze"}).out, "router"));
    record_of(project, 7, 8.0, "");
    const auto mixed = project.assay({"analyze", "--format", "json"});
    CHECK(document_of(mixed.out, "analysis.json").at("branches").at(0).at("project").is_null());
}

} // namespace projects_test
