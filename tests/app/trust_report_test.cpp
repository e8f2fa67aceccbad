#include "app/trust_report.hpp"
#include "support/json.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

catalog::TrustVerdict verdict_on(const TemporaryFolder& folder) {
    catalog::TrustVerdict verdict;
    auto content = catalog::read_project(folder.path(), nullptr);
    REQUIRE(content);
    verdict.content = std::move(*content);
    verdict.state = catalog::TrustState::changed;
    verdict.reason = "it changed";
    verdict.changes = {"new plugins/data.txt"};
    return verdict;
}

} // namespace

TEST_CASE("what trust would be given for is shown with its hash and what changed") {
    const TemporaryFolder folder;
    folder.write(".assay/plugins/data.txt", "four");
    folder.write(".assay/plugins/bad.assay.so", "no library");
    const catalog::TrustVerdict verdict = verdict_on(folder);
    const std::string text = trust_text(folder.path(), verdict, "text");
    CHECK(text.find(folder.path().string()) != std::string::npos);
    CHECK(text.find("changed: it changed") != std::string::npos);
    CHECK(text.find("sha256:" + verdict.content.hash) != std::string::npos);
    CHECK(text.find("plugins/data.txt") != std::string::npos);
    CHECK(text.find("refused: ") != std::string::npos);
    CHECK(text.find("  new plugins/data.txt\n") != std::string::npos);
    const auto document = parse_json(trust_text(folder.path(), verdict, "json"));
    REQUIRE(document);
    CHECK(document->at("trusted") == false);
    CHECK(document->at("files").get_array().size() == 2);
    CHECK(document->at("changes").at(0) == "new plugins/data.txt");
    CHECK(trust_text(folder.path(), verdict, "csv").starts_with("file,bytes,sha256,is,"));
}

TEST_CASE("records of trust are listed by what they say") {
    const std::vector<catalog::TrustRecord> records = {{.kind = catalog::TrustRecordKind::content,
                                                        .path = "/a",
                                                        .hash = "00ff",
                                                        .added = "2026-01-02T03:04:05Z",
                                                        .items = {}},
                                                       {.kind = catalog::TrustRecordKind::path,
                                                        .path = "/b",
                                                        .hash = {},
                                                        .added = {},
                                                        .items = {}},
                                                       {.kind = catalog::TrustRecordKind::denial,
                                                        .path = "/c",
                                                        .hash = {},
                                                        .added = {},
                                                        .items = {}}};
    CHECK(trust_records_text(records, "csv") == "what,path,since,sha256\n"
                                                "allowed,/a,2026-01-02T03:04:05Z,00ff\n"
                                                "allowed by path,/b,,\n"
                                                "denied,/c,,\n");
    const auto document = parse_json(trust_records_text(records, "json"));
    REQUIRE(document);
    CHECK(document->at("records").at(2).at("kind") == "denied");
}
