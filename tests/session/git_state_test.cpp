#include "app/session/git_state.hpp"
#include "support/command.hpp"
#include "support/text.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

// A repository with a branch "trunk" and nothing of the user's configuration in its commits.
class Checkout {
public:
    Checkout() { REQUIRE(git({"init", "-q", "-b", "trunk"})); }

    [[nodiscard]] std::string folder() const { return files_.path().string(); }

    [[nodiscard]] const TemporaryFolder& files() const { return files_; }

    [[nodiscard]] json::object state() const { return git_state(folder()); }

    bool git(const std::vector<std::string>& words) const { return ask(words).has_value(); }

    [[nodiscard]] std::optional<std::string> ask(const std::vector<std::string>& words) const {
        std::vector<std::string> argv{"git",
                                      "-c",
                                      "user.name=a",
                                      "-c",
                                      "user.email=a@b",
                                      "-c",
                                      "commit.gpgsign=0",
                                      "-c",
                                      "protocol.file.allow=always"};
        argv.insert(argv.end(), words.begin(), words.end());
        const auto done = run_command(argv, {.folder = folder()});
        return done && done->exit_code == 0 ? std::optional(std::string(trim(done->text)))
                                            : std::nullopt;
    }

    void commit(const std::string& file, const std::string& text) const {
        files_.write(file, text);
        REQUIRE(git({"add", file}));
        REQUIRE(git({"commit", "-q", "-m", "change " + file}));
    }

    [[nodiscard]] std::string head() const { return ask({"rev-parse", "HEAD"}).value_or(""); }

private:
    TemporaryFolder files_;
};

bool has_git() {
    return !find_program("git", "/usr/local/bin:/usr/bin:/bin").empty();
}

std::string text(const json::object& state, const char* key) {
    return json_string(state, key);
}

} // namespace

TEST_CASE("a folder outside every repository has no git state, and says why") {
    const json::object state = git_state(std::filesystem::path("/proc").string());
    CHECK(text(state, "state") != "ok");
    for (const json::key_value_pair& member : state) {
        CHECK((member.key() == "state" || member.value().is_null()));
    }
}

TEST_CASE("the git state of a checkout tells commit, parent, branch, times and count" *
          doctest::skip(!has_git())) {
    const Checkout checkout;
    CHECK(text(checkout.state(), "state") == "unborn");
    CHECK(checkout.state().at("sha").is_null());
    checkout.commit("file", "one\n");
    const json::object first = checkout.state();
    CHECK(text(first, "state") == "ok");
    CHECK(text(first, "sha") == checkout.head());
    CHECK(first.at("parent").is_null());
    CHECK(text(first, "branch") == "trunk");
    CHECK_FALSE(first.at("dirty").as_bool());
    CHECK(first.at("commit_count") == 1);
    CHECK(first.at("repo_url").is_null());
    CHECK(first.at("merge_base").is_null()); // nothing is called main here
    REQUIRE(checkout.git(
        {"commit", "-q", "--allow-empty", "-m", "next", "--date", "2001-02-03T04:05:06+00:00"}));
    const json::object second = checkout.state();
    CHECK(second.at("parent") == first.at("sha"));
    CHECK(second.at("author_time") == 981'173'106);
    CHECK(second.at("commit_time").as_int64() > 981'173'106);
    CHECK(second.at("commit_count") == 2);
    CHECK(second.at("root_commit") == first.at("sha"));
    checkout.files().write("file", "two and more\n");
    CHECK(checkout.state().at("dirty").as_bool());
}

TEST_CASE("a branch's merge base is where it left main" * doctest::skip(!has_git())) {
    const Checkout checkout;
    checkout.commit("file", "one\n");
    const std::string base = checkout.head();
    REQUIRE(checkout.git({"branch", "-m", "main"}));
    CHECK(text(checkout.state(), "merge_base") == base); // of main itself: where it stands
    REQUIRE(checkout.git({"checkout", "-q", "-b", "feature"}));
    checkout.commit("file", "two\n");
    REQUIRE(checkout.git({"checkout", "-q", "main"}));
    checkout.commit("other", "three\n");
    REQUIRE(checkout.git({"checkout", "-q", "feature"}));
    CHECK(text(checkout.state(), "merge_base") == base);
    REQUIRE(checkout.git({"checkout", "-q", "--detach"})); // as CI does
    CHECK(text(checkout.state(), "merge_base") == base);
    CHECK(checkout.state().at("branch").is_null());
}

TEST_CASE("an upstream of another name and origin's default branch come before main" *
          doctest::skip(!has_git())) {
    const Checkout origin;
    origin.commit("file", "one\n");
    const std::string first = origin.head();
    const Checkout clone;
    REQUIRE(clone.git({"remote", "add", "origin", origin.folder()}));
    REQUIRE(clone.git({"fetch", "-q", "origin"}));
    REQUIRE(clone.git({"checkout", "-q", "-b", "feature", "--no-track", "origin/trunk"}));
    CHECK(clone.state().at("merge_base").is_null()); // neither a default branch nor a main
    REQUIRE(clone.git({"remote", "set-head", "origin", "trunk"}));
    clone.commit("file", "two\n");
    CHECK(text(clone.state(), "merge_base") == first);
    const std::string second = clone.head();
    REQUIRE(clone.git({"branch", "release"}));
    REQUIRE(clone.git({"branch", "--set-upstream-to", "release"}));
    clone.commit("file", "three\n");
    CHECK(text(clone.state(), "merge_base") == second);
    // Pushed under its own name: its upstream is itself.
    REQUIRE(clone.git({"update-ref", "refs/remotes/origin/feature", "HEAD"}));
    REQUIRE(clone.git({"branch", "--set-upstream-to", "origin/feature"}));
    CHECK(text(clone.state(), "merge_base") == first);
    CHECK(text(clone.state(), "repo_url") == origin.folder());
}

TEST_CASE("a shallow clone does not pretend to know how many commits there are" *
          doctest::skip(!has_git())) {
    const Checkout origin;
    origin.commit("file", "one\n");
    origin.commit("file", "two\n");
    const Checkout clone;
    REQUIRE(clone.git({"fetch", "-q", "--depth=1", "file://" + origin.folder(), "trunk"}));
    REQUIRE(clone.git({"reset", "-q", "--hard", "FETCH_HEAD"}));
    CHECK(text(clone.state(), "sha") == origin.head());
    CHECK(clone.state().at("commit_count").is_null());
    CHECK(clone.state().at("root_commit").is_null());
}

TEST_CASE("nothing that a repository's configuration names is run" * doctest::skip(!has_git())) {
    const Checkout checkout;
    const std::string command = "touch " + checkout.folder() + "/ran; cat";
    checkout.commit(".gitattributes", "* filter=evil\n");
    checkout.commit("file", "one\n");
    for (const char* const key : {"core.fsmonitor",
                                  "filter.evil.clean",
                                  "filter.evil.smudge",
                                  "filter.evil.process",
                                  "filter.ev\xff=il.clean",
                                  "core.sshCommand",
                                  "gpg.program",
                                  "core.pager",
                                  "core.alternateRefsCommand"}) {
        REQUIRE(checkout.git({"config", key, command}));
    }
    REQUIRE(checkout.git({"config", "filter.evil.required", "true"}));
    REQUIRE(checkout.git({"config", "log.showSignature", "true"}));
    // As long as before, so that only its content tells whether it has changed.
    checkout.files().write("file", "two\n");
    const json::object state = checkout.state();
    CHECK(text(state, "state") == "ok");
    CHECK(state.at("dirty").as_bool());
    CHECK_FALSE(std::filesystem::exists(checkout.folder() + "/ran"));
    // The same without the guards does run it: the trap is a real one.
    CHECK(checkout.git({"config", "--unset", "filter.evil.process"}));
    CHECK(checkout.git({"-c", "core.fsmonitor=false", "status"}));
    CHECK(std::filesystem::exists(checkout.folder() + "/ran"));
}

TEST_CASE("a submodule's configuration is not obeyed either" * doctest::skip(!has_git())) {
    const Checkout inner;
    inner.commit("file", "one\n");
    const Checkout outer;
    REQUIRE(outer.git({"submodule", "--quiet", "add", inner.folder(), "part"}));
    REQUIRE(outer.git({"commit", "-q", "-m", "a part"}));
    const std::string part = outer.folder() + "/part";
    REQUIRE(outer.git(
        {"-C", part, "config", "core.fsmonitor", "touch " + outer.folder() + "/ran; false"}));
    CHECK_FALSE(outer.state().at("dirty").as_bool());
    CHECK_FALSE(std::filesystem::exists(outer.folder() + "/ran"));
}

TEST_CASE("an address is told without what lets one in") {
    CHECK(public_url("https://example.org/a/b.git") == "https://example.org/a/b.git");
    CHECK(public_url("https://example.org:8443/a") == "https://example.org:8443/a");
    CHECK(public_url("https://ada:secret@example.org/a") == "https://example.org/a");
    CHECK(public_url("https://token@example.org/a@b") == "https://example.org/a@b");
    CHECK(public_url("https://ada:se@cret@example.org/a") == "https://example.org/a");
    CHECK(public_url("https://example.org/a?private_token=secret#x") == "https://example.org/a");
    CHECK(public_url("https://[::1]:80/a:b") == "https://[::1]:80/a:b");
    CHECK(public_url("https://ada:sec/ret@example.org/a") == "");
    CHECK(public_url("https://ada:12/34@example.org/a") == "");
    CHECK(public_url("ssh://git@example.org:22/a") == "ssh://git@example.org:22/a");
    CHECK(public_url("ssh://git:secret@example.org/a") == "ssh://git@example.org/a");
    CHECK(public_url("git@example.org:a/b.git") == "git@example.org:a/b.git");
    CHECK(public_url("git:secret@example.org:a") == "git@example.org:a");
    CHECK(public_url("/srv/git/a@b:c") == "/srv/git/a@b:c");
    CHECK(public_url("file:///srv/a.git") == "file:///srv/a.git");
    CHECK(public_url("") == "");
}
