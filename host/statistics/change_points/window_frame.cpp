#include "statistics/change_points/window_frame.hpp"

#include "statistics/change_points/e_divisive.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace assay::statistics {
namespace {

// The limit of the first search: ten times, twice, or once the one that a point must pass.
double weak_limit(double p_max) noexcept {
    return p_max < 0.05 ? 10 * p_max : p_max < 0.5 ? 2 * p_max : p_max;
}

// A series cut into segments, each kept sorted in its own range of one array: tests read it
// without a copy, and two segments that become one are merged in linear time.
class SortedSegments {
public:
    SortedSegments(std::span<const double> series, const std::vector<std::size_t>& points)
        : values_(series.begin(), series.end())
        , bounds_{0} {
        bounds_.insert(bounds_.end(), points.begin(), points.end());
        bounds_.push_back(series.size());
        for (std::size_t i = 0; i + 1 < bounds_.size(); ++i) {
            std::sort(at(bounds_[i]), at(bounds_[i + 1]));
        }
    }

    [[nodiscard]] std::span<const double> segment(std::size_t i) const {
        return std::span(values_).subspan(bounds_[i], bounds_[i + 1] - bounds_[i]);
    }

    // Makes one segment of i and i + 1.
    void join(std::size_t i) {
        std::inplace_merge(at(bounds_[i]), at(bounds_[i + 1]), at(bounds_[i + 2]));
        bounds_.erase(bounds_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }

private:
    [[nodiscard]] std::vector<double>::iterator at(std::size_t i) {
        return values_.begin() + static_cast<std::ptrdiff_t>(i);
    }

    std::vector<double> values_;
    std::vector<std::size_t> bounds_; // 0, the points, the end
};

class WindowSearch {
public:
    WindowSearch(std::span<const double> series, const StepTest& test, const FrameOptions& options)
        : series_(series)
        , test_(test)
        , window_(std::max<std::size_t>(2, options.window))
        , passing_level_(options.passing_level)
        , limit_(weak_limit(options.p_max))
        , finder_(std::min(window_, series.size()))
        , sorted_(std::min(window_, series.size())) {}

    void search_from(std::size_t start, std::set<std::size_t>& points) {
        while (start < series_.size()) {
            const std::size_t last_found = search_window(start, points);
            start = std::max(last_found, start + window_ / 2);
        }
    }

private:
    // The last point found in the window, or 0.
    std::size_t search_window(std::size_t start, std::set<std::size_t>& points) {
        const auto window = series_.subspan(start, std::min(window_, series_.size() - start));
        const auto found = divide(window, finder_, [&](std::span<const Piece>, const Piece& piece) {
            const auto whole = window.subspan(piece.first, piece.end - piece.first);
            return p_of(test_, whole, piece.split.index) <= limit_ ||
                   passes(whole, piece.split.index);
        });
        for (const std::size_t index : found) {
            points.insert(start + index);
        }
        return found.empty() ? 0 : start + found.back();
    }

    // Whether a level begins at the split and ends within the piece: what comes back would hide it.
    // It has to differ from what is before it and from what is behind it.
    bool passes(std::span<const double> piece, std::size_t split) {
        if (passing_level_ == nullptr) {
            return false;
        }
        const std::size_t end = finder_.best_end(piece, split);
        return end < piece.size() && p_of(*passing_level_, piece.first(end), split) <= limit_ &&
               p_of(*passing_level_, piece.subspan(split), end - split) <= limit_;
    }

    double p_of(const StepTest& test, std::span<const double> piece, std::size_t split) {
        const auto sorted = std::span(sorted_).first(piece.size());
        std::ranges::copy(piece, sorted.begin());
        std::ranges::sort(sorted.first(split));
        std::ranges::sort(sorted.subspan(split));
        return test.compare(sorted.first(split), sorted.subspan(split)).p;
    }

    std::span<const double> series_;
    const StepTest& test_;
    std::size_t window_;
    const StepTest* passing_level_;
    double limit_;
    SplitFinder finder_;
    std::vector<double> sorted_; // the two sides of a split, one behind the other
};

double magnitude_of(const FoundStep& step) {
    return relative_magnitude(step.comparison.mean_before, step.comparison.mean_after);
}

// The point that has to go next, or the end.
std::vector<FoundStep>::iterator weakest(std::vector<FoundStep>& steps,
                                         const FrameOptions& options) {
    auto weak = std::ranges::max_element(
        steps, {}, [](const FoundStep& step) { return step.comparison.p; });
    if (weak == steps.end() || !(weak->comparison.p < options.p_max)) {
        return weak;
    }
    weak = std::ranges::min_element(steps, {}, magnitude_of);
    return magnitude_of(*weak) > options.min_magnitude ? steps.end() : weak;
}

std::vector<FoundStep> merge(std::span<const double> series,
                             const std::set<std::size_t>& points,
                             const StepTest& test,
                             const FrameOptions& options) {
    SortedSegments segments(series, {points.begin(), points.end()});
    std::vector<FoundStep> steps;
    for (const std::size_t index : points) {
        const std::size_t i = steps.size();
        steps.push_back({index, test.compare(segments.segment(i), segments.segment(i + 1))});
    }
    const auto test_anew = [&](std::size_t i) {
        if (i < steps.size()) {
            steps[i].comparison = test.compare(segments.segment(i), segments.segment(i + 1));
        }
    };
    for (auto weak = weakest(steps, options); weak != steps.end(); weak = weakest(steps, options)) {
        const auto k = static_cast<std::size_t>(weak - steps.begin());
        segments.join(k);
        steps.erase(weak);
        test_anew(k);
        switch (options.merge) {
        case MergeRule::both_neighbours:
            test_anew(k - 1); // of the first point there is none: beyond the end
            break;
        case MergeRule::right_neighbour:
            test_anew(k +
                      1); // its segments are as before, but it may be stale from an earlier time
            break;
        }
    }
    return steps;
}

// Where the search after an appended run begins: at the last carried point, or the last multiple
// of half a window, that is more than four windows and the new values away from the end.
std::size_t resume_at(std::size_t length,
                      std::size_t appended,
                      std::span<const std::size_t> carried,
                      std::size_t window) {
    const auto width = static_cast<double>(window);
    const double limit =
        static_cast<double>(length) - (static_cast<double>(appended) / width + 4) * width;
    std::size_t start = 0;
    for (const std::size_t index : carried) {
        if (static_cast<double>(index) < limit) {
            start = std::max(start, index);
        }
    }
    for (std::size_t step = 0; static_cast<double>(step) < limit; step += window / 2) {
        start = std::max(start, step);
    }
    return start;
}

} // namespace

double relative_magnitude(double before, double after) noexcept {
    const double forward = before == 0 ? 0 : std::abs(after / before - 1);
    const double backward = after == 0 ? 0 : std::abs(before / after - 1);
    return std::max(forward, backward);
}

std::vector<FoundStep>
find_steps(std::span<const double> series, const StepTest& test, const FrameOptions& options) {
    std::set<std::size_t> points;
    WindowSearch(series, test, options).search_from(0, points);
    return merge(series, points, test, options);
}

std::vector<FoundStep> find_steps_appended(std::span<const double> series,
                                           std::size_t appended,
                                           std::span<const std::size_t> carried,
                                           const StepTest& test,
                                           const FrameOptions& options) {
    const std::size_t window = std::max<std::size_t>(2, options.window);
    std::set<std::size_t> points;
    WindowSearch search(series, test, options);
    search.search_from(resume_at(series.size(), appended, carried, window), points);
    std::ranges::copy_if(carried, std::inserter(points, points.end()), [&](std::size_t index) {
        return index > 0 && index < series.size(); // others would be no points of this series
    });
    return merge(series, points, test, options);
}

} // namespace assay::statistics
