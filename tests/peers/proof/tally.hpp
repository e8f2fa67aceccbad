// From records to counts: how often a method said what, in how long, and whether that reaches the
// cell's goal.
//
//   Tally tally = count(records, cell, View::assay);
//   if (alarms(cell, tally).interval.high <= 0.05) ...
//
// Pure functions; any thread.
#pragma once

#include "binomial_interval.hpp"
#include "cell.hpp"
#include "record.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace proof {

// Google Benchmark's method speaks twice: about real time and about CPU time.
enum class View { assay, peer_real_time, peer_cpu_time };

struct Tally {
    std::uint64_t comparisons = 0; // all that were made
    std::uint64_t failed = 0;      // of which gave no verdict
    // Of the case that matters. A difference that Google Benchmark does not call significant is
    // counted as undecided: its method has no word for equal.
    std::uint64_t slower = 0, faster = 0, same = 0, undecided = 0;
    std::uint64_t others_alarmed = 0; // comparisons with an alarm among the other forty-nine
    std::uint64_t null_fired = 0, positive_missed = 0;
    std::vector<double> seconds; // ascending, of those that did not fail
};

[[nodiscard]] Tally count(std::span<const Record> records, const Cell& cell, View view);

struct Share {
    std::uint64_t k = 0, n = 0;
    ShareInterval interval; // Clopper-Pearson, 95 %

    [[nodiscard]] double value() const noexcept {
        return n == 0 ? 0 : static_cast<double>(k) / static_cast<double>(n);
    }
};

// Verdicts of slower or faster where nothing differs, of the comparisons that gave a verdict.
[[nodiscard]] Share alarms(const Cell& cell, const Tally& tally);
// Found slower, of all comparisons: one that failed did not find it.
[[nodiscard]] Share found(const Tally& tally);
[[nodiscard]] Share same(const Tally& tally);

enum class Reached { stated, yes, no, too_few };

inline constexpr std::uint64_t kComparisonsMin = 100;

// `stated`: the cell promises nothing. `too_few`: fewer than a hundred comparisons.
[[nodiscard]] Reached reached(const Cell& cell, const Tally& tally);

} // namespace proof
