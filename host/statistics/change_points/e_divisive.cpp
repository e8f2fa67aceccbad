#include "statistics/change_points/e_divisive.hpp"

#include "statistics/random_index.hpp"

#include <algorithm>
#include <cmath>

namespace assay::statistics {
namespace {

// The statistic of the header with the sum between the parts written as all - left - right, for the
// right parts of one split. What the split alone decides is added up once.
class StatisticAt {
public:
    StatisticAt(const double* all, const double* right, const double* one_over, std::size_t split)
        : all_(all)
        , right_(right)
        , one_over_(one_over)
        , split_(split)
        , n_(static_cast<double>(split))
        , left_(all[split])
        , left_share_(all[split] * one_over[split - 1]) {}

    double operator()(std::size_t end) const {
        const std::size_t m = end - split_;
        const double between = all_[end] - left_ - right_[end];
        const double inside =
            static_cast<double>(m) * left_share_ + n_ * one_over_[m - 1] * right_[end];
        return 2 * one_over_[end] * (between - inside);
    }

private:
    const double *all_, *right_, *one_over_;
    std::size_t split_;
    double n_, left_, left_share_;
};

} // namespace

SplitFinder::SplitFinder(std::size_t longest) {
    grow(longest);
}

void SplitFinder::grow(std::size_t longest) {
    if (longest < prefix_.size()) {
        return;
    }
    prefix_.resize(longest + 1);
    right_.resize(longest + 1);
    reciprocal_.resize(longest + 1);
    for (std::size_t i = 1; i <= longest; ++i) {
        reciprocal_[i] = 1 / static_cast<double>(i);
    }
}

void SplitFinder::sum_prefixes(std::span<const double> values, double* sums) {
    const std::size_t count = values.size();
    const double* const z = values.data();
    std::fill_n(sums, count + 1, 0.0);
    for (std::size_t i = 0; i + 1 < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j) {
            sums[j + 1] += std::abs(z[i] - z[j]);
        }
    }
    for (std::size_t end = 1; end <= count; ++end) {
        sums[end] += sums[end - 1];
    }
}

double SplitFinder::best_q_at(std::size_t split, std::size_t count) const {
    const StatisticAt q(prefix_.data(), right_.data(), reciprocal_.data(), split);
    double best = -std::numeric_limits<double>::infinity();
    for (std::size_t end = split + 1; end <= count; ++end) {
        best = std::max(best, q(end));
    }
    return best;
}

Split SplitFinder::best(std::span<const double> values) {
    const std::size_t count = values.size();
    Split best;
    if (count < 2) {
        return best;
    }
    grow(count);
    sum_prefixes(values, prefix_.data());
    std::fill_n(right_.begin(), count + 1, 0.0);
    const double* const z = values.data();
    double* const right = right_.data();
    // From the right: the row of a split is that of the next one and its own point's distances.
    for (std::size_t split = count - 1; split >= 1; --split) {
        double added = 0;
        for (std::size_t j = split + 1; j < count; ++j) {
            added += std::abs(z[split] - z[j]);
            right[j + 1] += added;
        }
        const double q = best_q_at(split, count);
        if (q >= best.q) {
            best = {split, q};
        }
    }
    return best;
}

std::size_t SplitFinder::best_end(std::span<const double> values, std::size_t split) {
    const std::size_t count = values.size();
    grow(count);
    sum_prefixes(values, prefix_.data());
    sum_prefixes(values.subspan(split), right_.data() + split);
    const StatisticAt statistic(prefix_.data(), right_.data(), reciprocal_.data(), split);
    std::size_t best = split + 1;
    double highest = -std::numeric_limits<double>::infinity();
    for (std::size_t end = split + 1; end <= count; ++end) {
        const double q = statistic(end);
        if (q > highest) {
            best = end;
            highest = q;
        }
    }
    return best;
}

double split_statistic(std::span<const double> values, std::size_t split, std::size_t end) {
    double left = 0, right = 0, between = 0;
    for (std::size_t i = 0; i < end; ++i) {
        for (std::size_t j = i + 1; j < end; ++j) {
            (j < split ? left : i < split ? between : right) += std::abs(values[i] - values[j]);
        }
    }
    const auto n = static_cast<double>(split);
    const auto m = static_cast<double>(end - split);
    const double inside_left = n > 1 ? m / (n - 1) * left : 0;
    const double inside_right = m > 1 ? n / (m - 1) * right : 0;
    return 2 / (n + m) * (between - inside_left - inside_right);
}

namespace {

// Fisher & Yates, by Durstenfeld (1964).
void shuffle(std::span<double> values, RandomIndex& random) {
    for (std::size_t left = values.size(); left > 1; --left) {
        std::swap(values[left - 1], values[random.below(static_cast<std::uint32_t>(left))]);
    }
}

class PermutationTest {
public:
    PermutationTest(std::span<const double> values, const PermutationOptions& options)
        : values_(values)
        , shuffled_(values.size())
        , finder_(values.size())
        , random_(options.seed)
        , permutations_(options.permutations) {}

    // The share of shuffles that split at least as well as `q` somewhere. A shuffle that keeps the
    // two sides has the same statistic; summed in another order it may come out a little smaller.
    double p(std::span<const Piece> pieces, double q) {
        const double limit = q - 1e-12 * std::abs(q);
        std::ranges::copy(values_, shuffled_.begin()); // earlier pieces were larger
        std::uint32_t as_good = 0;
        for (std::uint32_t round = 0; round < permutations_; ++round) {
            as_good += splits_as_well(pieces, limit) ? 1 : 0;
        }
        return as_good / (permutations_ + 1.0);
    }

private:
    bool splits_as_well(std::span<const Piece> pieces, double q) {
        bool found = false;
        for (const Piece& piece : pieces) {
            const auto part = std::span(shuffled_).subspan(piece.first, piece.end - piece.first);
            shuffle(part, random_);
            found = found || finder_.best(part).q >= q;
        }
        return found;
    }

    std::span<const double> values_;
    std::vector<double> shuffled_;
    SplitFinder finder_;
    RandomIndex random_;
    std::uint32_t permutations_;
};

} // namespace

std::vector<DividedPoint> divide_by_permutation(std::span<const double> values,
                                                const PermutationOptions& options) {
    SplitFinder finder(values.size());
    PermutationTest test(values, options);
    std::vector<DividedPoint> found;
    divide(values, finder, [&](std::span<const Piece> pieces, const Piece& candidate) {
        const double p = test.p(pieces, candidate.split.q);
        const bool accepted = p <= options.p_max;
        if (accepted) {
            found.push_back({candidate.first + candidate.split.index, p});
        }
        return accepted;
    });
    std::ranges::sort(found, {}, &DividedPoint::index);
    return found;
}

} // namespace assay::statistics
