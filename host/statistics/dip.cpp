#include "statistics/dip.hpp"

#include "statistics/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>

namespace assay::statistics {
namespace {

// A distinct value and how many lie below it, and at or below it: the corners of the empirical
// distribution's step there.
struct Step {
    double x = 0, below = 0, up_to = 0;
};

std::vector<Step> steps_of(std::span<const double> sorted) {
    std::vector<Step> steps;
    for (const double x : sorted) {
        if (steps.empty() || steps.back().x != x) {
            const double below = steps.empty() ? 0 : steps.back().up_to;
            steps.push_back({x, below, below});
        }
        steps.back().up_to += 1;
    }
    return steps;
}

// The corners that the greatest convex minorant of the lower corners touches (`sign` 1), or the
// least concave majorant of the upper ones (`sign` -1), between two steps, both of them included.
std::vector<std::size_t>
contacts(const std::vector<Step>& steps, std::size_t first, std::size_t last, int sign) {
    const auto height = [&](std::size_t i) { return sign > 0 ? steps[i].below : -steps[i].up_to; };
    std::vector<std::size_t> hull;
    for (std::size_t i = first; i <= last; ++i) {
        while (hull.size() > 1) {
            const std::size_t a = hull[hull.size() - 2];
            const std::size_t b = hull.back();
            // Is b on or above the line from a to i?
            const bool idle = (height(b) - height(a)) * (steps[i].x - steps[a].x) >=
                              (height(i) - height(a)) * (steps[b].x - steps[a].x);
            if (!idle) {
                break;
            }
            hull.pop_back();
        }
        hull.push_back(i);
    }
    return hull;
}

// The minorant or majorant at every step from the first contact to the last.
std::vector<double>
heights(const std::vector<Step>& steps, const std::vector<std::size_t>& hull, int sign) {
    const auto height = [&](std::size_t i) { return sign > 0 ? steps[i].below : steps[i].up_to; };
    std::vector<double> all{height(hull.front())};
    for (std::size_t k = 1; k < hull.size(); ++k) {
        const std::size_t a = hull[k - 1];
        const std::size_t b = hull[k];
        const double slope = (height(b) - height(a)) / (steps[b].x - steps[a].x);
        for (std::size_t i = a + 1; i < b; ++i) {
            all.push_back(height(a) + slope * (steps[i].x - steps[a].x));
        }
        all.push_back(height(b));
    }
    return all;
}

// The modal interval shrinks until the distribution between minorant and majorant is no farther
// from unimodal than what has been left outside of it already is.
double twice_the_dip(const std::vector<Step>& steps) {
    std::size_t low = 0;
    std::size_t high = steps.size() - 1;
    double outside = high > low ? 1 : 0;
    while (low < high) {
        const auto touched_below = contacts(steps, low, high, 1);
        const auto touched_above = contacts(steps, low, high, -1);
        const std::vector<double> minorant = heights(steps, touched_below, 1);
        const std::vector<double> majorant = heights(steps, touched_above, -1);
        std::size_t widest = low;
        double gap = 0;
        for (const auto* touched : {&touched_below, &touched_above}) {
            for (const std::size_t i : *touched) {
                if (majorant[i - low] - minorant[i - low] > gap) {
                    gap = majorant[i - low] - minorant[i - low];
                    widest = i;
                }
            }
        }
        if (gap <= outside) {
            break;
        }
        const std::size_t new_low =
            *(std::upper_bound(touched_below.begin(), touched_below.end(), widest) - 1);
        const std::size_t new_high =
            *std::lower_bound(touched_above.begin(), touched_above.end(), widest);
        for (std::size_t i = low; i < new_low; ++i) {
            outside = std::max(outside, steps[i].up_to - minorant[i - low]);
        }
        for (std::size_t i = new_high + 1; i <= high; ++i) {
            outside = std::max(outside, majorant[i - low] - steps[i].below);
        }
        low = new_low;
        high = new_high;
    }
    return outside;
}

// Of sqrt(n) times the dip of n uniform values: simulated with this very function, 60 million
// values for each n (200 000 samples of up to 300), 64-bit Mersenne twister seeded with n. The last
// entry is an upper end by eye: it hardly grows any more.
constexpr std::array<std::pair<double, double>, 17> kCritical{{{6, 0.47101},
                                                               {7, 0.48687},
                                                               {8, 0.48886},
                                                               {9, 0.49292},
                                                               {10, 0.50491},
                                                               {12, 0.51426},
                                                               {15, 0.52540},
                                                               {20, 0.54016},
                                                               {30, 0.55599},
                                                               {50, 0.57276},
                                                               {100, 0.59036},
                                                               {200, 0.60298},
                                                               {500, 0.61320},
                                                               {1000, 0.62405},
                                                               {2000, 0.62619},
                                                               {5000, 0.62849},
                                                               {1'000'000, 0.635}}};
constexpr std::size_t kValuesMin = 6;

// Equal values side by side, as a clock without its ticks would have shown them.
std::vector<double> spread_ties(std::vector<double> sorted, double resolution) {
    for (std::size_t first = 0, next = 0; first < sorted.size(); first = next) {
        const double tick = sorted[first];
        while (next < sorted.size() && sorted[next] == tick) {
            ++next;
        }
        const auto count = static_cast<double>(next - first);
        for (std::size_t i = first; i < next; ++i) {
            const double place = (static_cast<double>(i - first) + 0.5) / count;
            sorted[i] = tick + resolution * (place - 0.5);
        }
    }
    std::sort(sorted.begin(), sorted.end()); // neighbours may have come closer than a tick
    return sorted;
}

// Where to cut, so that the distances to the medians of both parts add up to the least.
std::size_t best_cut(const std::vector<double>& sorted) {
    std::vector<double> sums{0};
    for (const double x : sorted) {
        sums.push_back(sums.back() + x);
    }
    const auto distances = [&](std::size_t first, std::size_t last) {
        const std::size_t half = (last - first) / 2;
        return (sums[last] - sums[last - half]) - (sums[first + half] - sums[first]);
    };
    const std::size_t least = std::max<std::size_t>(2, (sorted.size() + 9) / 10);
    std::size_t best = least;
    for (std::size_t cut = least; cut + least <= sorted.size(); ++cut) {
        if (distances(0, cut) + distances(cut, sorted.size()) <
            distances(0, best) + distances(best, sorted.size())) {
            best = cut;
        }
    }
    return best;
}

// Mean of all but the outer tenths, at least but the outermost two: one outlier does not draw it,
// and where there are two modes it does not jump from one to the other as a median does.
double middle_of(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const std::size_t cut = sorted.size() < 3 ? 0 : std::max<std::size_t>(1, sorted.size() / 10);
    return mean(std::span<const double>(sorted).subspan(cut, sorted.size() - 2 * cut));
}

} // namespace

double dip_statistic(std::span<const double> values) {
    if (values.empty() ||
        std::any_of(values.begin(), values.end(), [](double x) { return !std::isfinite(x); })) {
        return 0;
    }
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return twice_the_dip(steps_of(sorted)) / (2 * static_cast<double>(sorted.size()));
}

double dip_critical(std::size_t count) {
    const auto n = static_cast<double>(count);
    if (count < kValuesMin) {
        return std::numeric_limits<double>::infinity();
    }
    double scaled = kCritical.back().second;
    for (std::size_t i = 0; i + 1 < kCritical.size(); ++i) {
        const auto& [below, low] = kCritical[i];
        const auto& [above, high] = kCritical[i + 1];
        if (n >= below && n <= above) {
            scaled = std::lerp(low, high, std::log(n / below) / std::log(above / below));
        }
    }
    return scaled / std::sqrt(n);
}

std::optional<Modes> find_modes(std::span<const double> values, double resolution) {
    if (values.size() < kValuesMin ||
        std::any_of(values.begin(), values.end(), [](double x) { return !std::isfinite(x); })) {
        return std::nullopt;
    }
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    if (resolution > 0) {
        sorted = spread_ties(std::move(sorted), resolution);
    }
    const double dip = dip_statistic(sorted);
    if (dip <= dip_critical(sorted.size())) {
        return std::nullopt;
    }
    const std::size_t cut = best_cut(sorted);
    const std::span<const double> all(sorted);
    const double share = static_cast<double>(cut) / static_cast<double>(sorted.size());
    return Modes{dip, {median(all.first(cut)), share}, {median(all.subspan(cut)), 1 - share}};
}

std::optional<Modes> find_modes_within(std::span<const std::vector<double>> launches) {
    std::vector<double> relative;
    std::vector<double> middles;
    for (const std::vector<double>& launch : launches) {
        const double middle = middle_of(launch);
        if (middle > 0 && std::isfinite(middle)) {
            middles.push_back(middle);
            std::transform(launch.begin(),
                           launch.end(),
                           std::back_inserter(relative),
                           [middle](double x) { return x / middle; });
        }
    }
    std::optional<Modes> modes = find_modes(relative);
    if (modes) {
        const double typical = median(middles);
        modes->low.value *= typical;
        modes->high.value *= typical;
    }
    return modes;
}

} // namespace assay::statistics
