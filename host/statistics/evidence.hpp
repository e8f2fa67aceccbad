// Sequential evidence about the centre of a series, valid however often somebody looks and whenever
// sampling stops: e-processes, the always-valid interval they give, and the choice over many cases
// that keeps false discoveries in bounds (e-BH).
//
//   double log_e = log_e_value(y, EvidenceMethod::mixture);   // against "the centre of y is <= 0"
//   if (log_e >= std::log(1 / 0.05)) ...                      // Ville's inequality
//
// All e-values are natural logarithms: 2^n overflows. The value depends on the set of y alone, not
// on their order, so it can be recomputed from what was stored. Pure functions; any thread.
//
// Sources: Ramdas, Gruenwald, Vovk & Shafer (2023) for e-processes; Krichevsky & Trofimov (1981)
// for the mixture over signs; Wang & Ramdas (2022) for e-BH; Ville (1939).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::statistics {

enum class EvidenceMethod {
    mixture, // bounded bets on sign and size; valid where y is symmetric about its centre
    signs,   // bets on signs alone; needs nothing but fair signs about the median
};

std::string_view name_of(EvidenceMethod method) noexcept;
std::optional<EvidenceMethod> evidence_method_from(std::string_view name) noexcept;

// The e-process against "the centre of y is at most 0", value by value in constant time. A tie (0)
// counts against; NaN is a defect of the caller.
// mixture: (1/6) sum over b in {0.4, 0.9}, h in {sign, tanh 300y, tanh 60y} of prod (1 + b h(y)).
// signs:   2^(n+1) B(k+1/2, n-k+1/2) I_{1/2}(n-k+1/2, k+1/2) / pi, k = number of positive y.
class EProcess {
public:
    explicit EProcess(EvidenceMethod method) noexcept
        : method_(method) {}

    void add(double y) noexcept;
    // Natural logarithm; 0 before the first value.
    [[nodiscard]] double log_e() const noexcept;

private:
    EvidenceMethod method_;
    std::size_t n_ = 0, positive_ = 0;
    std::array<double, 6> log_products_{}; // of the mixture's components
};

// The same of a whole series (log ratios, or differences of shares); 0 for no values.
[[nodiscard]] double log_e_value(std::span<const double> y, EvidenceMethod method);

// What a series of pairs says about a margin d >= 0. x > 0: the new build is worse.
struct Evidence {
    double log_e_slower = 0; // against: centre <= +d
    double log_e_faster = 0; // against: centre >= -d
    double log_e_below = 0;  // against: centre >= +d
    double log_e_above = 0;  // against: centre <= -d

    [[nodiscard]] double log_e_same() const noexcept { // against: |centre| >= d
        return log_e_below < log_e_above ? log_e_below : log_e_above;
    }
};

[[nodiscard]] Evidence evidence(std::span<const double> x, double d, EvidenceMethod method);

// Two figures of the same pairs taken together. `slower`: that one of them is, by the mean of two
// e-values, which is one (Vovk & Wang 2021, section 2). `same`: that both are, by the smaller one.
[[nodiscard]] Evidence together(const Evidence& a, const Evidence& b) noexcept;

// Interval of the centre at level 1 - alpha that may be looked at after every pair: all mu for
// which neither the e-process on x - mu nor that on mu - x reaches 2 / alpha. A side that is not
// bounded yet is infinite (mixture: both, before the seventh value at alpha 0.05). Of two figures
// of the same pairs their mean e-value is asked; where their centres differ, the interval is the
// one between what one of them is shown to be above, and one of them to be below.
struct ValidInterval {
    double low, high;
};

[[nodiscard]] ValidInterval
always_valid_interval(std::span<const double> x, double alpha, EvidenceMethod method);
[[nodiscard]] ValidInterval always_valid_interval(std::span<const double> x,
                                                  std::span<const double> other,
                                                  double alpha,
                                                  EvidenceMethod method);

// e-BH at level alpha over m hypotheses with the log e-values given (those not listed count as
// e = 0): the indices of the rejected ones, ascending. k* = max{k : E_(k) >= m / (alpha k)}.
// Controls the false discovery rate under any dependence. Precondition: m >= log_e.size().
[[nodiscard]] std::vector<std::size_t>
e_bh(std::span<const double> log_e, std::size_t m, double alpha);

} // namespace assay::statistics
