#include "record.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace record_test {

using namespace proof;
using assay::test::TemporaryFolder;

namespace {

Record assay_record() {
    Record record;
    record.cell = "same_alu";
    record.method = kAssay;
    record.index = 7;
    record.started = "2026-01-02T03:04:05Z";
    record.load = 1.25;
    record.seconds = 0.75;
    record.verdict = "same";
    record.others = {1, 2, 3, 4};
    record.ratio = 1.0004;
    record.pairs = 6;
    record.null_control = "quiet";
    record.positive_control = "found";
    return record;
}

} // namespace

TEST_CASE("records of both methods come back from their file as they were") {
    const TemporaryFolder folder;
    const std::string path = folder.file("records.jsonl");
    Record peer;
    peer.cell = "same_alu";
    peer.method = kGoogleBenchmark;
    peer.real_time = PeerFinding{0.01, 1.02};
    peer.cpu_time = PeerFinding{0.5, 0.999};
    REQUIRE(append_record(path, assay_record()));
    REQUIRE(append_record(path, peer));

    const auto records = load_records(path);
    REQUIRE(records);
    REQUIRE(records->size() == 2);
    const Record& first = records->front();
    CHECK(record_object(first) == record_object(assay_record()));
    CHECK(first.others.undecided == 4);
    CHECK(records->back().real_time->p == 0.01);
    CHECK(records->back().cpu_time->ratio == 0.999);
    CHECK(records->back().verdict.empty());
}

TEST_CASE("no file of records is no records and half a last line is left out") {
    const TemporaryFolder folder;
    const std::string path = folder.file("records.jsonl");
    CHECK(load_records(path)->empty());
    REQUIRE(append_record(path, assay_record()));
    std::ofstream(path, std::ios::app) << "{\"cell\":\"same_a";
    const auto records = load_records(path);
    REQUIRE(records);
    CHECK(records->size() == 1);
}

TEST_CASE("a line that is no record is named with its number") {
    const TemporaryFolder folder;
    const std::string path = folder.file("records.jsonl");
    REQUIRE(append_record(path, assay_record()));
    std::ofstream(path, std::ios::app) << "[]\n";
    const auto records = load_records(path);
    REQUIRE_FALSE(records);
    CHECK(records.error().message.find("records.jsonl:2:") != std::string::npos);
}

TEST_CASE("a folder that is not there cannot take a record") {
    const TemporaryFolder folder;
    const auto status = append_record(folder.file("missing/records.jsonl"), assay_record());
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("cannot write") != std::string::npos);
}

} // namespace record_test
