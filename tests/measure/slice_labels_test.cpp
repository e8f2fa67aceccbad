#include "measure/slice_labels.hpp"

#include <doctest/doctest.h>

namespace slice_labels_test {

using namespace assay::measure;

namespace {

SliceRecord slice(std::uint32_t index, std::uint32_t lane, std::uint64_t start, std::uint64_t end) {
    SliceRecord record;
    record.index = index;
    record.lane = lane;
    record.start_ns = start;
    record.wall_ns = end - start;
    return record;
}

} // namespace

TEST_CASE("each cause of an odd slice is counted, and a slice may have several") {
    std::vector<SliceRecord> slices(5, slice(0, 0, 0, 1000));
    slices[0].involuntary_switches = 2;
    slices[0].major_faults = 1;
    slices[1].cpu_after = 1;
    slices[1].voluntary_switches = 9; // gave way by itself
    slices[2].minor_faults = 50;
    const SliceLabels labels = labels_of(slices);
    CHECK(labels.slices == 5);
    CHECK(labels.preempted == 1);
    CHECK(labels.faulted == 1);
    CHECK(labels.migrated == 1);
    CHECK(labels.interrupted == 0);
}

TEST_CASE("a slice of more than a hundred times the median was interrupted") {
    std::vector<SliceRecord> slices(3, slice(0, 0, 0, 1000));
    slices[2].wall_ns = 100'000;
    CHECK(labels_of(slices).interrupted == 0);
    slices[2].wall_ns = 100'001;
    CHECK(labels_of(slices).interrupted == 1);
    CHECK(labels_of({}).interrupted == 0);
}

TEST_CASE("warm-up and scaling slices are labelled by nobody") {
    std::vector<SliceRecord> slices(3, slice(0, 0, 0, 1000));
    slices[0].involuntary_switches = 1;
    slices[0].flags = kSliceWarmup;
    slices[1].major_faults = 1;
    slices[1].flags = kSliceWarmup | kSliceScaling;
    const SliceLabels labels = labels_of(slices);
    CHECK(labels.slices == 1);
    CHECK(labels.preempted == 0);
    CHECK(labels.faulted == 0);
}

TEST_CASE("lanes overlap from the last one's start to the first one's end") {
    const std::vector<SliceRecord> slices{slice(0, 0, 0, 80),
                                          slice(0, 1, 20, 100),
                                          slice(1, 0, 200, 300),
                                          slice(1, 1, 200, 300),
                                          slice(2, 0, 400, 410),
                                          slice(2, 1, 420, 440)};
    const std::vector<double> shares = overlap_shares(slices);
    REQUIRE(shares.size() == 3);
    CHECK(shares[0] == doctest::Approx(0.6));
    CHECK(shares[1] == doctest::Approx(1));
    CHECK(shares[2] == 0); // one after the other
}

TEST_CASE("one lane overlaps with nobody, and warm-up is not asked") {
    SliceRecord warmup = slice(1, 1, 0, 10);
    warmup.flags = kSliceWarmup;
    const std::vector<SliceRecord> slices{slice(0, 0, 0, 80), slice(1, 0, 100, 110), warmup};
    CHECK(overlap_shares(slices).empty());
}

} // namespace slice_labels_test
