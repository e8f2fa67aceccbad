#include "app/session/machine_calibration.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;

namespace {

measure::SliceRecord slice(std::uint64_t links, std::uint64_t cpu_ns, std::uint64_t wall_ns) {
    measure::SliceRecord record;
    record.iterations = links;
    record.thread_cpu_ns = cpu_ns;
    record.wall_ns = wall_ns;
    return record;
}

} // namespace

TEST_CASE("the calibration is the time of the fixed program by the median of either kernel") {
    // 1 ns a multiplication and 20 ns a read; one slice of each was disturbed.
    const measure::KernelSlices slices{
        .alu = {slice(700, 700, 900), slice(700, 700, 900), slice(700, 5000, 9000)},
        .memory = {slice(35, 700, 900), slice(35, 70'000, 900), slice(35, 700, 900)}};
    CHECK(calibration_of(slices).value() == doctest::Approx(1e-3 + 1e-3));
}

TEST_CASE("how many links a slice had does not matter") {
    const measure::KernelSlices few{.alu = {slice(100, 100, 100)}, .memory = {slice(10, 200, 200)}};
    const measure::KernelSlices many{.alu = {slice(900, 900, 900)},
                                     .memory = {slice(90, 1800, 1800)}};
    CHECK(calibration_of(few).value() == doctest::Approx(calibration_of(many).value()));
}

TEST_CASE("where the CPU clock stands still wall time counts") {
    const measure::KernelSlices slices{.alu = {slice(1000, 0, 2000), slice(1000, 4'000'000, 2000)},
                                       .memory = {slice(50, 1000, 9999)}};
    CHECK(calibration_of(slices).value() == doctest::Approx(2e-3 + 1e-3));
}

TEST_CASE("without slices of both kernels there is no calibration") {
    CHECK_FALSE(calibration_of({}).has_value());
    CHECK_FALSE(calibration_of({.alu = {slice(1, 1, 1)}, .memory = {}}).has_value());
    CHECK_FALSE(calibration_of({.alu = {slice(1, 1, 1)}, .memory = {slice(0, 1, 1)}}).has_value());
}

TEST_CASE("the kernels of this machine give one") {
    const measure::KernelSlices slices = measure::sample_kernels();
    CHECK(slices.alu.size() == slices.memory.size());
    CHECK(calibration_of(slices).value() > 0);
}
