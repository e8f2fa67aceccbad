#include "verdict/stored_series.hpp"

#include "statistics/robust_scale.hpp"
#include "verdict/tolerance.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>

namespace assay::verdict {
namespace {

constexpr double kClip = 5; // robust standard deviations
constexpr std::size_t kClipRunsMin = 8;
constexpr double kPower = 0.8;
constexpr std::size_t kFencePoints = 100, kFenceDeltasMin = 10;
constexpr std::uint64_t kTrialsUnknown = 1'000'000; // clips only what is all or nothing

std::vector<double> with(std::span<const double> figures, const auto& change) {
    std::vector<double> out(figures.begin(), figures.end());
    std::ranges::transform(out, out.begin(), change);
    return out;
}

ChangeScale scale_for(const NewFigures& news, const SeriesTest& test) {
    if (test.scale) {
        return *test.scale;
    }
    std::vector<double> figures = news.baseline.figures;
    figures.insert(figures.end(), news.figures.begin(), news.figures.end());
    figures.push_back(news.baseline.center);
    return scale_of(news.kind.unit, figures);
}

// Everything on an axis on which a change is a difference, divided by `unit`.
struct OnScale {
    double x = 0, center = 0, unit = 1;
    std::vector<double> figures;
};

OnScale on_scale(const NewFigures& news, ChangeScale scale, const SeriesTest& test) {
    const double whole = whole_of(news.kind.unit);
    const auto place = [&](double figure) {
        return scale == ChangeScale::relative ? figure
               : scale == ChangeScale::points ? figure / whole
                                              : logit(figure / whole, test.trials);
    };
    OnScale placed{.x = statistics::mean(with(news.figures, place)),
                   .center = place(news.baseline.center),
                   .figures = with(news.baseline.figures, place)};
    placed.unit = scale == ChangeScale::relative ? std::abs(placed.center) : 1;
    return placed;
}

bool all_equal(std::span<const double> figures) {
    return std::ranges::adjacent_find(figures, std::ranges::not_equal_to{}) == figures.end();
}

// Figures that are said to be exact, and are: any difference counts, and nothing smaller is unseen.
bool is_exact(const NewFigures& news) {
    return news.kind.exact && all_equal(news.figures) && all_equal(news.baseline.figures);
}

void answer_exactly(StoredFinding& found) {
    found.exact = true;
    found.is_significant = *found.change != 0;
    found.reaches_floor = found.is_significant;
    found.p = found.is_significant ? 0 : 1;
    found.interval = statistics::Interval{.low = *found.change, .high = *found.change};
    found.mde = 0;
    found.fence = 0;
}

// Times, bytes, what is counted, and how much of them a second: less than nothing is none of them.
// A figure of unit 1 may be anything.
bool is_amount(std::string_view unit) {
    const std::string_view what = unit.substr(0, unit.find('/'));
    return what == "s" || what == "By" || what.starts_with('{') || (what == "1" && what != unit);
}

// Student's interval knows no ends of the figure itself: of a time that varies by more than half it
// reaches below no time at all. Cut where the figure ends it holds the truth as often as before.
statistics::Interval within_reach(statistics::Interval interval,
                                  ChangeScale scale,
                                  double center,
                                  const NewFigures& news) {
    const double sign = news.kind.direction == measure::Direction::higher ? -1 : 1;
    const auto keep_above = [&interval, sign](double change) { // of the figure: none is below
        double& end = sign > 0 ? interval.low : interval.high;
        end = sign > 0 ? std::max(end, change) : std::min(end, -change);
    };
    const auto keep_below = [&interval, sign](double change) {
        double& end = sign > 0 ? interval.high : interval.low;
        end = sign > 0 ? std::min(end, change) : std::max(end, -change);
    };
    const auto is_none = [](double figure) { return figure < 0; };
    if (scale == ChangeScale::points) {
        keep_above(-center);
        keep_below(1 - center);
    } else if (scale == ChangeScale::relative && center > 0 && is_amount(news.kind.unit) &&
               std::ranges::none_of(news.figures, is_none) &&
               std::ranges::none_of(news.baseline.figures, is_none)) {
        keep_above(-1);
    }
    return interval;
}

// Section 6.2: t = (x - center) / (s sqrt((1/m + 1/n) / k)) with (n - 1) k degrees of freedom, and
// MDE = (t_(1 - alpha/2) + t_0.8) s sqrt((1/m + 1/n) / k) / |center|. A centre that somebody gave
// as a number has no error of its own.
void answer_by_noise(StoredFinding& found,
                     const OnScale& placed,
                     const NewFigures& news,
                     const SeriesTest& test) {
    if (placed.figures.size() < 2) {
        return; // one run tells nothing of how much runs differ
    }
    const double k = test.effective;
    const double s = std::max(spread_of_runs(placed.figures),
                              found.scale == ChangeScale::relative ? test.resolution : 0.0);
    const double of_center = news.baseline.n > 0 ? 1 / static_cast<double>(news.baseline.n) : 0;
    const double error =
        s * std::sqrt((1 / static_cast<double>(found.new_runs) + of_center) / k) / placed.unit;
    const double degrees = std::max(1.0, static_cast<double>(placed.figures.size() - 1) * k);
    const boost::math::students_t t(degrees);
    const double critical = boost::math::quantile(boost::math::complement(t, test.alpha / 2));
    const double change = *found.change;
    found.prediction = error;
    found.p = error > 0 ? 2 * boost::math::cdf(boost::math::complement(t, std::abs(change) / error))
                        : (change == 0 ? 1 : 0);
    found.is_significant = *found.p <= test.alpha;
    found.interval =
        within_reach({.low = change - critical * error, .high = change + critical * error},
                     found.scale,
                     placed.center,
                     news);
    found.mde = (critical + boost::math::quantile(t, kPower)) * error;
    const auto fence = fence_of(placed.figures, found.scale);
    found.fence = fence ? fence : found.mde;
}

} // namespace

StoredFinding examine(const NewFigures& news, const SeriesTest& test) {
    StoredFinding found{.scale = scale_for(news, test),
                        .figure = statistics::mean(news.figures),
                        .center = news.baseline.center,
                        .new_runs = news.figures.size(),
                        .runs = news.baseline.figures.size()};
    if (news.figures.empty()) {
        return found;
    }
    OnScale placed = on_scale(news, found.scale, test);
    if (placed.unit == 0) {
        found.zero_baseline = placed.x != 0;
        if (found.zero_baseline) {
            return found;
        }
        placed.unit = 1; // nothing became nothing
    }
    const double sign = news.kind.direction == measure::Direction::higher ? -1 : 1;
    found.change = sign * (placed.x - placed.center) / placed.unit;
    if (is_exact(news)) {
        answer_exactly(found);
        return found;
    }
    const double floor = found.scale == ChangeScale::points ? test.floor_points : test.floor;
    found.reaches_floor = std::abs(*found.change) >= floor - kTolerance;
    answer_by_noise(found, placed, news, test);
    return found;
}

double logit(double p, std::uint64_t trials) noexcept {
    const double least = 0.5 / static_cast<double>(trials > 0 ? trials : kTrialsUnknown);
    const double kept = std::clamp(p, least, 1 - least);
    return std::log(kept / (1 - kept));
}

double spread_of_runs(std::span<const double> figures) {
    return spread_of_sorted_runs(statistics::sorted_copy(figures));
}

double spread_of_sorted_runs(std::span<const double> sorted) {
    const double robust = statistics::scaled_mad_sorted(sorted);
    if (sorted.size() < kClipRunsMin || robust == 0) {
        return statistics::standard_deviation(sorted);
    }
    const double center = statistics::median_sorted(sorted);
    const double far = kClip * robust;
    if (sorted.front() >= center - far && sorted.back() <= center + far) {
        return statistics::standard_deviation(sorted);
    }
    return statistics::standard_deviation(
        with(sorted, [=](double x) { return std::clamp(x, center - far, center + far); }));
}

std::optional<double> fence_of(std::span<const double> figures, ChangeScale scale) {
    const auto last = figures.last(std::min(figures.size(), kFencePoints));
    std::vector<double> changes;
    for (std::size_t i = 1; i < last.size(); ++i) {
        const double before = last[i - 1];
        if (scale != ChangeScale::relative) {
            changes.push_back(std::abs(last[i] - before));
        } else if (before != 0) {
            changes.push_back(std::abs(last[i] / before - 1));
        }
    }
    if (changes.size() < kFenceDeltasMin) {
        return std::nullopt;
    }
    const std::vector<double> sorted = statistics::sorted_copy(changes);
    const double q1 = statistics::quantile_sorted(sorted, 0.25);
    const double q3 = statistics::quantile_sorted(sorted, 0.75);
    return q3 + 3 * (q3 - q1);
}

} // namespace assay::verdict
