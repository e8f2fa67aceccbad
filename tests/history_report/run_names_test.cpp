// `assay history name`: a name is understood wherever a recorded run is asked for, and travels.
#include "history/judgements.hpp"
#include "history/run_names.hpp"
#include "shown_project.hpp"

#include <doctest/doctest.h>

namespace run_names_test {

using namespace assay;
using namespace assay::test;
using integration::Ended;

namespace {

constexpr ShownShape kShape{.series = 6, .runs = 12};

std::string uuid_of(std::size_t run, const ShownShape& shape = kShape) {
    return shown_run(run, 0, shape).uuid;
}

Ended named(const ShownProject& project, std::vector<std::string> words) {
    words.insert(words.begin(), {"history", "name"});
    return project.box().assay(std::move(words));
}

std::string run_meant_by(const ShownProject& project, const std::string& word) {
    const auto run = project.store()->run(word);
    return run ? run->uuid : run.error().message;
}

} // namespace

TEST_CASE("a named run is meant by its name, and without a run it is the latest that is named") {
    const ShownProject project(kShape);
    const Ended old = named(project, {"before-rewrite", uuid_of(3)});
    CHECK_MESSAGE(old.exit_code == 0, old.err);
    CHECK(contains(old.out, "is named 'before-rewrite'"));
    CHECK(named(project, {"newer"}).exit_code == 0);
    CHECK(run_meant_by(project, "before-rewrite") == uuid_of(3));
    CHECK(run_meant_by(project, "newer") == uuid_of(11));
    const Ended shown = project.box().assay({"history", "show", "before-rewrite"});
    CHECK(shown.exit_code == 0);
    CHECK(contains(shown.out, uuid_of(3)));
    CHECK(contains(shown.out, "named: before-rewrite"));
    CHECK_FALSE(contains(shown.out, "name:before-rewrite"));
    const Ended compared =
        project.box().assay({"compare", "run:before-rewrite", "run:newer", "--format", "json"});
    CHECK(contains(compared.out, "suite_0/"));
    CHECK_FALSE(contains(compared.err, "there is no run"));
    const Ended gate =
        project.box().assay({"gate", "--skip-run", "--run", "newer", "--format", "json"});
    CHECK(contains(gate.out, uuid_of(11)));
}

TEST_CASE("a report puts no run beside itself") {
    const ShownProject project(kShape);
    const Ended same = project.box().assay({"report", "--run", "latest", "--against", uuid_of(11)});
    CHECK(same.exit_code == 2);
    CHECK(contains(same.err, "--run and --against both mean run " + uuid_of(11)));
}

TEST_CASE("the run that got a name last has it, and --remove takes it back from that") {
    const ShownProject project(kShape);
    REQUIRE(named(project, {"best", uuid_of(2)}).exit_code == 0);
    const Ended moved = named(project, {"best", uuid_of(9)});
    REQUIRE(moved.exit_code == 0);
    CHECK(contains(moved.out, "which was run " + uuid_of(2) + " before"));
    CHECK_FALSE(contains(named(project, {"best", uuid_of(9)}).out, "before"));
    CHECK(run_meant_by(project, "best") == uuid_of(9));
    CHECK_FALSE(contains(project.box().assay({"history", "show", uuid_of(2)}).out, "named:"));
    CHECK(named(project, {"best", uuid_of(2), "--remove"}).exit_code == 2);
    const Ended removed = named(project, {"best", "--remove"});
    CHECK(removed.exit_code == 0);
    CHECK(contains(removed.out, "no more named 'best'"));
    CHECK(contains(run_meant_by(project, "best"), "there is no run 'best'"));
    CHECK(named(project, {"best", "--remove"}).exit_code == 2);
    REQUIRE(named(project, {"best", uuid_of(4)}).exit_code == 0);
    CHECK(run_meant_by(project, "best") == uuid_of(4));
}

TEST_CASE("runs are listed with their names, and --named lists the named ones however old") {
    constexpr ShownShape kMany{.series = 6, .runs = 30}; // more than are listed
    const ShownProject project(kMany);
    const auto listed = [&project](std::vector<std::string> words) {
        words.insert(words.begin(), {"history", "runs"});
        return project.box().assay(std::move(words));
    };
    const auto runs = [&listed](std::vector<std::string> words) {
        words.insert(words.end(), {"--format", "json"});
        return json::value(parse_json(listed(std::move(words)).out).value()).at("runs").as_array();
    };
    CHECK_FALSE(contains(listed({}).out, " name"));
    CHECK(listed({"--named"}).exit_code == 4);
    REQUIRE(named(project, {"first", uuid_of(0, kMany)}).exit_code == 0);
    REQUIRE(named(project, {"oldest", uuid_of(0, kMany)}).exit_code == 0);
    REQUIRE(named(project, {"newer"}).exit_code == 0);
    CHECK(contains(listed({}).out, " newer\n"));
    CHECK(contains(listed({"--named"}).out, " first oldest\n"));
    const auto all = runs({"--named"});
    REQUIRE(all.size() == 2);
    CHECK(all.at(1).at("uuid").as_string() == uuid_of(0, kMany));
    CHECK(all.at(1).at("names") == json::array{"first", "oldest"});
    CHECK(runs({"--named", "--limit", "1"}).size() == 1);
    CHECK(runs({}).at(1).at("names").as_array().empty());
}

TEST_CASE("names travel with the history, and the later one wins there as well") {
    const ShownProject here(kShape), there(kShape);
    REQUIRE(named(there, {"best", uuid_of(2)}).exit_code == 0);
    REQUIRE(named(here, {"best", uuid_of(7)}).exit_code == 0);
    REQUIRE(named(here, {"other", uuid_of(1)}).exit_code == 0);
    const std::string folder = here.file("exchange").string();
    REQUIRE(here.box().assay({"history", "push", folder}).exit_code == 0);
    REQUIRE(there.box().assay({"history", "pull", folder}).exit_code == 0);
    CHECK(run_meant_by(there, "other") == uuid_of(1));
    CHECK(run_meant_by(there, "best") == uuid_of(7));
}

TEST_CASE("an unknown name is refused with the nearest") {
    const ShownProject project(kShape);
    REQUIRE(named(project, {"before-rewrite", uuid_of(3)}).exit_code == 0);
    const Ended unknown = project.box().assay({"history", "show", "before-rewrit"});
    CHECK(unknown.exit_code == 2);
    CHECK(contains(unknown.err, "did you mean 'before-rewrite'?"));
    CHECK(named(project, {"x", "no-such-run"}).exit_code == 2);
}

TEST_CASE("what is no name, or means a run already, is refused and nothing is kept") {
    const ShownProject project(kShape);
    for (const char* const name : {"",
                                   "a b",
                                   "a\nb",
                                   "\x1b[2J",
                                   "caf\xc3\xa9",
                                   "-x",
                                   "latest",
                                   "0192f3a1",
                                   "abcdef0",
                                   "0192f3a1-7c5e-7000-8000-000000000001"}) {
        CAPTURE(name);
        CHECK_FALSE(history::check_run_name(name).ok());
        CHECK(named(project, {name, uuid_of(3)}).exit_code == 2);
    }
    CHECK_FALSE(history::check_run_name(std::string(history::kRunNameMax + 1, 'x')).ok());
    CHECK(history::check_run_name(std::string(history::kRunNameMax, 'x')).ok());
    for (const char* const name : {"v1.2", "a", "dead-end", "release_7+gcc13"}) {
        CHECK_MESSAGE(history::check_run_name(name).ok(), name);
    }
    const auto said = project.store()->judgements();
    REQUIRE(said.ok());
    CHECK(said->verdicts.empty());
}

TEST_CASE("a report of two named runs has their samples and the word about every change") {
    const ShownProject project(kShape);
    REQUIRE(named(project, {"old", uuid_of(7)}).exit_code == 0); // its samples are kept
    const Ended ended =
        project.box().assay({"report", "--run", "latest", "--against", "old", "--format", "json"});
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    const auto document = parse_json(ended.out);
    REQUIRE(document.ok());
    const json::object& pair = document->at("comparison").as_object();
    CHECK(pair.at("run").at("run") == json::value(uuid_of(11)));
    CHECK(pair.at("against").at("run") == json::value(uuid_of(7)));
    CHECK(pair.at("against").at("asked") == json::value("old"));
    bool is_slower_there = false;
    for (const json::value& row : pair.at("rows").as_array()) {
        if (row.at("run").is_null() || row.at("against").is_null()) {
            continue;
        }
        for (const char* const side : {"run", "against"}) {
            const json::object& figures = row.at(side).as_object();
            const double low = figures.at("min").to_number<double>();
            const double high = figures.at("max").to_number<double>();
            const double mean = figures.at("mean").to_number<double>();
            CHECK(low <= mean);
            CHECK(mean <= high);
            CHECK(figures.at("stddev").to_number<double>() > 0);
            CHECK(figures.at("outliers").is_int64());
            CHECK(figures.at("rounds") == json::value(30));
        }
        is_slower_there = is_slower_there || row.at("case") == json::value(shown_case(0, kShape));
    }
    CHECK(is_slower_there);
    const Ended text = project.box().assay({"report", "--against", "old"});
    CHECK(contains(text.out, "## Two runs"));
    CHECK(contains(text.out, "std. deviation"));
}

TEST_CASE("a run to compare without another, or an unknown one, is refused") {
    const ShownProject project(kShape);
    const Ended alone = project.box().assay({"report", "--run", "latest"});
    CHECK(alone.exit_code == 2);
    CHECK(contains(alone.err, "--against"));
    CHECK(project.box().assay({"report", "--against", "nothing-such"}).exit_code == 2);
}

} // namespace run_names_test
