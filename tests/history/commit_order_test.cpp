#include "history/commit_order.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace assay::history;

namespace {

std::string sha_of(int number) {
    return "c" + std::to_string(number);
}

} // namespace

TEST_CASE("commits without links are placed by time alone") {
    CommitOrder commits;
    CHECK_FALSE(commits.add({.sha = "a", .when = 5}).moves_others);
    CHECK(commits.add({.sha = "b", .when = 3}).place == RunPlace{.when = 3});
    CHECK(commits.place_of("b", 3) < commits.place_of("a", 5));
    CHECK(commits.place_of("unheard of", 4) == RunPlace{.when = 4});
    CHECK(commits.place_of("", 4) == RunPlace{.when = 4});
}

TEST_CASE("a commit of a slow clock stands behind its parent, and its children behind it") {
    CommitOrder commits;
    commits.add({.sha = "a", .when = 100});
    commits.add({.sha = "b", .ancestors = {"a"}, .when = 40});
    commits.add({.sha = "c", .ancestors = {"b"}, .when = 50});
    commits.add({.sha = "d", .ancestors = {"c"}, .when = 200});
    const RunPlace b = commits.place_of("b", 40);
    const RunPlace c = commits.place_of("c", 50);
    CHECK(commits.place_of("a", 100) < b);
    CHECK(b < c);
    CHECK(c < commits.place_of("d", 200));
    CHECK(commits.place_of("d", 200) == RunPlace{.when = 200});
}

TEST_CASE("rebased commits of one second keep the order of their branch") {
    CommitOrder commits;
    for (int number = 1; number <= 20; ++number) {
        const auto added =
            commits.add({.sha = sha_of(number), .ancestors = {sha_of(number - 1)}, .when = 1000});
        CHECK_FALSE(added.moves_others);
        CHECK(added.place == RunPlace{.when = 1000, .step = number - 1});
    }
    for (int number = 2; number <= 20; ++number) {
        CHECK(commits.place_of(sha_of(number - 1), 1000) < commits.place_of(sha_of(number), 1000));
    }
}

TEST_CASE("it does not matter whether a commit or its parent was measured first") {
    for (const bool backwards : {false, true}) {
        CAPTURE(backwards);
        CommitOrder commits;
        bool moved = false;
        for (int i = 0; i < 50; ++i) {
            const int number = backwards ? 50 - i : i + 1;
            const auto added = commits.add(
                {.sha = sha_of(number), .ancestors = {sha_of(number - 1)}, .when = 1000 - number});
            moved = moved || added.moves_others;
        }
        CHECK(moved == backwards);
        CHECK(commits.place_of(sha_of(50), 950) == RunPlace{.when = 999, .step = 49});
        CHECK(commits.place_of(sha_of(1), 999) == RunPlace{.when = 999, .step = 0});
    }
}

TEST_CASE("a branch stands behind the commit at which it left") {
    CommitOrder commits;
    commits.add({.sha = "main", .when = 100});
    commits.add({.sha = "topic", .ancestors = {"not measured", "main"}, .when = 60});
    CHECK(commits.place_of("main", 100) < commits.place_of("topic", 60));
}

TEST_CASE("a ring of commits, which no repository has, ends somewhere") {
    CommitOrder commits;
    commits.add({.sha = "a", .ancestors = {"b"}, .when = 1});
    commits.add({.sha = "b", .ancestors = {"a", "b"}, .when = 2});
    CHECK(commits.place_of("a", 1) != commits.place_of("b", 2));
}

TEST_CASE("a line of a hundred thousand commits is placed, backwards too") {
    constexpr int kCommits = 100'000;
    CommitOrder commits;
    for (int number = kCommits; number > 0; --number) {
        commits.add({.sha = sha_of(number), .ancestors = {sha_of(number - 1)}, .when = 7});
    }
    CHECK(commits.place_of(sha_of(kCommits), 7) == RunPlace{.when = 7, .step = kCommits - 1});
}
