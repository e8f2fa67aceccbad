// Launches of a comparison: the number of iterations is given, slices are taken in turns, and the
// positive control spends time on top.
#include "fake_suite.hpp"
#include "measure/handicap.hpp"
#include "measure/honesty.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace fixed_iterations_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

double median_cpu_s(FakeSuite& fake, const LaunchRecord& record) {
    std::vector<double> times;
    for (const SliceRecord& slice : fake.recorded(record)) {
        times.push_back(static_cast<double>(slice.thread_cpu_ns) * 1e-9);
    }
    return median_of(times);
}

// Refuses or counts the turns of a pair.
class PairedObserver final : public LaunchObserver {
public:
    std::string order;
    std::uint32_t refused_from = UINT32_MAX;

    void on_phase(LaunchPhase /*phase*/, std::uint32_t /*slice*/) override {}

    bool wait_for_turn() override {
        order += "turn ";
        return true;
    }

    bool slice_begins(std::uint32_t number) override {
        order += "begin" + std::to_string(number) + " ";
        return number < refused_from;
    }

    void slice_ends(std::uint32_t number) override {
        order += "end" + std::to_string(number) + " ";
    }

    void turn_is_over() override { order += "over"; }

    void on_log(std::int32_t /*level*/, std::string_view /*text*/) override {}

    void on_progress(double /*done*/, std::string_view /*what*/) override {}
};

} // namespace

TEST_CASE("a given number of iterations is taken by every slice and nothing is calibrated") {
    FakeSuite fake;
    fake.request.iterations = 1234;
    fake.request.warmup_slices_max = 4;
    const LaunchRecord record = fake.launch();
    CHECK_MESSAGE(record.status == CaseStatus::passed, record.reason);
    for (const SliceRecord& slice : record.slices) {
        CHECK(slice.iterations == 1234);
    }
    // Four warm-up slices, then three slices with their lead-ins, and no batch besides.
    CHECK(record.slices.size() == 7);
    CHECK(fake.count("run") == 4 + 2 * 3);
    REQUIRE(record.calibration);
    CHECK(record.calibration->iterations == 1234);
    CHECK(record.calibration->warmup_slices == 4);
    CHECK(record.calibration->clock_cost_s > 0);
    CHECK(record.calibration->overhead_bound > 0);
    CHECK(record.calibration->overhead_bound < 1);
}

TEST_CASE("two launches with the same number of iterations get the same seeds and results") {
    FakeSuite fake;
    fake.request.iterations = 500;
    fake.request.pair = PairSeat{0, 1};
    const auto first = fake.recorded(fake.launch());
    fake.request.pair = PairSeat{1, 1};
    const auto second = fake.recorded(fake.launch());
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK(first[i].seed == second[i].seed);
        CHECK(first[i].checksum == second[i].checksum);
    }
}

TEST_CASE("without warm-up the share of the clock is found from the slices themselves") {
    FakeSuite fake;
    fake.request.iterations = 100'000;
    fake.request.warmup_slices_max = 0;
    const LaunchRecord record = fake.launch();
    CHECK_MESSAGE(record.status == CaseStatus::passed, record.reason);
    CHECK(record.slices.size() == 3);
    CHECK(record.calibration->overhead_bound > 0);
    CHECK(record.calibration->overhead_bound < 1);
}

TEST_CASE("prepare without memory for a given number of iterations is a failure, not half of it") {
    FakeSuite fake;
    fake.request.iterations = 64;
    fake.on_prepare = [](assay_batch* batch) {
        return batch->iterations > 32 ? ASSAY_E_NOMEM : ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("out of memory for a batch of 64 iterations") != std::string::npos);
    CHECK(record.reason.find("not halved") != std::string::npos);
    CHECK(record.slices.empty());
    CHECK(fake.calls().ends_with("leave close destroy"));
}

TEST_CASE("more iterations than the family takes are refused before anything runs") {
    FakeSuite fake;
    fake.def.max_iterations = 100;
    fake.request.iterations = 101;
    LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("at most 100") != std::string::npos);
    CHECK(fake.count("run") == 0);
    fake.request.iterations = 100;
    CHECK(fake.launch().status == CaseStatus::passed);
    fake.def.max_iterations = 0;
    fake.def.shape = ASSAY_SHAPE_SINGLE;
    fake.request.iterations = 2;
    record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("at most 1") != std::string::npos);
}

TEST_CASE("a given single iteration that is longer than a slice has one warm-up and no lead-in") {
    FakeSuite fake;
    fake.request.iterations = 1;
    fake.request.slice_target_s = 1e-6;
    fake.request.warmup_slices_max = 20;
    fake.on_run = [](assay_batch* batch) { return burn(batch, 5'000'000); };
    const LaunchRecord record = fake.launch();
    CHECK_MESSAGE(record.status == CaseStatus::passed, record.reason);
    CHECK(record.calibration->warmup_slices == 1);
    CHECK(fake.count("run") == 1 + 3);
}

TEST_CASE("a slice of a pair begins and ends in its turn") {
    FakeSuite fake;
    PairedObserver observer;
    fake.request.iterations = 100;
    fake.request.slices = 2;
    const LaunchRecord record = run_launch(fake.iface, fake.request, observer, fake.cancel);
    CHECK(record.status == CaseStatus::passed);
    CHECK(observer.order == "turn begin0 end0 begin1 end1 over");
}

TEST_CASE("a launch whose partner is gone ends as cancelled and still closes its case") {
    FakeSuite fake;
    PairedObserver observer;
    observer.refused_from = 1;
    fake.request.iterations = 100;
    const LaunchRecord record = run_launch(fake.iface, fake.request, observer, fake.cancel);
    CHECK(record.status == CaseStatus::cancelled);
    CHECK(record.reason.find("the other side of its pair") != std::string::npos);
    CHECK(observer.order == "turn begin0 end0 begin1 over");
    CHECK(fake.recorded(record).size() == 1);
    CHECK(fake.calls().ends_with("leave close destroy"));
}

TEST_CASE("a handicap's chain takes its share of the slice by its own calibration") {
    const Handicap half = handicap_for(0.5, 1e-3);
    REQUIRE(half.link_s > 0);
    const double error = static_cast<double>(half.links) * half.link_s / 0.5e-3 - 1;
    CHECK(std::abs(error) < 1e-3);
    CHECK(handicap_for(1e-9, 1e-9).links == 1);
    CHECK(handicap_for(0, 1e-3).links == 0);
    CHECK(handicap_for(0.5, 0).links == 0);
    CHECK(describe({26'000, 0.81e-9}, 0.03) ==
          "handicap: 3 % of a slice: 26000 multiplications of 0.81 ns");
}

TEST_CASE("a handicap lengthens every recorded slice and nothing else") {
    FakeSuite fake;
    fake.request.iterations = 50'000;
    fake.request.slices = 5;
    LaunchRecord record = fake.launch();
    CHECK_FALSE(has_note(record, "handicap"));
    const double plain_s = median_cpu_s(fake, record);
    const std::size_t plain_runs = fake.count("run");
    fake.request.handicap = 4; // five times as long: no noise of a machine looks like that
    record = fake.launch();
    CHECK_MESSAGE(record.status == CaseStatus::passed, record.reason);
    CHECK(has_note(record, "handicap: 400 % of a slice"));
    CHECK(fake.count("run") == plain_runs);
    const double ratio = median_cpu_s(fake, record) / plain_s;
    CHECK(ratio > 2);
    CHECK(ratio < 12);
    // The chain is no part of a warm-up slice.
    CHECK(static_cast<double>(record.slices[1].thread_cpu_ns) * 1e-9 < 0.7 * ratio * plain_s);
}

TEST_CASE("a handicap without warm-up takes one slice to know how long a slice is") {
    FakeSuite fake;
    fake.request.iterations = 50'000;
    fake.request.warmup_slices_max = 0;
    fake.request.handicap = 1;
    const LaunchRecord record = fake.launch();
    CHECK_MESSAGE(record.status == CaseStatus::passed, record.reason);
    CHECK(record.calibration->warmup_slices == 1);
    CHECK(has_note(record, "handicap: 100 % of a slice"));
}

} // namespace fixed_iterations_test
