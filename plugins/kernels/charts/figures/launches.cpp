#include "charts/figures/distribution.hpp"
#include "charts/figures/quantile.hpp"
#include "charts/unit_scale.hpp"

#include <array>

namespace assay::charts {
namespace {

constexpr double kBoxHalf = 0.3; // of a row, at both sides of its middle
constexpr double kFence = 1.5;   // times the box: what is beyond is drawn by itself (Tukey 1977)
constexpr std::size_t kSamplesShown = 40;
constexpr std::size_t kLaunchesMax = 60;

struct BoxFigures {
    double lower = 0, middle = 0, upper = 0; // quartiles
    double first = 0, last = 0;              // within the fences
};

BoxFigures box_of(const std::vector<double>& sorted) {
    BoxFigures box{quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)};
    const double reach = kFence * (box.upper - box.lower);
    box.first = *std::lower_bound(sorted.begin(), sorted.end(), box.lower - reach);
    box.last = *std::prev(std::upper_bound(sorted.begin(), sorted.end(), box.upper + reach));
    return box;
}

class Boxes {
public:
    explicit Boxes(const Launches& launches)
        : unit_(launches.unit) {}

    void add(double place, const LaunchSamples& launch) {
        const std::vector<double> sorted = sorted_numbers(launch.samples);
        if (sorted.empty()) {
            return;
        }
        const BoxFigures box = box_of(sorted);
        const std::string note = launch.name + ": median " + value_text(box.middle, unit_) +
                                 ", middle half " + value_text(box.lower, unit_) + " to " +
                                 value_text(box.upper, unit_) + ", " +
                                 std::to_string(sorted.size()) + " samples";
        const double none = std::numeric_limits<double>::quiet_NaN();
        whiskers_.intervals.push_back({place, box.first, none, box.last, Role::neutral, note});
        boxes_.bars.push_back(
            {place - kBoxHalf, place + kBoxHalf, box.lower, box.upper, Role::ramp_2, {}, note});
        // A bar without length is the line at the median.
        Bar median{place - kBoxHalf, place + kBoxHalf, box.middle, box.middle, Role::text};
        median.outlined = true;
        boxes_.bars.push_back(std::move(median));
        add_samples(place, sorted, box);
    }

    void put_into(Chart& chart) && {
        chart.series.emplace_back(std::move(whiskers_));
        chart.series.emplace_back(std::move(boxes_));
        chart.series.emplace_back(std::move(samples_));
    }

private:
    void add_samples(double place, const std::vector<double>& sorted, const BoxFigures& box) {
        // The same scatter in every picture: samples of one value do not lie over each other.
        static constexpr std::array<double, 5> kScatter{0, -0.12, 0.12, -0.2, 0.2};
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const bool is_beyond = sorted[i] < box.first || sorted[i] > box.last;
            if (!is_beyond && sorted.size() > kSamplesShown) {
                continue;
            }
            const double scatter = is_beyond ? 0 : kScatter[i % kScatter.size()];
            samples_.points.push_back({sorted[i],
                                       place + scatter,
                                       is_beyond ? Look::hollow : Look::filled,
                                       is_beyond ? value_text(sorted[i], unit_) : ""});
        }
    }

    std::string unit_;
    Intervals whiskers_{.capped = true};
    Bars boxes_;
    Dots samples_{.role = Role::accent};
};

} // namespace

Chart launches_chart(const Launches& launches) {
    Chart chart;
    chart.title = launches.title;
    chart.empty = "no launches";
    chart.x = {.title = launches.metric, .unit = launches.unit};
    chart.y = {.scale = Scale::category};
    Boxes boxes(launches);
    const std::size_t shown = std::min(launches.launches.size(), kLaunchesMax);
    for (std::size_t i = 0; i < shown; ++i) {
        chart.y.categories.push_back(launches.launches[i].name);
        boxes.add(static_cast<double>(i), launches.launches[i]);
    }
    std::move(boxes).put_into(chart);
    if (shown < launches.launches.size()) {
        chart.notes.push_back(std::to_string(launches.launches.size() - shown) +
                              " more launches are not drawn");
    }
    chart.description = "Samples of " + std::to_string(launches.launches.size()) + " launches.";
    chart.size = {720, 84 + 26 * static_cast<double>(std::max<std::size_t>(shown, 2))};
    return chart;
}

} // namespace assay::charts
