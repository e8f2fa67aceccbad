// Whether a second lane may take timed slices beside the first: what pairs of canary blocks, alone
// and with a neighbour, say about it.
//
//   AdmissionTest test;
//   while (test.ruling() == Ruling::open && in_time) {
//       test.add(measure::KernelKind::alu, {.cpu = ln_cpu, .wall = ln_wall});
//   }
//
// Pure: who measures the pairs is canary.hpp. Plain value.
#pragma once

#include "measure/reference_kernel.hpp"
#include "statistics/evidence.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace assay::lanes {

// One block of slices with a neighbour against one alone, ln(t_with / t_alone): of CPU time the
// median over slices, of wall time that of the whole block.
struct CanaryPair {
    double cpu = 0, wall = 0;
};

enum class Ruling {
    open,     // so far neither
    admitted, // proven: no kernel is slowed by more than the margin
    refused,  // proven: one is
};

// How much slower a kernel is beside a neighbour, as a log ratio; in the clock that shows more.
struct Slowdown {
    double estimate = 0;
    statistics::ValidInterval interval{}; // infinite where it is not bounded
    std::size_t pairs = 0;
    bool of_wall_time = false;
};

struct AdmissionRules {
    double margin = 0.01; // either way: a neighbour that speeds a kernel up disturbs as well
    double alpha = 0.05;
};

class AdmissionTest {
public:
    explicit AdmissionTest(const AdmissionRules& rules = {}) noexcept;

    void add(measure::KernelKind kernel, const CanaryPair& pair);

    // All intervals within the margin, or one wholly outside of it. Since intervals are valid
    // whenever they are looked at, so is this.
    [[nodiscard]] Ruling ruling() const;
    // This kernel alone: once it is not open, its pairs have said what they can.
    [[nodiscard]] Ruling ruling(measure::KernelKind kernel) const;

    // Nothing before the kernel's first pair.
    [[nodiscard]] std::optional<Slowdown> slowdown(measure::KernelKind kernel) const;

private:
    // One kernel in one clock. The interval has passed a bound exactly when the evidence against
    // the bound reaches 2 / alpha; that is told in constant time, pair by pair.
    class Series {
    public:
        explicit Series(double d) noexcept
            : d_(d) {}

        void add(double x);
        [[nodiscard]] Ruling ruling(double log_level) const noexcept;
        [[nodiscard]] Slowdown slowdown(double alpha, bool of_wall_time) const;

        [[nodiscard]] bool empty() const noexcept { return x_.empty(); }

    private:
        static constexpr auto kMethod = statistics::EvidenceMethod::mixture;

        double d_;
        std::vector<double> x_;
        statistics::EProcess above_margin_{kMethod}, below_margin_{kMethod};
        statistics::EProcess above_minus_{kMethod}, below_minus_{kMethod};
    };

    struct Kernel {
        Series cpu, wall;
    };

    [[nodiscard]] const Kernel& of(measure::KernelKind kernel) const noexcept;

    double alpha_;
    std::array<Kernel, 2> kernels_;
};

// "12 % [9, 15]", or without the interval where it has no bounds.
[[nodiscard]] std::string text_of(const Slowdown& slowdown);

} // namespace assay::lanes
