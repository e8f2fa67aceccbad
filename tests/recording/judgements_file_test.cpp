#include "history/judgement_lines.hpp"
#include "history/judgements_file.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;
using testing::uuid_of;

namespace {

const std::string kKey(64, 'a');

Judgements some_of_each() {
    Judgements all;
    all.exclusions.push_back({uuid_of(1), "sums/add[n=64]"});
    ToldBaseline baseline{.series = kKey};
    baseline.row.policy = "pinned";
    baseline.row.center = 0.1;
    baseline.row.to_run = uuid_of(1);
    baseline.row.evidence = {uuid_of(1)};
    baseline.row.created = 17;
    all.baselines.push_back(baseline);
    ToldVerdict verdict{.series = kKey};
    verdict.row.run_uuid = uuid_of(1);
    verdict.row.source = "gate";
    verdict.row.verdict = "regressed";
    verdict.row.change = 0.1;
    verdict.row.detail = {{"why", "slow"}};
    all.verdicts.push_back(verdict);
    ToldGate gate{.series = ""};
    gate.row.run_uuid = uuid_of(1);
    gate.row.rule_id = "time";
    gate.row.verdict = "failed";
    all.gates.push_back(gate);
    return all;
}

std::vector<std::filesystem::path> files_in(const TemporaryFolder& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        files.push_back(entry.path());
    }
    return files;
}

} // namespace

TEST_CASE("judgements come back from a file as they were and fit their schema") {
    const TemporaryFolder folder;
    const auto given = write_judgements(some_of_each(), folder.path());
    REQUIRE_MESSAGE(given.ok(), given.error().message);
    CHECK(given->added() == 4);
    const auto files = files_in(folder);
    REQUIRE(files.size() == 1);
    CHECK(is_judgements_file(files[0]));
    const auto read = read_judgements(files[0]);
    REQUIRE_MESSAGE(read.ok(), read.error().message);
    CHECK(lines_of(read->judgements) == lines_of(some_of_each()));
    for (const std::string& line : lines_of(read->judgements)) {
        testing::check_against("judgements.json", *parse_json(line));
    }
}

TEST_CASE("what is said in a folder already is not said again and what is new gets its own file") {
    const TemporaryFolder folder;
    REQUIRE(write_judgements(some_of_each(), folder.path()).ok());
    const auto again = write_judgements(some_of_each(), folder.path());
    REQUIRE(again.ok());
    CHECK(again->added() == 0);
    CHECK(again->known == 4);
    CHECK(files_in(folder).size() == 1);
    Judgements more = some_of_each();
    more.exclusions.push_back({uuid_of(2), "sums/add[n=64]"});
    const auto grown = write_judgements(more, folder.path());
    REQUIRE(grown.ok());
    CHECK(grown->exclusions == 1);
    CHECK(files_in(folder).size() == 2);
}

TEST_CASE("a file that was cut off or changed is refused by its name") {
    const TemporaryFolder folder;
    REQUIRE(write_judgements(some_of_each(), folder.path()).ok());
    const auto file = files_in(folder).front();
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 5);
    const auto read = read_judgements(file);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().kind == ErrorKind::plugin);
    CHECK(read.error().message.find(file.string()) != std::string::npos);
    // What it said is said again: nothing of it counts.
    CHECK(write_judgements(some_of_each(), folder.path())->added() == 4);
}

TEST_CASE("a kind that a newer Assay writes is left out, and what is no judgement refused") {
    Judgements into;
    const auto newer = take_line(R"({"kind":"wish","run":"x"})", into);
    REQUIRE(newer.ok());
    CHECK_FALSE(*newer);
    for (const char* line : {"{",
                             "[]",
                             "{}",
                             R"({"kind":"exclusion","run":"x","case":"a"})",
                             R"({"kind":"baseline","series":"abc","center":1})",
                             R"({"kind":"verdict"})",
                             R"({"kind":"gate"})"}) {
        CAPTURE(line);
        CHECK_FALSE(take_line(line, into).ok());
    }
    CHECK(lines_of(into).empty());
}
