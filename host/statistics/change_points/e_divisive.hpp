// Where a series splits best into two distributions, and the division of a series by such splits
// (E-divisive: Matteson & James, JASA 109 (2014) 334, arXiv 1306.4933, equations 5 and 6).
//
//   SplitFinder finder(values.size());
//   const Split split = finder.best(values);       // split.index: first point of the right part
//
// With n points left and m right of a split, and D the distance |x - y|, the statistic is
//   Q = 2/(n+m) * sum of D between the parts
//       - 2m/((n+m)(n-1)) * sum of D inside the left - 2n/((n+m)(m-1)) * sum of D inside the right
// and the right part may end before the series does: a change that is followed by another one is
// found as clearly as one alone. All Q of a series cost O(n^2) time by prefix sums over its
// distance matrix, of which one row at a time is kept: O(n) memory.
//
// A SplitFinder owns its rows and belongs to one thread; the functions are pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace assay::statistics {

struct Split {
    std::size_t index = 0; // 0: there is none, the series has fewer than two points
    double q = -std::numeric_limits<double>::infinity();
};

class SplitFinder {
public:
    // Series of up to `longest` points; longer ones make it grow.
    explicit SplitFinder(std::size_t longest);

    // The largest Q over both ends of the right part; the first one of equal ones.
    [[nodiscard]] Split best(std::span<const double> values);

    // Where the right part of that split ends: the first end of the largest Q. 0 < split < size.
    [[nodiscard]] std::size_t best_end(std::span<const double> values, std::size_t split);

private:
    // sums[e]: all distances among the first e of `values`; sums has one place more than they.
    static void sum_prefixes(std::span<const double> values, double* sums);
    [[nodiscard]] double best_q_at(std::size_t split, std::size_t count) const;
    void grow(std::size_t longest);

    std::vector<double> prefix_;     // prefix_[e]: all distances among the first e points
    std::vector<double> right_;      // right_[e]: all distances among the points [split, e)
    std::vector<double> reciprocal_; // 1/i, and 0 for i = 0: a part of one point has no inside
};

// Q of the split at `split` with the right part up to `end`; 0 < split < end <= values.size().
[[nodiscard]] double
split_statistic(std::span<const double> values, std::size_t split, std::size_t end);

// A piece of a series between two accepted splits, and where it would split next.
struct Piece {
    std::size_t first, end;
    Split split; // index relative to `first`
};

// Divides as long as `accept(pieces, candidate)` says that the split of that piece is real: always
// the piece with the largest Q next, and the first refusal ends it. Returns the indices, ascending.
template <class Accept>
std::vector<std::size_t>
divide(std::span<const double> values, SplitFinder& finder, const Accept& accept) {
    std::vector<Piece> pieces{{0, values.size(), finder.best(values)}};
    while (true) {
        std::size_t widest = 0;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            if (pieces[i].split.q > pieces[widest].split.q) {
                widest = i;
            }
        }
        const Piece whole = pieces[widest];
        if (whole.split.index == 0 || !accept(std::span<const Piece>(pieces), whole)) {
            break;
        }
        const std::size_t at = whole.first + whole.split.index;
        const auto piece = [&](std::size_t first, std::size_t end) {
            return Piece{first, end, finder.best(values.subspan(first, end - first))};
        };
        pieces[widest] = piece(whole.first, at);
        pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(widest) + 1,
                      piece(at, whole.end));
    }
    std::vector<std::size_t> found;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        found.push_back(pieces[i].first);
    }
    return found;
}

// The original method: a split counts when at most a share p_max of `permutations` shuffles of the
// values inside their pieces splits as well anywhere (section 2.2 of the paper). p is the number of
// such shuffles divided by permutations + 1.
struct PermutationOptions {
    double p_max = 0.001;
    std::uint32_t permutations = 199;
    std::uint64_t seed = 1;
};

struct DividedPoint {
    std::size_t index;
    double p;
};

[[nodiscard]] std::vector<DividedPoint> divide_by_permutation(std::span<const double> values,
                                                              const PermutationOptions& options);

} // namespace assay::statistics
