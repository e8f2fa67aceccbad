// A history in a place where nobody can write: what only reads works, what writes says so.
#include "temporary_folder.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

namespace read_only_history_test {

using namespace assay;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

constexpr unsigned kSomebody = 65534;
constexpr fs::perms kReadable =
    fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr fs::perms kEntered =
    kReadable | fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

// The project's folder for reading only while the object lives.
class Closed {
public:
    explicit Closed(const ToldProject& project)
        : project_(project) {
        if (::geteuid() == 0) {
            REQUIRE(::chown(home_.path().c_str(), kSomebody, kSomebody) == 0);
        }
        fs::permissions(project.file(".assay/history.db"), kReadable);
        fs::permissions(project.file(".assay"), kEntered);
        fs::permissions(project.box().folder(), kEntered);
    }

    Closed(const Closed&) = delete;
    Closed& operator=(const Closed&) = delete;

    ~Closed() {
        fs::permissions(project_.box().folder(), fs::perms::owner_all);
        fs::permissions(project_.file(".assay"), fs::perms::owner_all);
    }

    // Permissions bind only those who are not root.
    [[nodiscard]] integration::Ended assay(const std::vector<std::string>& words) const {
        std::vector<std::string> argv;
        if (::geteuid() == 0) {
            const std::string id = std::to_string(kSomebody);
            argv = {"setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--"};
        }
        argv.push_back((integration::build_folder() / "bin" / "assay").string());
        argv.insert(argv.end(), words.begin(), words.end());
        integration::Surroundings around;
        around.folder = project_.box().folder();
        around.environment = project_.box().environment();
        for (auto& [name, value] : around.environment) {
            if (name == "HOME" || name.starts_with("XDG_")) {
                value = home_.path().string(); // what is kept of plugins is written elsewhere
            }
        }
        return integration::run_program(argv, around);
    }

private:
    const ToldProject& project_;
    TemporaryFolder home_;
};

void fill_with_step(const ToldProject& project) {
    std::vector<double> seconds;
    for (int i = 0; i < 28; ++i) {
        seconds.push_back((i < 20 ? 8.0 : 10.0) + 0.01 * (i % 3));
    }
    project.record_all(seconds);
}

} // namespace

TEST_CASE("an analysis that would be kept is refused with the word that only looks") {
    const ToldProject project;
    fill_with_step(project);
    const Closed closed(project);
    const auto refused = closed.assay({"analyze"});
    CHECK(refused.exit_code == 3);
    CHECK(has(refused.err, "read-only"));
    CHECK(has(refused.err, "'assay analyze --dry-run'"));
    const auto look = closed.assay({"analyze", "--dry-run"});
    CHECK_MESSAGE(look.exit_code == 0, look.err);
    CHECK(has(look.out, "alerts: 1 new"));
}

TEST_CASE("every question to a read-only history is answered") {
    const ToldProject project;
    fill_with_step(project);
    const Closed closed(project);
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"history", "runs"},
             {"history", "show"},
             {"history", "trend"},
             {"history", "stats"},
             {"history", "platforms"},
             {"history", "export"},
             {"history", "compact", "--dry-run"},
             {"baseline", "update", "--dry-run"},
             {"export", "csv"},
             {"compare", "run:" + told_uuid(1), "run:" + told_uuid(2)}}) {
        CAPTURE(words.back());
        const auto ended = closed.assay(words);
        CHECK_MESSAGE(!has(ended.err, "read-only"), ended.err);
        CHECK_MESSAGE((ended.exit_code == 0 || words.front() == "compare"), ended.err);
        CHECK_MESSAGE(!ended.out.empty(), ended.err);
    }
}

TEST_CASE("a gate over a read-only history judges, and says that it keeps nothing") {
    const ToldProject project;
    fill_with_step(project);
    project.box().write(".assay/gates.json",
                        R"({"schema": "assay.gates/1", "rules": [{"id": "slow", "kind": "limit",
                            "metric": "time", "op": "<", "value": "9 s"}]})");
    fs::permissions(project.file(".assay/gates.json"), kReadable);
    const auto judged = [&project] {
        const Closed closed(project);
        return closed.assay({"gate", "--skip-run", "--platform", kLabel, "--branch", "main"});
    }();
    CHECK(judged.exit_code == 1);
    CHECK(has(judged.out, "FAIL"));
    CHECK(has(judged.err, "can only be read: what this gate says is not kept"));
    CHECK(project.store()->gate_results(told_uuid(28))->empty());
}

} // namespace read_only_history_test
