#include "charts/figures/distribution.hpp"
#include "charts/figures/quantile.hpp"
#include "charts/unit_scale.hpp"

namespace assay::charts {
namespace {

constexpr std::size_t kBinsMax = 60;
constexpr std::size_t kBinsLeast = 5;
constexpr Role kHistogramRole = Role::ramp_4; // lines over it can be seen

struct Bins {
    double low = 0, width = 1;
    std::size_t count = 1;
};

// 0: the samples do not say.
double bin_width(const std::vector<double>& samples) {
    if (samples.empty()) {
        return 0;
    }
    const auto n = static_cast<double>(samples.size());
    const double spread = quantile(samples, 0.75) - quantile(samples, 0.25);
    return spread > 0 ? 2 * spread / std::cbrt(n)
                      : (samples.back() - samples.front()) / std::sqrt(n);
}

// Over both sets, as wide as the narrower one wants them: two sets far apart are not one wide one.
Bins bins_of(const std::vector<double>& now, const std::vector<double>& before) {
    const double low = before.empty() ? now.front() : std::min(now.front(), before.front());
    const double high = before.empty() ? now.back() : std::max(now.back(), before.back());
    if (!(high > low) || !std::isfinite(high - low)) {
        const double half = low == 0 ? 0.5 : std::abs(low) * 0.01;
        return {low - half, 2 * half, 1};
    }
    double wanted = bin_width(now);
    if (const double other = bin_width(before); other > 0) {
        wanted = wanted > 0 ? std::min(wanted, other) : other;
    }
    const double count = std::clamp(wanted > 0 ? std::ceil((high - low) / wanted) : 1.0,
                                    static_cast<double>(kBinsLeast),
                                    static_cast<double>(kBinsMax));
    return {low, (high - low) / count, static_cast<std::size_t>(count)};
}

std::vector<double> heights_of(const std::vector<double>& samples, const Bins& bins, bool shares) {
    std::vector<double> heights(bins.count, 0);
    const double each = shares ? 100.0 / static_cast<double>(samples.size()) : 1;
    for (const double sample : samples) {
        const double place = (sample - bins.low) / bins.width;
        const auto bin = place <= 0 ? 0 : static_cast<std::size_t>(place);
        heights[std::min(bin, bins.count - 1)] += each;
    }
    return heights;
}

Bars bars_of(const std::vector<double>& heights,
             const Bins& bins,
             const Distribution& of,
             bool shares) {
    Bars bars;
    for (std::size_t i = 0; i < heights.size(); ++i) {
        if (heights[i] <= 0) {
            continue;
        }
        const double low = bins.low + bins.width * static_cast<double>(i);
        Bar bar{low, low + bins.width, 0, heights[i], kHistogramRole};
        bar.note = value_text(low, of.unit) + " to " + value_text(low + bins.width, of.unit) +
                   ": " + value_text(heights[i], shares ? "%" : "{samples}");
        bars.bars.push_back(std::move(bar));
    }
    return bars;
}

std::string description_of(const std::vector<double>& sorted, const Distribution& of) {
    return std::to_string(sorted.size()) + (sorted.size() == 1 ? " sample" : " samples") +
           ", median " + value_text(quantile(sorted, 0.5), of.unit) + ", middle half " +
           value_text(quantile(sorted, 0.25), of.unit) + " to " +
           value_text(quantile(sorted, 0.75), of.unit) + ", range " +
           value_text(sorted.front(), of.unit) + " to " + value_text(sorted.back(), of.unit) + ".";
}

} // namespace

Chart histogram_chart(const Distribution& distribution) {
    Chart chart;
    chart.title = distribution.title;
    chart.empty = "no samples";
    const std::vector<double> now = sorted_numbers(distribution.samples);
    const std::vector<double> before = sorted_numbers(distribution.baseline);
    const bool shares = !before.empty();
    chart.x = {.title = distribution.metric, .unit = distribution.unit};
    chart.y = {.title = shares ? "share of samples" : "samples",
               .unit = shares ? "%" : "1",
               .from_zero = true};
    if (now.empty()) {
        return chart;
    }
    const Bins bins = bins_of(now, before);
    Bars bars = bars_of(heights_of(now, bins, shares), bins, distribution, shares);
    bars.name = shares ? distribution.name : "";
    bars.role = kHistogramRole;
    chart.series.emplace_back(std::move(bars));
    if (shares) {
        Bars behind = bars_of(heights_of(before, bins, true), bins, distribution, true);
        behind.name = distribution.baseline_name;
        behind.role = Role::text;
        for (Bar& bar : behind.bars) {
            bar.outlined = true;
            bar.role = Role::text;
        }
        chart.series.emplace_back(std::move(behind));
    }
    const double median = quantile(now, 0.5);
    chart.rules.push_back({Along::x,
                           median,
                           Dash::dashed,
                           Role::text,
                           "median " + value_text(median, distribution.unit),
                           {}});
    chart.description = description_of(now, distribution);
    return chart;
}

} // namespace assay::charts
