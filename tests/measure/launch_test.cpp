#include "fake_suite.hpp"

#include <doctest/doctest.h>

namespace launch_test {

using namespace assay::measure;
using namespace assay::measure::test;

TEST_CASE("a launch goes through every step in the order of the contract") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.request.slices = 1;
    fake.request.warmup_slices_max = 0;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(record.reason.empty());
    CHECK(record.verified);
    CHECK(record.verify_s.has_value());
    CHECK(fake.case_id == "fake/family");
    const std::string calls = fake.calls();
    CHECK(calls.starts_with("create open verify enter prepare run finish prepare run finish"));
    CHECK(calls.ends_with("prepare run finish leave close destroy"));
    CHECK(fake.observer.turns == 1);
    CHECK(fake.observer.turns_over == 1);
    std::vector<LaunchPhase> order;
    for (const auto& [phase, slice] : fake.observer.phases) {
        order.push_back(phase);
    }
    CHECK(order == std::vector{LaunchPhase::open,
                               LaunchPhase::verify,
                               LaunchPhase::calibrate,
                               LaunchPhase::warm_up,
                               LaunchPhase::ready,
                               LaunchPhase::measure,
                               LaunchPhase::close});
}

TEST_CASE("a verifying launch with a first iteration takes no turn and no slices") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.request.first_iteration = true;
    fake.request.slices = 0;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(record.first_iteration_s.has_value());
    CHECK_FALSE(record.calibration.has_value());
    CHECK(record.slices.empty());
    CHECK(fake.calls() == "create open verify enter prepare run finish leave close destroy");
    CHECK(fake.observer.turns == 0);
}

TEST_CASE("a launch that only verifies enters no lane") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.request.slices = 0;
    CHECK(fake.launch().status == CaseStatus::passed);
    CHECK(fake.calls() == "create open verify close destroy");
}

TEST_CASE("after a failed create nothing follows") {
    FakeSuite fake;
    fake.on_create = [&] {
        fake.host->fail(fake.scope, ASSAY_E_CONFIG, str("/size: expected a number"));
        return ASSAY_E_CONFIG;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason == "create: /size: expected a number");
    CHECK(fake.calls() == "create");
}

TEST_CASE("after a failed open only destroy follows") {
    FakeSuite fake;
    fake.on_open = [] { return ASSAY_E_IO; };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason == "open returned ASSAY_E_IO without saying why");
    CHECK(fake.calls() == "create open destroy");
}

TEST_CASE("open that succeeds without a case is a failure") {
    FakeSuite fake;
    fake.open_gives_null = true;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason == "open returned success without a case");
    CHECK(fake.calls() == "create open destroy");
}

TEST_CASE("a case that skips or is unavailable says why and is not a failure") {
    FakeSuite fake;
    fake.on_open = [&] {
        fake.say_failed("n is too large for this dtype");
        return ASSAY_SKIP;
    };
    LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::skipped);
    CHECK(record.reason == "n is too large for this dtype");
    fake.on_open = [&] {
        fake.say_failed("no server on localhost:6379");
        return ASSAY_UNAVAILABLE;
    };
    record = fake.launch();
    CHECK(record.status == CaseStatus::unavailable);
    CHECK(record.reason == "no server on localhost:6379");
    CHECK(fake.calls() == "create open destroy");
}

TEST_CASE("after a failed verify the case is closed and nothing is timed") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.on_verify = [&] {
        fake.say_failed("got 3, expected 4");
        return ASSAY_E_FAIL;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::wrong_result);
    CHECK(record.reason == "verify: got 3, expected 4");
    CHECK_FALSE(record.verified);
    CHECK(fake.calls() == "create open verify close destroy");
}

TEST_CASE("an exception in verify is a failure of the plugin, not a wrong result") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.on_verify = [] { return ASSAY_E_EXCEPTION; };
    CHECK(fake.launch().status == CaseStatus::failed);
}

TEST_CASE("a family that claims nothing in verify is measured and not called verified") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.on_verify = [] { return ASSAY_SKIP; };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK_FALSE(record.verified);
    CHECK(fake.recorded(record).size() == 3);
}

TEST_CASE("a suite without verify is measured and not called verified") {
    FakeSuite fake;
    fake.request.verify = true;
    fake.iface.verify = nullptr;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK_FALSE(record.verified);
    CHECK_FALSE(record.verify_s.has_value());
}

TEST_CASE("after a failed lane_enter only close and destroy follow") {
    FakeSuite fake;
    fake.on_lane_enter = [](std::uint32_t) { return ASSAY_E_NOMEM; };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(fake.calls() == "create open enter close destroy");
}

TEST_CASE("after a failed prepare there is no run and no finish") {
    FakeSuite fake;
    fake.on_prepare = [](assay_batch*) { return ASSAY_E_IO; };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason == "prepare returned ASSAY_E_IO without saying why");
    CHECK(fake.calls() == "create open enter prepare leave close destroy");
}

TEST_CASE("after a failed run the batch is finished and the lane leaves") {
    FakeSuite fake;
    fake.on_run = [&](assay_batch*) {
        fake.say_failed("lost the connection");
        return ASSAY_E_FAIL;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason == "run: lost the connection");
    CHECK(fake.calls() == "create open enter prepare run finish leave close destroy");
    CHECK(record.notes.empty()); // saying why is no disturbance
}

TEST_CASE("a failing finish fails the case") {
    FakeSuite fake;
    fake.on_finish = [](assay_batch*) { return ASSAY_E_VERIFY; };
    CHECK(fake.launch().status == CaseStatus::wrong_result);
    CHECK(fake.calls() == "create open enter prepare run finish leave close destroy");
}

TEST_CASE("unknown positive codes count as success") {
    FakeSuite fake;
    fake.on_open = [] { return assay_status{77}; };
    fake.on_finish = [](assay_batch*) { return assay_status{12}; };
    CHECK(fake.launch().status == CaseStatus::passed);
}

TEST_CASE("optional callbacks may be absent") {
    FakeSuite fake;
    fake.iface.verify = nullptr;
    fake.iface.lane_enter = nullptr;
    fake.iface.prepare = nullptr;
    fake.iface.finish = nullptr;
    fake.iface.lane_leave = nullptr;
    CHECK(fake.launch().status == CaseStatus::passed);
}

TEST_CASE("a missing required callback is refused by name") {
    FakeSuite fake;
    fake.iface.run = nullptr;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason == "suite 'fake': assay_suite_v1.run is NULL");
    CHECK(fake.calls().empty());
}

TEST_CASE("a request that does not fit the family is refused before open") {
    FakeSuite fake;
    fake.request.params = {std::int64_t{3}};
    CHECK(fake.launch().reason == "the request has 1 parameters, the family has 0 axes");
    CHECK(fake.count("open") == 0);
    fake.request.params.clear();
    fake.request.family = 4;
    CHECK(fake.launch().status == CaseStatus::failed);
    fake.request.family = 0;
    fake.request.lanes = 2;
    CHECK(fake.launch().reason == "2 lanes were asked for, the family takes 1 to 1");
}

TEST_CASE("who is not given a turn takes no recorded slice") {
    FakeSuite fake;
    fake.observer.give_turn = false;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::cancelled);
    CHECK(fake.recorded(record).empty());
    CHECK(fake.observer.turns_over == 0);
    CHECK(fake.calls().ends_with("leave close destroy"));
}

TEST_CASE("a cancelled launch keeps the slices it has and unwinds") {
    FakeSuite fake;
    fake.request.slices = 50;
    fake.observer.at_phase = [&](LaunchPhase phase, std::uint32_t slice) {
        if (phase == LaunchPhase::measure && slice == 2) {
            fake.cancel.store(1);
        }
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::cancelled);
    CHECK(fake.recorded(record).size() == 2);
    CHECK(fake.observer.turns_over == 1);
    CHECK(fake.calls().ends_with("leave close destroy"));
}

TEST_CASE("a batch that is cancelled half-way is honest when done is smaller") {
    FakeSuite fake;
    fake.on_run = [&](assay_batch* batch) {
        fake.cancel.store(1);
        CHECK(*batch->cancel == 1);
        batch->done = batch->iterations - 1;
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::cancelled);
    CHECK(record.slices.empty());
}

TEST_CASE("recorded slices get the same seeds in every launch, and each its own") {
    FakeSuite fake;
    fake.request.seed = 42;
    const auto first = fake.recorded(fake.launch());
    const auto second = fake.recorded(fake.launch());
    fake.request.seed = 43;
    const auto other = fake.recorded(fake.launch());
    REQUIRE(first.size() == 3);
    REQUIRE(second.size() == 3);
    REQUIRE(other.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(first[i].seed == second[i].seed);
        CHECK(first[i].seed != other[i].seed);
        CHECK(first[i].seed != first[(i + 1) % 3].seed);
    }
}

TEST_CASE("only recorded batches are told that they count") {
    FakeSuite fake;
    std::size_t counted = 0;
    fake.on_finish = [&](assay_batch* batch) {
        counted += batch->warmup == 0 ? 1 : 0;
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(counted == 3);
    CHECK(record.calibration->warmup_slices == 2);
    CHECK(record.slices.size() == 5);
}

TEST_CASE("attachments and log lines reach the host") {
    FakeSuite fake;
    fake.on_open = [&] {
        fake.host->log(fake.scope, ASSAY_LOG_INFO, str("opened"));
        CHECK(fake.host->attach(fake.scope, str("trace"), str("text/csv"), str("a,b")) == ASSAY_OK);
        fake.host->progress(fake.scope, 0.5, str("half"));
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    REQUIRE(record.attachments.size() == 1);
    CHECK(record.attachments[0].name == "trace");
    CHECK(record.attachments[0].bytes == "a,b");
    CHECK(fake.observer.logs == std::vector<std::string>{"opened"});
    CHECK(fake.observer.progress == std::vector<double>{0.5});
}

TEST_CASE("a suite is described through create and destroy") {
    FakeSuite fake;
    const auto description = describe("fake", fake.iface, "{}");
    REQUIRE(description.ok());
    CHECK(description->families.size() == 1);
    CHECK(fake.calls() == "create destroy");
    fake.on_create = [&] {
        fake.host->fail(fake.scope, ASSAY_E_CONFIG, str("/n: expected an integer"));
        return ASSAY_E_CONFIG;
    };
    const auto refused = describe("fake", fake.iface, "{}");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == assay::ErrorKind::config);
    CHECK(refused.error().message == "suite 'fake': create: /n: expected an integer");
}

} // namespace launch_test
