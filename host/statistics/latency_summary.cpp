#include "statistics/latency_summary.hpp"

#include "statistics/random_index.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace assay::statistics {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kSecondsPerNano = 1e-9;
constexpr std::array<std::pair<std::string_view, double>, 5> kPercentiles{
    {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}}};

// One value that occurs so often.
struct Atom {
    double value = 0;
    std::uint64_t count = 0;
};

std::vector<Atom> atoms_of(const LatencyHistogram& histogram) {
    std::vector<Atom> atoms;
    for (const LatencyHistogram::Bucket& bucket : histogram.buckets()) {
        atoms.push_back({histogram.typical_ns(bucket) * kSecondsPerNano, bucket.count});
    }
    return atoms;
}

// Median of the distances to `centre`.
double absolute_deviation(std::span<const Atom> atoms, double centre, std::uint64_t n) {
    std::vector<Atom> distances;
    for (const Atom& atom : atoms) {
        distances.push_back({std::abs(atom.value - centre), atom.count});
    }
    std::sort(distances.begin(), distances.end(), [](const Atom& a, const Atom& b) {
        return a.value < b.value;
    });
    std::uint64_t passed = 0;
    for (auto atom = distances.begin(); atom != distances.end(); ++atom) {
        passed += atom->count;
        if (2 * passed > n) {
            return atom->value;
        }
        if (2 * passed == n) { // between two values
            return (atom->value + (atom + 1)->value) / 2;
        }
    }
    return kUnknown;
}

void describe_operations(const LatencyHistogram& merged, Summary& summary) {
    const std::vector<Atom> atoms = atoms_of(merged);
    const auto n = static_cast<double>(merged.count());
    double total = 0;
    for (const Atom& atom : atoms) {
        total += atom.value * static_cast<double>(atom.count);
    }
    summary.mean = total / n;
    double squares = 0;
    for (const Atom& atom : atoms) {
        const double distance = atom.value - summary.mean;
        squares += distance * distance * static_cast<double>(atom.count);
    }
    summary.stddev = n > 1 ? std::sqrt(squares / (n - 1)) : kUnknown;
    summary.cv = summary.mean == 0 ? kUnknown : summary.stddev / summary.mean;
    const auto quantile = [&](double p) { return merged.quantile(p) * kSecondsPerNano; };
    summary.mad = absolute_deviation(atoms, quantile(0.5), merged.count());
    summary.min = static_cast<double>(merged.min_ns()) * kSecondsPerNano;
    summary.max = static_cast<double>(merged.max_ns()) * kSecondsPerNano;
    summary.p05 = quantile(0.05);
    summary.p25 = quantile(0.25);
    summary.p75 = quantile(0.75);
    summary.p90 = quantile(0.90);
    summary.p95 = quantile(0.95);
    summary.p99 = quantile(0.99);
    summary.p999 = quantile(0.999);
    const double range = summary.p75 - summary.p25;
    for (const Atom& atom : atoms) {
        const double beyond = std::max(summary.p25 - atom.value, atom.value - summary.p75);
        (beyond > 3 * range ? summary.outliers.severe : summary.outliers.mild) +=
            beyond > 1.5 * range ? atom.count : 0;
    }
}

// The launches as running totals over the values that occur in any of them, so that a percentile
// of any draw of launches is found by bisection instead of by merging histograms.
class Launches {
public:
    Launches(std::span<const LatencyHistogram> launches, const LatencyHistogram& merged)
        : drawn_(launches.size(), 1) {
        std::map<std::uint64_t, std::size_t> column; // by the bucket's lower end
        for (const LatencyHistogram::Bucket& bucket : merged.buckets()) {
            column.emplace(bucket.low_ns, values_.size());
            values_.push_back(merged.typical_ns(bucket) * kSecondsPerNano);
        }
        totals_.assign(launches.size(), std::vector<std::uint64_t>(values_.size()));
        for (std::size_t launch = 0; launch < launches.size(); ++launch) {
            std::vector<std::uint64_t>& totals = totals_[launch];
            for (const LatencyHistogram::Bucket& bucket : launches[launch].buckets()) {
                totals[column.at(bucket.low_ns)] = bucket.count;
            }
            for (std::size_t i = 1; i < totals.size(); ++i) {
                totals[i] += totals[i - 1];
            }
        }
    }

    void draw(RandomIndex& random) {
        std::fill(drawn_.begin(), drawn_.end(), 0);
        for (std::size_t i = 0; i < drawn_.size(); ++i) {
            ++drawn_[random.below(static_cast<std::uint32_t>(drawn_.size()))];
        }
    }

    [[nodiscard]] double quantile(double p) const {
        const std::uint64_t n = up_to(values_.size() - 1);
        const double position = p * static_cast<double>(n - 1);
        const auto below = static_cast<std::uint64_t>(position);
        const double low = value_at(below);
        const double high = below + 1 < n ? value_at(below + 1) : low;
        return std::lerp(low, high, position - static_cast<double>(below));
    }

private:
    // Operations of the drawn launches up to and with this value.
    [[nodiscard]] std::uint64_t up_to(std::size_t value) const {
        std::uint64_t total = 0;
        for (std::size_t launch = 0; launch < drawn_.size(); ++launch) {
            total += drawn_[launch] * totals_[launch][value];
        }
        return total;
    }

    [[nodiscard]] double value_at(std::uint64_t rank) const {
        std::size_t low = 0;
        std::size_t high = values_.size() - 1;
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (up_to(middle) > rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return values_[low];
    }

    std::vector<double> values_;                     // ascending
    std::vector<std::vector<std::uint64_t>> totals_; // per launch
    std::vector<std::uint64_t> drawn_;               // how often each launch is in the draw
};

void add_intervals(std::span<const LatencyHistogram> launches,
                   const LatencyHistogram& merged,
                   const LatencyOptions& options,
                   std::vector<Percentile>& percentiles) {
    if (launches.size() < kIntervalLaunchesMin || !(options.level > 0 && options.level < 1) ||
        options.resamples == 0) {
        return;
    }
    Launches drawn(launches, merged);
    RandomIndex random(options.seed);
    std::array<std::vector<double>, kPercentiles.size()> seen;
    for (std::uint32_t i = 0; i < options.resamples; ++i) {
        drawn.draw(random);
        for (std::size_t k = 0; k < kPercentiles.size(); ++k) {
            seen[k].push_back(drawn.quantile(kPercentiles[k].second));
        }
    }
    const double tail = (1 - options.level) / 2;
    for (std::size_t k = 0; k < kPercentiles.size(); ++k) {
        std::sort(seen[k].begin(), seen[k].end());
        percentiles[k].interval =
            Interval{quantile_sorted(seen[k], tail), quantile_sorted(seen[k], 1 - tail)};
    }
}

} // namespace

LatencySummary summarise_latency(std::span<const LatencyHistogram> launches,
                                 const LatencyOptions& options) {
    LatencySummary latency;
    latency.summary = summarise({}, options.level);
    LatencyHistogram merged;
    std::vector<LatencyHistogram> held;
    for (const LatencyHistogram& launch : launches) {
        if (!launch.empty()) {
            held.push_back(launch);
            merged.merge(launch);
            latency.summary.launch_medians.push_back(launch.quantile(0.5) * kSecondsPerNano);
        }
    }
    for (const auto& [name, p] : kPercentiles) {
        latency.percentiles.push_back({name, merged.quantile(p) * kSecondsPerNano, {}});
    }
    if (merged.empty()) {
        return latency;
    }
    Summary& summary = latency.summary;
    summary.n = merged.count();
    describe_operations(merged, summary);
    summary.median = median(summary.launch_medians);
    summary.interval = median_interval(summary.launch_medians, options.level);
    // In an order of their own, so that the draws do not depend on the order of measuring.
    std::sort(held.begin(), held.end(), [](const LatencyHistogram& a, const LatencyHistogram& b) {
        return a.encode() < b.encode();
    });
    add_intervals(held, merged, options, latency.percentiles);
    return latency;
}

} // namespace assay::statistics
