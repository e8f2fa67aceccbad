#include "statistics/trend.hpp"

#include "statistics/distributions.hpp"
#include "statistics/random_index.hpp"
#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

namespace assay::statistics {
namespace {

constexpr std::size_t kInsertedMax = 12; // items that are sorted faster by insertion

struct Item {
    double key;
    std::size_t place; // in the series
};

double key_of(double value) noexcept {
    return value;
}

double key_of(const Item& item) noexcept {
    return item.key;
}

template <class T, class Tell>
void insertion_sort(std::span<T> items, const Tell& tell) {
    for (std::size_t i = 1; i < items.size(); ++i) {
        const T item = items[i];
        std::size_t place = i;
        for (; place > 0 && key_of(items[place - 1]) > key_of(item); --place) {
            items[place] = items[place - 1];
        }
        items[place] = item;
        if (place < i) {
            tell(std::span<const T>(items.subspan(place + 1, i - place)), item);
        }
    }
}

// Sorts by key, equal ones staying in order (`scratch` is of the same size), and tells every pair
// that was out of order: `tell(larger, item)` with the items that stood before `item` and are
// larger.
template <class T, class Tell>
void merge_sort(std::span<T> items, std::span<T> scratch, const Tell& tell) {
    if (items.size() <= kInsertedMax) {
        insertion_sort(items, tell);
        return;
    }
    const std::size_t half = items.size() / 2;
    merge_sort(items.first(half), scratch.first(half), tell);
    merge_sort(items.subspan(half), scratch.subspan(half), tell);
    std::size_t left = 0, right = half;
    for (T& next : scratch) {
        const bool take_left =
            right == items.size() || (left < half && key_of(items[left]) <= key_of(items[right]));
        if (!take_left) {
            tell(std::span<const T>(items.subspan(left, half - left)), items[right]);
        }
        next = take_left ? items[left++] : items[right++];
    }
    std::ranges::copy(scratch, items.begin());
}

// Sorts, and counts the pairs that were out of order.
std::size_t sort_and_count(std::span<double> values) {
    std::vector<double> scratch(values.size());
    std::size_t falling = 0;
    merge_sort(values, std::span(scratch), [&](std::span<const double> larger, double) {
        falling += larger.size();
    });
    return falling;
}

constexpr std::size_t kListedMax = 60; // values whose slopes, at most 1 770, are all listed
constexpr double kUnsure = 0.125; // share by which ranks of a slope may differ from the sample's

double slope_between(std::span<const double> values, std::size_t i, std::size_t j) {
    return (values[j] - values[i]) / static_cast<double>(j - i);
}

double median_of_all_slopes(std::span<const double> values) {
    std::vector<double> slopes;
    slopes.reserve(values.size() * (values.size() - 1) / 2);
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = i + 1; j < values.size(); ++j) {
            slopes.push_back(slope_between(values, i, j));
        }
    }
    return median(slopes);
}

struct Bracket {
    double low, high;
};

// Slopes of randomly drawn pairs, sorted.
std::vector<double> sample_slopes(std::span<const double> values) {
    const auto size = static_cast<std::uint32_t>(values.size());
    RandomIndex random(values.size());
    std::vector<double> slopes;
    while (slopes.size() < values.size()) {
        const std::size_t i = random.below(size), j = random.below(size);
        if (i != j) {
            slopes.push_back(slope_between(values, std::min(i, j), std::max(i, j)));
        }
    }
    std::ranges::sort(slopes);
    return slopes;
}

// What rounding can do to a slope: below it, two slopes are one.
double resolution_of(std::span<const double> values, const Bracket& bracket) {
    double largest = 0;
    for (const double y : values) {
        largest = std::max(largest, std::abs(y));
    }
    const double steepest = std::max(std::abs(bracket.low), std::abs(bracket.high));
    return 4 * std::numeric_limits<double>::epsilon() *
           std::max(largest, steepest * static_cast<double>(values.size()));
}

// How many pairs rise less than the bracket, and the slopes in it. A pair rises less than `low`
// exactly if y - low x falls; it rises less than `high` if y - high x does. So sorting by the one
// counts the first, and sorting that order by the other meets the pairs between (Matousek, Mount &
// Netanyahu, Algorithmica 20 (1998)).
struct BracketedSlopes {
    std::size_t below = 0, inside = 0;
    std::vector<double> slopes; // those inside, unless they are all one
};

BracketedSlopes slopes_in(std::span<const double> values, const Bracket& bracket) {
    const double resolution = resolution_of(values, bracket);
    const bool is_one = !(bracket.high - bracket.low > 2 * resolution);
    std::vector<Item> items(values.size()), scratch(values.size());
    const auto tilt = [&](double slope) {
        for (Item& item : items) {
            item.key = values[item.place] - slope * static_cast<double>(item.place);
        }
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].place = i;
    }
    BracketedSlopes found;
    tilt(bracket.low - resolution);
    merge_sort(std::span(items), std::span(scratch), [&](std::span<const Item> larger, Item) {
        found.below += larger.size();
    });
    tilt(bracket.high + resolution);
    merge_sort(std::span(items), std::span(scratch), [&](std::span<const Item> larger, Item item) {
        found.inside += larger.size();
        for (std::size_t i = 0; !is_one && i < larger.size(); ++i) {
            const auto [first, last] = std::minmax(larger[i].place, item.place);
            found.slopes.push_back(slope_between(values, first, last));
        }
    });
    return found;
}

// How many pairs rise less than `slope`.
std::size_t pairs_below(std::span<const double> values, double slope) {
    std::vector<double> tilted(values.begin(), values.end());
    for (std::size_t i = 0; i < tilted.size(); ++i) {
        tilted[i] -= slope * static_cast<double>(i);
    }
    return sort_and_count(tilted);
}

// The ranks whose mean is the median of all pairs' slopes.
struct MiddleRanks {
    std::size_t lower, upper;
};

// The median where it lies within the bracket.
std::optional<double>
median_in(std::span<const double> values, const Bracket& bracket, const MiddleRanks& middle) {
    BracketedSlopes found = slopes_in(values, bracket);
    if (found.below > middle.lower || middle.upper >= found.below + found.inside) {
        return std::nullopt;
    }
    if (found.slopes.empty()) {
        return std::midpoint(bracket.low, bracket.high);
    }
    const auto place =
        found.slopes.begin() + static_cast<std::ptrdiff_t>(middle.lower - found.below);
    std::nth_element(found.slopes.begin(), place, found.slopes.end());
    return middle.lower == middle.upper
               ? *place
               : std::midpoint(*place, *std::min_element(place + 1, found.slopes.end()));
}

// Three standard errors of a sampled rank.
double reach_of(const std::vector<double>& sample) {
    return 1.5 / std::sqrt(static_cast<double>(sample.size()));
}

// A bracket that holds an eighth of the pairs that the sample alone would leave open: how far its
// median is from the true one in ranks is counted, and how many ranks a slope passes is known.
Bracket corrected_bracket(std::span<const double> values,
                          const std::vector<double>& sample,
                          const MiddleRanks& middle) {
    const double pairs = static_cast<double>(middle.lower + middle.upper + 1);
    const double reach = std::min(0.25, 3 * reach_of(sample)); // wider: the mean of more slopes
    const double per_rank =
        (quantile_sorted(sample, 0.5 + reach) - quantile_sorted(sample, 0.5 - reach)) /
        (2 * reach * pairs);
    const double guess = median_sorted(sample);
    const double missing =
        static_cast<double>(middle.lower) - static_cast<double>(pairs_below(values, guess));
    const double centre = guess + missing * per_rank;
    const double half =
        (kUnsure * std::abs(missing) + static_cast<double>(values.size())) * per_rank;
    return {centre - half, centre + half};
}

} // namespace

MannKendall mann_kendall(std::span<const double> values, double effective_share) {
    MannKendall result;
    if (values.size() < 3) {
        return result;
    }
    std::vector<double> sorted(values.begin(), values.end());
    const auto falling = static_cast<std::int64_t>(sort_and_count(sorted));
    const auto n = static_cast<double>(values.size());
    std::int64_t tied_pairs = 0;
    result.variance = n * (n - 1) * (2 * n + 5);
    for (std::size_t first = 0, next = 0; first < sorted.size(); first = next) {
        while (next < sorted.size() && sorted[next] == sorted[first]) {
            ++next;
        }
        const auto tied = static_cast<std::int64_t>(next - first);
        const auto t = static_cast<double>(tied);
        tied_pairs += tied * (tied - 1) / 2;
        result.variance -= t * (t - 1) * (2 * t + 5);
    }
    result.variance /= 18 * effective_share;
    const auto size = static_cast<std::int64_t>(values.size());
    result.s = size * (size - 1) / 2 - tied_pairs - 2 * falling;
    if (result.variance > 0 && result.s != 0) {
        const double z = (std::abs(static_cast<double>(result.s)) - 1) / std::sqrt(result.variance);
        result.p = two_sided_normal(z);
    }
    return result;
}

double theil_sen_slope(std::span<const double> values) {
    const std::size_t count = values.size();
    if (count < 2) {
        return 0;
    }
    if (count <= kListedMax) {
        return median_of_all_slopes(values);
    }
    const std::size_t pairs = count * (count - 1) / 2;
    const MiddleRanks middle{(pairs - 1) / 2, pairs / 2};
    const std::vector<double> sample = sample_slopes(values);
    if (const auto found = median_in(values, corrected_bracket(values, sample, middle), middle)) {
        return *found;
    }
    for (double reach = reach_of(sample); reach < 0.5; reach *= 2) { // more, where it lies outside
        const Bracket bracket{quantile_sorted(sample, 0.5 - reach),
                              quantile_sorted(sample, 0.5 + reach)};
        if (const auto found = median_in(values, bracket, middle)) {
            return *found;
        }
    }
    return median_of_all_slopes(values);
}

} // namespace assay::statistics
