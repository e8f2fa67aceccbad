// From the pairs of two builds to verdicts, case by case, while pairs still arrive: which cases are
// decided, which one should get the next pair, and what may be claimed in the end.
//
//   Comparison comparison({.margin = 0.01}, 12);             // 12 cases, fixed before the first
//   pair while (auto next = comparison.next_case(seconds_left)) {
//       comparison.add_pair(*next, {.x = std::log(t_new / t_old), .seconds = 0.05});
//   }
//   for (std::size_t i = 0; i < 12; ++i) print(comparison.finding(i));
//
// Looks at no clock and draws no numbers but from its seed: the same pairs give the same findings.
// Rules and their sources: host/verdict/README.md. One thread at a time.
#pragma once

#include "statistics/evidence.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

enum class Verdict { slower, faster, same, undecided };

std::string_view name_of(Verdict verdict) noexcept;

struct ComparisonRules {
    double margin = 0.01; // smallest relative change that matters; d = ln(1 + margin)
    double alpha = 0.05;
    statistics::EvidenceMethod method = statistics::EvidenceMethod::mixture;
    std::uint64_t seed = 1; // order of the first round
    // Pairs of every case before any case is preferred.
    std::size_t pairs_first = 4;
    // A case with this many pairs gets no more; 0 = no limit. For tests and --pairs.
    std::size_t pairs_max = 0;
};

// One pair of a case, in the primary clock; see pair_figures.hpp.
struct Pair {
    double x = 0;                     // the middle of its slices, ln(new / old)
    std::optional<double> quiet = {}; // the same of what noise left alone; nothing: `x` again
    bool new_is_worker_1 = false;     // the drawn roles, for the position bias
    double seconds = 0;               // wall time the pair took, all in all
};

// Pairs of a case that questions beside its verdict would take, at a guess; 0 = none is open.
struct WantedPairs {
    double next = 0; // to the nearest answer
    double all = 0;  // to the last

    void add(double pairs) noexcept {
        next = next > 0 && next < pairs ? next : pairs;
        all = all > pairs ? all : pairs;
    }
};

struct Finding {
    Verdict verdict = Verdict::undecided;
    std::vector<std::string> labels; // "drifting", "null control fired", ...: why not more
    statistics::Evidence evidence;   // frozen when the case was decided
    double threshold = 0;            // log e-value that `slower` would have needed
    std::optional<double> ratio;     // exp(median x), new / old; nothing without pairs
    // Of the ratio, and widened to hold it where the pairs are so lopsided that it did not; sides
    // may be infinite.
    std::optional<statistics::ValidInterval> interval;
    std::size_t pairs = 0, failed_pairs = 0;
    // Pairs that the verdict rests on, where it was decided: more may have been taken for others.
    std::optional<std::size_t> decided_after;
    bool is_drifting = false; // the first and the last pairs tell different stories: no verdict
    // Decided, but more pairs would answer what else is asked (Comparison::want).
    bool wants_pairs = false;
    std::optional<double> pair_sd;       // robust: 1.4826 MAD of x
    std::optional<double> position_bias; // (median x with new as worker 1 - as worker 0) / 2
    bool has_ended = false;              // dropped: crashed, timed out or wrong
    // Estimate of what a decision would take from here; nothing when it cannot be told.
    std::optional<double> seconds_needed;
};

// What the controls of a run found out.
// Unfinished: it has too few pairs to have fired, whatever they had been.
enum class NullControl { quiet, fired, unfinished, off };
enum class PositiveControl { found, missed, off };

std::string_view name_of(NullControl control) noexcept;
std::string_view name_of(PositiveControl control) noexcept;

class Comparison {
public:
    // `cases`: m of e-BH, every case entered, including those that fail later.
    Comparison(ComparisonRules rules, std::size_t cases);
    Comparison(Comparison&&) noexcept;
    Comparison& operator=(Comparison&&) noexcept;
    ~Comparison();

    // Cases entered as controls (old against old): they count to no finding. Returns the series'
    // index, above all cases. Call before the first pair.
    std::size_t add_null_control();
    std::size_t add_positive_control();

    // A case stays open, decided or not, while other questions want pairs of it
    // (pair_questions.hpp). The verdict and its evidence stay as they were decided. Holds until it
    // is called again.
    void want(std::size_t series, const WantedPairs& wanted);

    // Of a case that is decided already: it moves the ratio and the interval, not the verdict.
    void add_pair(std::size_t series, const Pair& pair);
    void add_failed_pair(std::size_t series);
    // No more pairs: three failed pairs, a wrong result. Never counts as same.
    void drop(std::size_t series);

    // The series (case or control) that the next pair should go to, given the seconds that are
    // left; nothing when all are decided or none can finish. Every eighth pair goes to the series
    // with the fewest pairs; controls take at most a fifth of the time.
    [[nodiscard]] std::optional<std::size_t> next_series(double seconds_left);

    // All cases are decided or dropped, and the controls have spoken.
    [[nodiscard]] bool complete() const;

    // Final or intermediate, it makes no difference: looking costs nothing.
    [[nodiscard]] Finding finding(std::size_t series) const;
    [[nodiscard]] NullControl null_control() const;
    [[nodiscard]] PositiveControl positive_control() const;

private:
    struct Series;

    struct Thresholds {
        double slower, faster, same;
    };

    void decide();
    void decide_family(double statistics::Evidence::*log_e, Verdict verdict);
    [[nodiscard]] std::size_t count(Verdict verdict) const;
    [[nodiscard]] std::vector<std::size_t> open_cases() const;
    [[nodiscard]] std::vector<std::size_t> open_controls() const;
    [[nodiscard]] Thresholds thresholds() const;
    [[nodiscard]] static WantedPairs pairs_needed(const Series& series,
                                                  const Thresholds& thresholds);
    [[nodiscard]] std::optional<std::size_t> next_control(bool cases_are_open);
    [[nodiscard]] std::size_t next_case(const std::vector<std::size_t>& open, double seconds_left);
    [[nodiscard]] bool fits(std::size_t series, double seconds_left) const;
    [[nodiscard]] double null_threshold() const;
    [[nodiscard]] bool could_have_fired(const Series& null_control) const;

    ComparisonRules rules_;
    double d_;
    std::size_t cases_;
    std::vector<Series> series_;
    std::vector<std::size_t> first_order_; // rank of each case in the first round
    std::mt19937_64 random_;
    std::optional<double> budget_s_; // what was left when the first pair was asked for
    std::uint64_t pairs_given_ = 0;
};

} // namespace assay::verdict
