// The honesty checks: what a plugin claims about a batch against what can be seen from outside.
// Each returns the sentence that says what is wrong, or nothing.
//
//   if (auto lie = batch_lie({given, after, Shape::chain, wall_ns, 1, false})) fail(*lie);
//
// Pure functions and one small value; one thread.
#pragma once

#include "measure/description.hpp"
#include "measure/slice.hpp"

#include <assay/plugin.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace assay::measure {

// A batch as it was handed over and as it came back.
struct BatchClaims {
    const assay_batch& given;
    const assay_batch& after;
    Shape shape = Shape::independent;
    std::uint64_t wall_ns = 0;
    std::uint32_t lanes = 1;
    bool cancelled = false; // then `done` may be smaller
};

// Input fields changed, `done` wrong, manual time outside (0, wall x lanes], latencies missing or
// too many.
[[nodiscard]] std::optional<std::string> batch_lie(const BatchClaims& claims);

// Remembers the digest of every (lane, iterations, seed): equal inputs must give equal results.
class ChecksumBook {
public:
    // 0 = no checksum, never wrong.
    [[nodiscard]] std::optional<std::string> enter(const SliceRecord& slice);

private:
    std::map<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>, std::uint64_t> seen_;
};

// True when twice the iterations took 1.8 to 2.2 times as long, by the medians or by the minima
// (noise only ever adds).
[[nodiscard]] bool scales(std::span<const double> once, std::span<const double> twice);

// Batches of n and of 2n iterations, interleaved. They are compared in the time given with each.
// Where `by_cpu` is set (the given time is wall time) and no lane ever waited, it will do as well
// that the CPU time of every lane scales: what such a batch took beyond it was taken by the
// machine, and a body that ignores its iterations has the same CPU time for both.
class ScalingTrial {
public:
    explicit ScalingTrial(bool by_cpu)
        : by_cpu_(by_cpu) {}

    void add_once(double seconds, std::span<const SliceRecord> lanes);
    void add_twice(double seconds, std::span<const SliceRecord> lanes);
    [[nodiscard]] bool fits() const;

private:
    struct Times {
        std::vector<double> given;
        std::vector<std::vector<double>> cpu; // of each lane
    };

    void add(Times& times, double seconds, std::span<const SliceRecord> lanes);
    [[nodiscard]] bool every_lane_fits() const;

    bool by_cpu_ = false;
    Times once_, twice_;
    bool waited_ = false;
};

// Medians of the last five and of the five before agree within 2 %. Needs ten times.
[[nodiscard]] bool is_steady(std::span<const double> times);

[[nodiscard]] double median_of(std::span<const double> values);

// More CPU time in the process than its lanes used themselves: threads of the plugin's own. The
// share of the process's time that is theirs.
[[nodiscard]] double background_share(std::span<const SliceRecord> slices);

} // namespace assay::measure
