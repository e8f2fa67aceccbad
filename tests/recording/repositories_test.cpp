#include "history/repositories.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace repositories_test {

using namespace assay;
using history::is_same_repository;
using history::other_repository;
using history::Run;
using history::RunFacts;

TEST_CASE("a repository has one place however it is reached") {
    CHECK(is_same_repository("git@example.org:people/app.git", "https://example.org/people/app"));
    CHECK(
        is_same_repository("https://example.org/people/App/", "ssh://git@example.org/people/app"));
    CHECK_FALSE(is_same_repository("https://example.org/a/app", "https://example.org/b/app"));
    CHECK_FALSE(is_same_repository("https://one.org/a/app", "https://two.org/a/app"));
}

namespace {

Run run_of(const std::string& project, const std::string& url, const std::string& root) {
    Run run;
    run.uuid = "1";
    run.project = project;
    run.repo_url = url;
    history::keep_root_commit(root, run);
    return run;
}

RunFacts facts_of(const std::string& url, const std::string& root) {
    return {.uuid = "2", .repo_url = url, .metadata = run_of("", "", root).metadata};
}

} // namespace

TEST_CASE("without an address the first commit tells repositories apart") {
    const Run run = run_of("app", "", "4f2c1d0aaaa");
    const std::vector<RunFacts> same{facts_of("", "4f2c1d0aaaa"), facts_of("", "")};
    CHECK_FALSE(other_repository(run, same));
    const std::vector<RunFacts> other{facts_of("", ""), facts_of("", "99999990000")};
    CHECK(other_repository(run, other).value_or("") == "the one that begins with commit 9999999");
    CHECK_FALSE(other_repository(run_of("app", "", ""), other)); // nobody knows
    CHECK(run_of("app", "", "").metadata.empty());
}

TEST_CASE("an address counts where it is what the project is called after") {
    const Run run = run_of("app", "https://example.org/people/app.git", "");
    const std::vector<RunFacts> fork{facts_of("git@example.org:others/app", "")};
    CHECK(other_repository(run, fork).value_or("") == "git@example.org:others/app");
    const std::vector<RunFacts> of_a_file{facts_of("https://example.org/x/lib", "")};
    CHECK_FALSE(other_repository(run, of_a_file));
}

} // namespace repositories_test
