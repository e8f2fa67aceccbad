// The newest values of a line, kept sorted while it goes on: what their median and spread are is
// then known at every place without sorting again.
//
//   SortedWindow window(20);
//   for (const double x : line) {
//       if (window.sorted().size() >= 5) compare(x, median_sorted(window.sorted()));
//       window.push(x);                    // the 21st pushes the first out
//   }
//
// A push costs a search and a move of at most `capacity` values. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace assay::statistics {

class SortedWindow {
public:
    // 1 or more. Values must not be NaN.
    explicit SortedWindow(std::size_t capacity)
        : capacity_(capacity) {}

    void push(double value) {
        if (arrived_.size() < capacity_) {
            arrived_.push_back(value);
        } else {
            sorted_.erase(std::ranges::lower_bound(sorted_, arrived_[oldest_]));
            arrived_[oldest_] = value;
            oldest_ = (oldest_ + 1) % capacity_;
        }
        sorted_.insert(std::ranges::upper_bound(sorted_, value), value);
    }

    void clear() noexcept {
        arrived_.clear();
        sorted_.clear();
        oldest_ = 0;
    }

    [[nodiscard]] std::span<const double> sorted() const noexcept { return sorted_; }

private:
    std::size_t capacity_;
    std::size_t oldest_ = 0;
    std::vector<double> arrived_; // a ring once it is full
    std::vector<double> sorted_;
};

} // namespace assay::statistics
