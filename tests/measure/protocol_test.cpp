#include "measure/protocol.hpp"

#include <doctest/doctest.h>

namespace protocol_test {

using namespace assay;
using namespace assay::measure;

namespace {

json::value over_the_wire(const json::value& document) {
    return *parse_json(write_json(document));
}

} // namespace

TEST_CASE("a launch request survives the way to the worker") {
    LaunchRequest request;
    request.suite = "matrix";
    request.config_json = R"({"mode":"quick"})";
    request.family = 3;
    request.params = {std::int64_t{-7}, 1.0, false, std::string("h\u00e9\n\"")};
    request.case_id = "matrix/x[n=-7]";
    request.seed = 0xFEDCBA9876543210u;
    request.launch = 9;
    request.lanes = 4;
    request.lane_cpus = {3, 2, 1, 0};
    request.verify = request.first_iteration = request.scaling_check = request.strict = true;
    request.slices = 12;
    request.warmup_slices_max = 5;
    request.slice_target_s = 0.1 + 0.2;
    request.batch_bytes_max = 1234567;
    request.iterations = 500'000;
    request.pair = PairSeat{1, 0};
    request.handicap = 0.03;
    request.open_clock = Clock::wall;
    request.count_iterations = 1000;
    request.memory_iterations = 100;
    const auto read = launch_request_from_json(over_the_wire(to_json(request)));
    REQUIRE(read.ok());
    CHECK(read->params == request.params);
    CHECK(read->lane_cpus == request.lane_cpus);
    CHECK(read->seed == request.seed);
    CHECK(read->slice_target_s == request.slice_target_s);
    CHECK(read->iterations == 500'000);
    REQUIRE(read->pair);
    CHECK(read->pair->seat == 1);
    CHECK(read->pair->first == 0);
    CHECK(read->handicap == 0.03);
    CHECK(read->open_clock == Clock::wall);
    CHECK(read->count_iterations == 1000);
    CHECK(read->memory_iterations == 100);
    CHECK(write_json(to_json(*read)) == write_json(to_json(request)));
}

TEST_CASE("a request without a pair stays without one, a wrong seat or handicap is refused") {
    const auto plain = launch_request_from_json(over_the_wire(to_json(LaunchRequest{})));
    REQUIRE(plain.ok());
    CHECK_FALSE(plain->pair);
    CHECK(plain->iterations == 0);
    CHECK(plain->handicap == 0);
    CHECK(plain->open_clock == Clock::thread_cpu);
    for (const char* wrong : {R"({"params":[],"pair":7})",
                              R"({"params":[],"pair":{"seat":2,"first":0}})",
                              R"({"params":[],"pair":{"seat":0}})",
                              R"({"params":[],"handicap":-0.5})"}) {
        CAPTURE(wrong);
        CHECK_FALSE(launch_request_from_json(*parse_json(wrong)).ok());
    }
}

TEST_CASE("a record survives the way back, absent figures stay absent") {
    LaunchRecord record;
    record.status = CaseStatus::wrong_result;
    record.reason = "verify: 3 is not 4";
    record.setup_s = 0.25;
    record.verify_s = 1e-6;
    record.calibration = Calibration{123, Clock::process_cpu, 1e-7, 1e-4, 4096, 10, true};
    record.metrics = {{0, 1.5, {1.0, 2.0}}, {1, std::nullopt, {}}};
    record.attachments = {{"a", "text/plain", "text"},
                          {"b", "application/octet-stream", std::string("\xff\x00z", 3)}};
    record.notes = {"unsteady"};
    const auto read = launch_record_from_json(over_the_wire(to_json(record)));
    REQUIRE(read.ok());
    CHECK(read->status == CaseStatus::wrong_result);
    CHECK_FALSE(read->first_iteration_s.has_value());
    CHECK_FALSE(read->metrics[1].value.has_value());
    CHECK(read->metrics[0].samples == record.metrics[0].samples);
    CHECK(read->attachments[1].bytes == record.attachments[1].bytes);
    CHECK(read->calibration->clock == Clock::process_cpu);
    CHECK(write_json(to_json(*read)) == write_json(to_json(record)));
}

TEST_CASE("documents of another form are refused") {
    CHECK_FALSE(launch_request_from_json(json::value(1)).ok());
    CHECK_FALSE(launch_request_from_json(*parse_json("{}")).ok());
    CHECK_FALSE(launch_request_from_json(*parse_json(R"({"params":[[1,"x"]]})")).ok());
    CHECK_FALSE(launch_request_from_json(*parse_json(R"({"params":[7]})")).ok());
    CHECK_FALSE(launch_record_from_json(json::value("x")).ok());
    CHECK_FALSE(launch_record_from_json(*parse_json(R"({"status":"fine"})")).ok());
}

TEST_CASE("slices are packed as they stand in memory") {
    std::vector<SliceRecord> slices(3);
    slices[1].checksum = 77;
    slices[2].cpu_after = 5;
    const std::string bytes = pack(slices);
    CHECK(bytes.size() == 360);
    const auto read = unpack_slices(bytes);
    REQUIRE(read.ok());
    CHECK(read->size() == 3);
    CHECK((*read)[1].checksum == 77);
    CHECK((*read)[2].cpu_after == 5);
    CHECK(unpack_slices("").value().empty());
    CHECK_FALSE(unpack_slices(std::string_view(bytes).substr(1)).ok());
}

TEST_CASE("every status has a word and every word its status") {
    for (int i = 0; i <= static_cast<int>(CaseStatus::unavailable); ++i) {
        const auto status = static_cast<CaseStatus>(i);
        CHECK(case_status_from(name_of(status)) == status);
    }
    CHECK_FALSE(case_status_from("fine").has_value());
}

TEST_CASE(
    "what a counting launch counted survives the way back, and what it did not stays absent") {
    LaunchRecord record;
    CHECK_FALSE(launch_record_from_json(over_the_wire(to_json(record)))->count.has_value());
    record.count = WorkCount{.iterations = 1000, .instructions = {}};
    auto read = launch_record_from_json(over_the_wire(to_json(record)));
    REQUIRE(read->count.has_value());
    CHECK(read->count->iterations == 1000);
    CHECK_FALSE(read->count->instructions.has_value());
    record.count->instructions = 123'456'789'012;
    read = launch_record_from_json(over_the_wire(to_json(record)));
    CHECK(read->count->instructions == 123'456'789'012);
}

TEST_CASE("what a memory launch counted survives the way back in its order") {
    LaunchRecord record;
    CHECK(launch_record_from_json(over_the_wire(to_json(record)))->memory.empty());
    record.memory = {{.iterations = 10, .allocations = 30, .bytes = 240, .peak_live_bytes = 24},
                     {.iterations = 20, .allocations = 60, .bytes = 480, .peak_live_bytes = 48}};
    const auto read = launch_record_from_json(over_the_wire(to_json(record)));
    REQUIRE(read->memory.size() == 2);
    CHECK(read->memory[0].iterations == 10);
    CHECK(read->memory[0].allocations == 30);
    CHECK(read->memory[1].bytes == 480);
    CHECK(read->memory[1].peak_live_bytes == 48);
}

} // namespace protocol_test
