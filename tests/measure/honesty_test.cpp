#include "fake_suite.hpp"
#include "measure/empty_loop.hpp"
#include "measure/honesty.hpp"

#include <doctest/doctest.h>

namespace honesty_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

// Fails unless the launch ended with that status and a reason that has the words.
void check_end(const LaunchRecord& record, CaseStatus status, std::string_view words) {
    CAPTURE(record.reason);
    CHECK(name_of(record.status) == name_of(status));
    CHECK(record.reason.find(words) != std::string::npos);
}

} // namespace

TEST_CASE("a lie about done fails the case") {
    FakeSuite fake;
    fake.on_run = [](assay_batch* batch) {
        burn(batch);
        batch->done = batch->iterations + 1;
        return ASSAY_OK;
    };
    check_end(fake.launch(), CaseStatus::failed, "run() says done = 2, expected the 1 iterations");
    fake.on_run = [](assay_batch* batch) {
        batch->done = 0;
        return ASSAY_OK;
    };
    check_end(fake.launch(), CaseStatus::failed, "nothing was cancelled");
}

TEST_CASE("a checksum that changes with equal inputs is a wrong result") {
    FakeSuite fake;
    std::uint64_t calls = 0;
    fake.on_run = [&](assay_batch* batch) {
        burn(batch);
        batch->checksum = ++calls;
        return ASSAY_OK;
    };
    fake.request.first_iteration = true; // n = 1, and calibration starts there with the same seed
    check_end(fake.launch(), CaseStatus::wrong_result, "with the same seed");
}

TEST_CASE("the checksum book compares only equal inputs") {
    ChecksumBook book;
    SliceRecord slice;
    slice.iterations = slice.done = 10;
    slice.seed = 5;
    slice.checksum = 99;
    CHECK_FALSE(book.enter(slice).has_value());
    CHECK_FALSE(book.enter(slice).has_value());
    SliceRecord other = slice;
    other.checksum = 100;
    other.lane = 1;
    CHECK_FALSE(book.enter(other).has_value());
    other = slice;
    other.checksum = 0; // none
    CHECK_FALSE(book.enter(other).has_value());
    other.checksum = 100;
    CHECK(book.enter(other).has_value());
}

TEST_CASE("a body that is not there fails as optimised away") {
    FakeSuite fake;
    fake.on_run = [](assay_batch*) { return ASSAY_OK; };
    check_end(fake.launch(), CaseStatus::failed, "optimised away");
}

TEST_CASE("a body that is no slower than an empty loop is told and does not fail") {
    FakeSuite fake;
    // Less than nothing, so that a machine under load does not decide; more than the half cycle
    // below which there is no body at all.
    fake.on_run = [](assay_batch* batch) {
        empty_loop(batch->iterations / 8 * 5 + 1);
        return ASSAY_OK;
    };
    for (const std::int32_t shape : {ASSAY_SHAPE_CHAIN, ASSAY_SHAPE_INDEPENDENT}) {
        fake.def.shape = shape;
        const LaunchRecord record = fake.launch();
        CHECK_MESSAGE(record.status == CaseStatus::passed, record.reason);
        CHECK(std::ranges::any_of(record.notes, [](const std::string& note) {
            return note.starts_with("no slower than an empty loop");
        }));
    }
}

TEST_CASE("what does more than an empty loop is not suspected") {
    FakeSuite fake;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(std::ranges::none_of(record.notes, [](const std::string& note) {
        return note.find("empty loop") != std::string::npos;
    }));
    CHECK(no_slower_than_empty_loop(0.271e-9, 0.27e-9)); // one cycle of each
    CHECK(no_slower_than_empty_loop(0.300e-9, 0.27e-9));
    CHECK_FALSE(no_slower_than_empty_loop(0.405e-9, 0.27e-9)); // one and a half
    CHECK_FALSE(no_slower_than_empty_loop(0.540e-9, 0.27e-9));
    CHECK_FALSE(no_slower_than_empty_loop(0, 0.27e-9)); // no time is no reading
}

TEST_CASE("a body that ignores the number of iterations fails the scaling check") {
    FakeSuite fake;
    fake.request.scaling_check = true;
    fake.on_run = [](assay_batch* batch) {
        assay_batch fixed = *batch; // the work of 100 000, whatever was asked for
        fixed.iterations = 100'000;
        return burn(&fixed);
    };
    check_end(fake.launch(), CaseStatus::failed, "does not scale with iterations");
}

TEST_CASE("a stateful case that does not scale is noted, not failed") {
    FakeSuite fake;
    fake.request.scaling_check = true;
    fake.def.flags = ASSAY_CASE_STATEFUL;
    fake.on_run = [](assay_batch* batch) {
        assay_batch fixed = *batch;
        fixed.iterations = 100'000;
        return burn(&fixed);
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(has_note(record, "not proportional to the number of iterations"));
}

TEST_CASE("an honest body passes the scaling check and its slices are flagged") {
    FakeSuite fake;
    fake.request.scaling_check = true;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    std::size_t scaling = 0;
    for (const SliceRecord& slice : record.slices) {
        scaling += (slice.flags & kSliceScaling) != 0 ? 1 : 0;
    }
    CHECK(scaling >= 10);
    CHECK(fake.recorded(record).size() == 3);
}

TEST_CASE("twice the iterations take twice the time within a tenth") {
    const std::vector<double> once{1, 1, 5};
    CHECK(scales(once, std::vector<double>{2, 2, 2}));
    CHECK_FALSE(scales(once, std::vector<double>{1, 1, 1}));
    CHECK_FALSE(scales(once, std::vector<double>{4, 4, 4}));
    // One disturbed reading in each does not decide.
    CHECK(scales(std::vector<double>{1, 1.5, 1.6}, std::vector<double>{2.0, 4, 5}));
    CHECK_FALSE(scales({}, {}));
}

TEST_CASE("lanes that were preempted and never waited scale by their CPU time") {
    const auto trial = [](std::uint64_t cpu_once, std::uint64_t cpu_twice, std::uint32_t waits) {
        std::vector<SliceRecord> once(2);
        std::vector<SliceRecord> twice(2);
        for (std::size_t lane = 0; lane < 2; ++lane) {
            once[lane].thread_cpu_ns = cpu_once;
            twice[lane].thread_cpu_ns = cpu_twice;
            once[lane].involuntary_switches = twice[lane].involuntary_switches = 3;
        }
        twice.back().voluntary_switches = waits;
        ScalingTrial given(true);
        for (int repeat = 0; repeat < 5; ++repeat) {
            given.add_once(0.005, once); // one time slice of the scheduler for both
            given.add_twice(0.006, twice);
        }
        return given.fits();
    };
    CHECK(trial(1'000'000, 2'000'000, 0));
    CHECK_FALSE(trial(1'000'000, 1'000'000, 0)); // a body that ignores its iterations
    CHECK_FALSE(trial(1'000'000, 2'000'000, 1)); // it may wait for the same time whatever n is
}

TEST_CASE("lanes that divide the same work differently do not scale") {
    std::vector<SliceRecord> once(2);
    std::vector<SliceRecord> twice(2);
    once[0].thread_cpu_ns = 1'000'000; // one lane works, then both
    twice[0].thread_cpu_ns = twice[1].thread_cpu_ns = 1'000'000;
    ScalingTrial trial(true);
    for (int repeat = 0; repeat < 5; ++repeat) {
        trial.add_once(0.001, once);
        trial.add_twice(0.001, twice);
    }
    CHECK_FALSE(trial.fits());
}

TEST_CASE("a time of the plugin's own that does not grow fails, however busy its thread was") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_MANUAL;
    fake.request.scaling_check = true;
    fake.request.iterations = 10'000; // by its own time calibration would never come to an end
    fake.on_run = [](assay_batch* batch) {
        const assay_status status = burn(batch);
        batch->manual_ns = 1000;
        return status;
    };
    check_end(fake.launch(), CaseStatus::failed, "does not scale with iterations");
}

TEST_CASE("manual time outside the time of run fails the case") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_MANUAL;
    fake.on_run = [](assay_batch* batch) {
        burn(batch);
        batch->manual_ns = 3'600'000'000'000u; // an hour
        return ASSAY_OK;
    };
    check_end(fake.launch(), CaseStatus::failed, "manual_ns is 3600000000000");
    fake.on_run = [](assay_batch* batch) { return burn(batch); };
    check_end(fake.launch(), CaseStatus::failed, "manual_ns is 0");
}

TEST_CASE("manual time within bounds is the primary time") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_MANUAL;
    fake.on_run = [&](assay_batch* batch) {
        const std::uint64_t start = fake.host->now_ns();
        burn(batch);
        batch->manual_ns = std::max<std::uint64_t>(fake.host->now_ns() - start, 1);
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(record.calibration->clock == Clock::manual);
    for (const SliceRecord& slice : record.slices) {
        CHECK(slice.manual_ns > 0);
        CHECK(slice.manual_ns <= slice.wall_ns);
    }
}

TEST_CASE("inputs of a batch may only be read") {
    FakeSuite fake;
    fake.on_run = [](assay_batch* batch) {
        burn(batch);
        batch->seed = 7;
        return ASSAY_OK;
    };
    check_end(fake.launch(), CaseStatus::failed, "batch->seed");
}

TEST_CASE("writing behind the batch fails the case") {
    FakeSuite fake;
    fake.on_run = [](assay_batch* batch) {
        burn(batch);
        // Through volatile, so that the compiler does not reason about what a bad plugin does.
        volatile auto* const end = reinterpret_cast<volatile unsigned char*>(batch + 1);
        end[3] = 1;
        return ASSAY_OK;
    };
    check_end(fake.launch(), CaseStatus::failed, "wrote behind the batch");
}

TEST_CASE("latencies belong to the shape latency alone") {
    FakeSuite fake;
    fake.on_run = [](assay_batch* batch) {
        burn(batch);
        batch->n_latency = 1;
        return ASSAY_OK;
    };
    check_end(fake.launch(), CaseStatus::failed, "only a family of shape latency");
}

TEST_CASE("host calls inside run are noted with their number, and strict fails them") {
    FakeSuite fake;
    fake.add_metric("hits", ASSAY_AGG_SUM);
    std::uint64_t runs = 0;
    fake.on_run = [&](assay_batch* batch) {
        ++runs;
        fake.host->metric(fake.scope, 0, 1.0);
        static_cast<void>(fake.host->now_ns()); // allowed
        return burn(batch);
    };
    LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(has_note(record, "host call in run: metric (" + std::to_string(runs) + " times)"));
    fake.request.strict = true;
    record = fake.launch();
    check_end(record, CaseStatus::failed, "host call in run: metric");
}

TEST_CASE("a service asked for inside run is counted too") {
    FakeSuite fake;
    fake.on_run = [&](assay_batch* batch) {
        static_cast<void>(fake.host->service(str(ASSAY_SERVICE_JSON)));
        return burn(batch);
    };
    CHECK(has_note(fake.launch(), "host call in run: service"));
}

TEST_CASE("a log line written inside run still arrives, after it") {
    FakeSuite fake;
    fake.request.slices = 1;
    fake.on_run = [&](assay_batch* batch) {
        if (batch->warmup == 0) {
            fake.host->log(fake.scope, ASSAY_LOG_WARN, str("from inside"));
            CHECK(fake.observer.logs.empty());
        }
        return burn(batch);
    };
    CHECK(fake.launch().status == CaseStatus::passed);
    CHECK(fake.observer.logs == std::vector<std::string>{"from inside"});
}

TEST_CASE("threads of the plugin's own are noted as background work") {
    FakeSuite fake;
    fake.on_run = [](assay_batch* batch) {
        assay_batch other = *batch;
        std::thread helper([&other] { burn(&other); });
        const assay_status status = burn(batch);
        helper.join();
        return status;
    };
    // Starting a thread takes its time whatever n is: on a busy machine that would not scale.
    fake.request.iterations = 200'000;
    fake.request.scaling_check = false;
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    CHECK(has_note(record, "background work"));
}

TEST_CASE("two windows of five that agree are steady") {
    CHECK_FALSE(is_steady(std::vector<double>(9, 1.0)));
    CHECK(is_steady(std::vector<double>(10, 1.0)));
    CHECK(is_steady(std::vector<double>{9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}));
    CHECK_FALSE(is_steady(std::vector<double>{2, 2, 2, 2, 2, 1, 1, 1, 1, 1}));
}

} // namespace honesty_test
