#include "app/comparison/slice_columns.hpp"
#include "measure/slice_time.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using app::SliceColumns;
using measure::Clock;
using measure::SliceRecord;

namespace {

// Four slices of which the first is warm-up, the third was preempted and ended on another CPU.
std::vector<SliceRecord> four_slices() {
    std::vector<SliceRecord> slices(4);
    for (std::size_t i = 0; i < slices.size(); ++i) {
        SliceRecord& one = slices[i];
        one.iterations = one.done = 10;
        one.start_ns = 5'000 + 1'000 * i;
        one.wall_ns = 900 + i;
        one.thread_cpu_ns = 800 + i;
        one.process_cpu_ns = 850 + i;
        one.manual_ns = 700 + i;
        one.minor_faults = 2;
        one.cpu_before = one.cpu_after = 1;
    }
    slices[0].flags = measure::kSliceWarmup;
    slices[2].involuntary_switches = 3;
    slices[2].major_faults = 1;
    slices[2].cpu_after = 0;
    return slices;
}

} // namespace

TEST_CASE("what differs between slices is kept slice by slice, what does not is one number") {
    const json::object document = SliceColumns(four_slices(), Clock::thread_cpu).document();
    CHECK(document == json::object{{"warmup", json::array({1, 0, 0, 0})},
                                   {"done", 10},
                                   {"wall_ns", json::array({900, 901, 902, 903})},
                                   {"thread_cpu_ns", json::array({800, 801, 802, 803})},
                                   {"voluntary_switches", 0},
                                   {"involuntary_switches", json::array({0, 0, 3, 0})},
                                   {"minor_faults", 2},
                                   {"major_faults", json::array({0, 0, 1, 0})},
                                   {"cpu_before", 1},
                                   {"cpu_after", json::array({1, 1, 0, 1})}});
}

TEST_CASE("the readings of the case's clock are always among the columns") {
    const auto has = [](Clock primary, const char* name) {
        return SliceColumns(four_slices(), primary).document().contains(name);
    };
    CHECK(has(Clock::process_cpu, "process_cpu_ns"));
    CHECK_FALSE(has(Clock::process_cpu, "manual_ns"));
    CHECK(has(Clock::manual, "manual_ns"));
    CHECK_FALSE(has(Clock::wall, "process_cpu_ns"));
}

TEST_CASE("the time of a slice of several lanes can be computed from the columns") {
    std::vector<SliceRecord> slices;
    for (std::uint32_t index = 0; index < 3; ++index) {
        for (std::uint32_t lane = 0; lane < 2; ++lane) {
            SliceRecord& one = slices.emplace_back();
            one.index = index;
            one.lane = lane;
            one.iterations = one.done = 7;
            one.start_ns = 1'000'000 * (index + 1) + 313 * lane;
            one.wall_ns = 500'000 + 77 * index - 100 * lane;
        }
    }
    const std::vector<double> times = measure::iteration_times(slices, Clock::wall);
    const json::object document = SliceColumns(slices, Clock::wall).document();
    CHECK(document.at("lane") == json::array({0, 1, 0, 1, 0, 1}));
    const json::array& starts = document.at("start_ns").as_array();
    const json::array& walls = document.at("wall_ns").as_array();
    REQUIRE(times.size() == 3);
    for (std::size_t slice = 0; slice < times.size(); ++slice) {
        const std::int64_t first = starts.at(2 * slice).as_int64();
        std::int64_t last = 0;
        for (const std::size_t row : {2 * slice, 2 * slice + 1}) {
            last = std::max(last, starts.at(row).as_int64() + walls.at(row).as_int64());
        }
        CHECK(times[slice] == static_cast<double>(last - first) * 1e-9 / 7);
    }
}

TEST_CASE("a launch without slices has no columns") {
    CHECK(SliceColumns().document().empty());
    CHECK(SliceColumns({}, Clock::thread_cpu).document().empty());
}
