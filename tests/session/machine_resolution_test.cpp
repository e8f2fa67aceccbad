#include "app/session/machine_resolution.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNow = 1'700'000'000'000'000'000;

// A sample whose slices alternate between t and (1 + spread) t, and how often it was taken.
struct Sampler {
    double spread = 0.01;
    int taken = 0;

    measure::MachineSample operator()() {
        ++taken;
        measure::MachineSample sample;
        for (std::uint64_t i = 0; i < 96; ++i) {
            measure::SliceRecord slice;
            const bool slow = i % 5 < 2;
            slice.thread_cpu_ns = static_cast<std::uint64_t>(700'000 * (slow ? 1 + spread : 1));
            slice.wall_ns = slice.thread_cpu_ns;
            sample.free.alu.push_back(slice);
        }
        sample.free.memory = sample.free.alu;
        sample.pinned = sample.free;
        sample.clocks = {.wall_s = 2e-8, .thread_cpu_s = 7e-7, .ticks_s = 9e-9};
        sample.steal_share = 0.02;
        sample.seconds = 0.3;
        return sample;
    }
};

} // namespace

TEST_CASE("a resolution is measured once and kept for ten minutes") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "resolution.json";
    Sampler sampler;
    const auto first = machine_resolution(file, kNow, std::ref(sampler));
    CHECK(sampler.taken == 1);
    const auto again = machine_resolution(file, kNow + kResolutionKept_ns, std::ref(sampler));
    CHECK(sampler.taken == 1);
    CHECK(again.measured_ns == kNow);
    CHECK(again.resolution.slice_sd == first.resolution.slice_sd);
    CHECK(again.resolution.clocks.ticks_s == first.resolution.clocks.ticks_s);
    CHECK(again.resolution.steal_share == first.resolution.steal_share);
    machine_resolution(file, kNow + kResolutionKept_ns + 1, std::ref(sampler));
    CHECK(sampler.taken == 2);
}

TEST_CASE("what lies in the file is believed only if it is whole, recent and of this machine") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "resolution.json";
    for (const char* text : {"",
                             "{",
                             "[]",
                             R"({"machine":"another","measured_ns":1,"resolution":{}})",
                             R"({"schema":"assay.resolution/1"})"}) {
        REQUIRE(write_file_atomically(file.string(), text));
        Sampler sampler;
        machine_resolution(file, kNow, std::ref(sampler));
        CHECK(sampler.taken == 1);
    }
    auto document = read_file(file.string());
    REQUIRE(document);
    for (const auto& [key, other] : {std::pair{"\"pair_sd\":", "\"pair_sx\":"},
                                     std::pair{"\"pair_sd\":", "\"pair_sd\":-1"},
                                     std::pair{"\"pairs\":", "\"pairs\":-1"},
                                     std::pair{"\"thread_cpu\":", "\"thread\":"},
                                     std::pair{"\"wall\":", "\"wall\":\"a\",\"w\":"}}) {
        CAPTURE(std::string(other));
        std::string broken = *document;
        REQUIRE(broken.find(key) != std::string::npos);
        broken.replace(broken.find(key), std::string_view(key).size(), other);
        REQUIRE(write_file_atomically(file.string(), broken));
        Sampler again;
        machine_resolution(file, kNow, std::ref(again));
        CHECK(again.taken == 1);
    }
    Sampler sampler;
    sampler.taken = 1;
    // From the future: somebody set the clock back.
    machine_resolution(file, kNow - 1, std::ref(sampler));
    CHECK(sampler.taken == 2);
}

TEST_CASE("a run's calibration is never older than the run, and is taken once") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "resolution.json";
    const auto links = [](measure::KernelSlices slices, std::uint64_t iterations) {
        for (auto* const kernel : {&slices.alu, &slices.memory}) {
            for (measure::SliceRecord& slice : *kernel) {
                slice.iterations = iterations;
            }
        }
        return slices;
    };
    Sampler sampler;
    int kernels_taken = 0;
    const auto sample = [&] {
        measure::MachineSample taken = sampler();
        taken.free = links(taken.free, 1'000);
        return taken;
    };
    const auto kernels = [&] {
        ++kernels_taken;
        return links(Sampler{}().free, 500); // half as fast as it was
    };
    const auto first = machine_resolution(file, kNow, sample, kernels);
    CHECK(kernels_taken == 0);
    const auto again = machine_resolution(file, kNow + 1, sample, kernels);
    CHECK(sampler.taken == 1);
    CHECK(kernels_taken == 1);
    REQUIRE(first.calibration_s.has_value());
    CHECK(again.calibration_s.value() == doctest::Approx(2 * *first.calibration_s));

    json::object run;
    describe_machine(again, {}, run);
    CHECK(run.at("calibration") == *again.calibration_s);
    CHECK(run.at("host_score") == again.resolution.slice_sd);
    CHECK(run.at("resolution").as_object().contains("decisions"));
}

TEST_CASE("measuring anew takes no notice of what is kept, and keeps what it found") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "resolution.json";
    Sampler sampler;
    machine_resolution(file, kNow, std::ref(sampler));
    sampler.spread = 0.05;
    const auto anew = measure_machine(file, kNow + 1, std::ref(sampler));
    CHECK(sampler.taken == 2);
    const auto kept = machine_resolution(file, kNow + 2, std::ref(sampler));
    CHECK(sampler.taken == 2);
    CHECK(kept.measured_ns == kNow + 1);
    CHECK(kept.resolution.slice_sd == anew.resolution.slice_sd);
}

TEST_CASE("what was decided is followed, said and written with its reason, kept or not") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "resolution.json";
    const auto ticking = [] {
        measure::MachineSample sample = Sampler{.spread = 0.02}();
        for (auto* const slices : {&sample.free.alu, &sample.free.memory}) {
            for (std::size_t i = 0; i < slices->size(); i += 3) {
                (*slices)[i].thread_cpu_ns = 0; // a clock that counts in ticks
            }
        }
        return sample;
    };
    const auto quiet_machine = machine_resolution(file, kNow, Sampler());
    SessionOptions options;
    follow(quiet_machine, options);
    CHECK(options.pin);
    CHECK(options.open_clock == measure::Clock::thread_cpu);
    options.pin = false; // --no-pin
    follow(quiet_machine, options);
    CHECK_FALSE(options.pin);
    const std::string quiet_text = resolution_text(quiet_machine, {});
    CHECK(quiet_text.find("pinned") == std::string::npos);
    CHECK(quiet_text.find("names no clock") == std::string::npos);

    measure_machine(file, kNow, ticking);
    const auto machine = machine_resolution(file, kNow + 1, Sampler()); // as it was kept
    const json::object decisions = resolution_object(machine, {}).at("decisions").as_object();
    CHECK(decisions.at("clock").at("open_cases").as_string() == "wall");
    CHECK(decisions.at("clock").at("reason").as_string().find("stood still") != json::string::npos);
    options = {};
    follow(machine, options);
    CHECK(options.open_clock == measure::Clock::wall);
    CHECK(resolution_text(machine, {}).find("names no clock") != std::string::npos);
    CHECK(resolution_object(machine, {}).at("free").at("timeless_share").to_number<double>() ==
          doctest::Approx(1.0 / 3));
}

TEST_CASE("workers are left to the scheduler where the kept sample says so, and it is told") {
    MachineResolution machine;
    machine.resolution.free = {.step_sd = 0.01, .slices = 192, .pairs = 16};
    machine.resolution.pinned = {.step_sd = 0.05, .slices = 192, .pairs = 16};
    SessionOptions options;
    follow(machine, options);
    CHECK_FALSE(options.pin);
    CHECK(resolution_text(machine, {}).find("not pinned") != std::string::npos);
    const json::object decisions = resolution_object(machine, {}).at("decisions").as_object();
    CHECK_FALSE(decisions.at("pinning").at("kept").as_bool());
    CHECK_FALSE(decisions.at("pinning").at("reason").as_string().empty());
}

TEST_CASE("a file that cannot be written is no error") {
    Sampler sampler;
    const auto machine =
        machine_resolution("/proc/no/such/resolution.json", kNow, std::ref(sampler));
    CHECK(machine.resolution.slices == 96);
}

TEST_CASE(
    "the document has every field that readers are promised, the text says what can be found") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "resolution.json";
    Sampler sampler;
    const auto machine = machine_resolution(file, kNow, std::ref(sampler));
    const json::object object =
        resolution_object(machine, {.margin = 0.01, .budget_s = 20, .cases = 2});
    for (const char* key : {"slice_sd",
                            "pair_sd",
                            "preempted_share",
                            "free",
                            "pinned",
                            "decisions",
                            "steal_share",
                            "clock_costs",
                            "smallest_change",
                            "budget_s",
                            "pairs_expected"}) {
        CHECK_MESSAGE(object.contains(key), key);
    }
    CHECK(object.at("pairs_expected").to_number<int>() == 200);
    const std::string text = resolution_text(machine, {.margin = 0.01, .budget_s = 20, .cases = 2});
    CHECK(text.find("10 s a case") != std::string::npos);
    CHECK(text.find("2 % stolen") != std::string::npos);
    CHECK(resolution_text(machine, {.budget_s = 0.001}).find("too small") != std::string::npos);
    CHECK(resolution_object(machine, {.budget_s = 0.001}).at("smallest_change").is_null());
    CHECK(resolution_text(machine, {.cases = 0}).find("10 s a case") != std::string::npos);
    MachineResolution short_one = machine;
    short_one.resolution.pairs = 3;
    CHECK(resolution_text(short_one, {}).find("too short") != std::string::npos);
    CHECK(resolution_object(short_one, {}).at("smallest_change").is_null());
}
