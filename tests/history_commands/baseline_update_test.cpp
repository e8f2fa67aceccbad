// `assay baseline update` and `show`: proposals, safeguards, rows and file.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace baseline_update_test {

using namespace assay;
using namespace assay::test;

namespace {

const std::vector<std::string> kAuto{"baseline", "update", "--auto-approve-improvements"};

std::vector<std::string> words(std::vector<std::string> first, std::vector<std::string> more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
}

std::vector<history::BaselineRow> rows_of(const ToldProject& project) {
    auto rows = project.store()->baselines(std::nullopt);
    REQUIRE(rows.ok());
    return std::move(*rows);
}

// The one series' proposal.
json::object proposal_of(const ToldProject& project, std::vector<std::string> more = {}) {
    const auto ended = project.assay(
        words({"baseline", "update", "--dry-run", "--format", "json"}, std::move(more)));
    const auto document = document_of(ended.out, "history.json");
    REQUIRE(document.at("proposals").get_array().size() == 1);
    return document.at("proposals").at(0).get_object();
}

// `assay baseline update` at a terminal of its own, on which somebody types `answer`; its output.
std::string at_a_terminal(const ToldProject& project, const std::string& answer) {
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    REQUIRE(child >= 0);
    const std::string program = (integration::build_folder() / "bin" / "assay").string();
    if (child == 0) {
        for (const auto& [name, value] : project.box().environment()) {
            ::setenv(name.c_str(), value.c_str(), 1);
        }
        if (::chdir(project.box().folder().c_str()) == 0) {
            ::execl(program.c_str(), "assay", "baseline", "update", nullptr);
        }
        ::_exit(127);
    }
    REQUIRE(::write(terminal, answer.data(), answer.size()) == static_cast<ssize_t>(answer.size()));
    std::string output;
    std::array<char, 4096> piece{};
    for (ssize_t got = 1; got > 0;) { // EIO: the other end is gone
        got = ::read(terminal, piece.data(), piece.size());
        output.append(piece.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(terminal);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    return output;
}

} // namespace

TEST_CASE("without a terminal and a flag nothing is updated and exit is 2") {
    const ToldProject project;
    project.record_all({8.0, 8.1, 8.2, 8.0, 8.1});
    const auto ended = project.assay({"baseline", "update"});
    CHECK(ended.exit_code == 2);
    CHECK(has(ended.err, "--dry-run"));
    CHECK(rows_of(project).empty());
}

TEST_CASE("a dry run shows the table and changes nothing") {
    const ToldProject project;
    project.record_all({8.0, 8.1, 8.2, 8.0, 8.1});
    const auto ended = project.assay({"baseline", "update", "--dry-run"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "Baseline update proposals for " + std::string(kLabel)));
    CHECK(has(ended.out, "Metric"));
    CHECK(has(ended.out, "8.1 s"));
    CHECK(has(ended.out, "first"));
    CHECK(has(ended.err, "nothing was changed"));
    CHECK(rows_of(project).empty());
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/baselines.json")));
}

TEST_CASE("an approved figure is a row with its evidence and a line of the file") {
    const ToldProject project;
    project.record_all({8.0, 8.1, 8.2, 8.0, 8.1});
    const auto ended = project.assay(words(kAuto, {"--why", "first figures"}));
    CHECK(ended.exit_code == 0);
    const auto rows = rows_of(project);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].center == doctest::Approx(8.1));
    CHECK(rows[0].policy == "segment");
    CHECK(rows[0].n == 5);
    CHECK(rows[0].why == "first figures");
    CHECK_FALSE(rows[0].who.empty());
    CHECK(rows[0].evidence.size() == 5);
    CHECK(rows[0].from_run == told_uuid(1));
    CHECK(rows[0].to_run == told_uuid(5));
    const auto file = document_of(project.box().read(".assay/baselines.json"), "baselines.json");
    const auto& platform = file.at("platforms").at(kLabel);
    CHECK(platform.at("figures").at(std::string(kCase) + " time").at("value") == 8.1);
    CHECK(platform.at("metadata").at("git_commit").get_string() == told(5, 0).git.sha.c_str());
    CHECK(platform.at("metadata").at("branch") == "main");
    const auto shown = project.assay({"baseline", "show", "--format", "json"});
    CHECK(document_of(shown.out, "baselines.json").at("platforms").get_object().contains(kLabel));
    CHECK(has(project.assay({"baseline", "show"}).out, "first figures"));
}

TEST_CASE("a figure moves when it is more than five per cent better and is a second row then") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0, 8.0});
    REQUIRE(project.assay(kAuto).exit_code == 0);
    project.record_all({7.0, 7.0, 7.0, 7.0, 7.0, 7.0}, 6);
    CHECK(project.assay(words(kAuto, {"--policy", "last-n"})).exit_code == 0);
    const auto rows = rows_of(project);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].center == 7.0);
    CHECK(rows[0].previous.has_value());
    CHECK(project.assay(words(kAuto, {"--policy", "last-n"})).exit_code == 0);
    CHECK(rows_of(project)[0].id == rows[0].id);
}

TEST_CASE("every safeguard keeps the figure and says why") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0});
    CHECK(proposal_of(project).at("refusal") == "too few runs");
    CHECK(proposal_of(project, {"--min-runs", "4"}).at("moves") == true);
    history::Run dirty = told(5, 8.0);
    dirty.git.dirty = true;
    project.record(dirty);
    CHECK(proposal_of(project).at("moves") == false);
    project.record_all({8.0}, 6);
    REQUIRE(project.assay(kAuto).exit_code == 0);
    project.record_all({7.7, 7.7, 7.7, 7.7, 7.7}, 7);
    CHECK(proposal_of(project, {"--policy", "last-n"}).at("refusal") == "not better enough");
    project.record_all({9.0, 9.0, 9.0, 9.0, 9.0}, 12);
    CHECK(proposal_of(project, {"--policy", "last-n"}).at("refusal") == "worse");
    CHECK(project.assay(words(kAuto, {"--policy", "last-n"})).exit_code == 0);
    CHECK(rows_of(project)[0].center == 8.0);
    const std::string text = project.assay({"baseline", "update", "--dry-run"}).out;
    CHECK(has(text, "Stays"));
    CHECK(has(text, std::string(kCase) + " time"));
    CHECK(project.assay({"baseline", "update", "--dry-run", "--min-runs", "1"}).exit_code == 2);
}

TEST_CASE("runs of another branch and excluded runs do not count") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0});
    history::Run aside = told(5, 8.0);
    aside.git.branch = "topic";
    project.record(aside);
    CHECK(proposal_of(project).at("branch") == "main");
    CHECK(proposal_of(project).at("moves") == false);
    CHECK(proposal_of(project, {"--branch", "main"}).at("moves") == false);
    project.record_all({8.0}, 6);
    CHECK(proposal_of(project, {"--branch", "main"}).at("moves") == true);
    REQUIRE(project.assay({"history", "exclude", "latest", "--why", "a slip"}).exit_code == 0);
    CHECK(proposal_of(project, {"--branch", "main"}).at("moves") == false);
}

TEST_CASE("platforms are proposed apart and one of them can be chosen") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0, 8.0});
    for (int number = 6; number < 11; ++number) {
        project.record(told_elsewhere(number, 3.0, "other_box"));
    }
    const std::string both = project.assay({"baseline", "update", "--dry-run"}).out;
    CHECK(has(both, "proposals for " + std::string(kLabel)));
    CHECK(has(both, "proposals for other_box"));
    CHECK(proposal_of(project, {"--platform", "other_box"}).at("proposed") == 3);
    const auto unknown =
        project.assay({"baseline", "update", "--dry-run", "--platform", "other_bix"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "did you mean 'other_box'"));
    CHECK(project.assay({"baseline", "update", "--dry-run", "--metric", "hits"}).exit_code == 2);
}

TEST_CASE("at a terminal yes applies the table and anything else does not") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0, 8.0});
    const std::string refused = at_a_terminal(project, "y\n");
    CHECK(has(refused, "Apply these updates? (yes/no): "));
    CHECK(has(refused, "nothing was changed"));
    CHECK(rows_of(project).empty());
    CHECK(has(at_a_terminal(project, "yes\n"), "moved 1 of 1"));
    CHECK(rows_of(project).size() == 1);
}

TEST_CASE("without any baseline show exits 4 and says how to get one") {
    const ToldProject project;
    CHECK(project.assay({"baseline", "show"}).exit_code == 4);
    project.record_all({8.0});
    const auto ended = project.assay({"baseline", "show"});
    CHECK(ended.exit_code == 4);
    CHECK(has(ended.err, "assay baseline update"));
}

TEST_CASE("a label of another machine in the file is never written over") {
    const ToldProject project;
    project.record_all({8.0, 8.0, 8.0, 8.0, 8.0});
    const std::string text = R"({"schema": "assay.baselines/1", "platforms": {")" +
                             std::string(kLabel) +
                             R"(": {"fingerprint": "1234", "figures": {"a/a time":
                             {"value": 1, "unit": "s", "direction": "lower"}}}}})";
    project.box().write(".assay/baselines.json", text);
    const auto ended = project.assay(kAuto);
    CHECK(ended.exit_code == 2);
    CHECK(has(ended.err, "PERFORMANCE_PLATFORM"));
    const auto file = document_of(project.box().read(".assay/baselines.json"), "baselines.json");
    CHECK(file.at("platforms").at(kLabel).at("figures").get_object().size() == 1);
}

} // namespace baseline_update_test
