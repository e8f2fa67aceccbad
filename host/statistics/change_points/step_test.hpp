// Whether two neighbouring pieces of a series lie on different levels.
//
//   const RobustStepTest test({.effective_share = k});
//   if (test.compare(left, right).p < 0.001) ...   // both sorted, ascending
//
// Sorted values, because medians, clipping and ranks are then one walk each, and because the caller
// keeps its pieces sorted anyway. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>

namespace assay::statistics {

struct StepComparison {
    double p = 1;
    double mean_before = 0, mean_after = 0; // as the test saw them
};

class StepTest {
public:
    virtual ~StepTest() = default;
    [[nodiscard]] virtual StepComparison compare(std::span<const double> before,
                                                 std::span<const double> after) const = 0;
};

// Student's t with pooled variance as Apache Otava computes it: standard deviations with divisor n
// stand where n - 1 belongs, so p is too small for small pieces. Kept for `hunter`, which has to
// find what Otava finds.
class PooledStepTest final : public StepTest {
public:
    [[nodiscard]] StepComparison compare(std::span<const double> before,
                                         std::span<const double> after) const override;
};

struct RobustStepOptions {
    std::size_t segment_min = 3; // points that a side needs
    double effect_min = 1;       // difference of means in pooled standard deviations
    double effective_share = 1; // of the sample size, (1 - rho)/(1 + rho) for autocorrelated points
};

// Of the detector `assay`: t over values clipped at median +- 3 scaled MAD, which a single spike
// cannot carry; pooled below 8 points a side, Welch's from there on, and then the Mann-Whitney test
// on the values as they are must agree: the larger p of the two counts. Means that are five
// standard deviations apart are not refused for the share of the sample size alone, which ranks
// cannot outweigh however far apart the values are. Sources: Welch, Biometrika 34 (1947); Mann &
// Whitney, Ann. Math. Stat. 18 (1947), with the tie correction of Lehmann, "Nonparametrics"
// (1975), 1.4.
class RobustStepTest final : public StepTest {
public:
    explicit RobustStepTest(const RobustStepOptions& options) noexcept
        : options_(options) {}

    [[nodiscard]] StepComparison compare(std::span<const double> before,
                                         std::span<const double> after) const override;

private:
    RobustStepOptions options_;
};

// Two-sided p of the Mann-Whitney test by its normal approximation, z multiplied by the square root
// of `effective_share`; never below what the exact test could give (N < 40).
[[nodiscard]] double mann_whitney_p(std::span<const double> sorted_before,
                                    std::span<const double> sorted_after,
                                    double effective_share = 1);

} // namespace assay::statistics
