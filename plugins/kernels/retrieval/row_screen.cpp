#include "row_screen.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace assay::retrieval {

namespace {

constexpr double kLargestCode = 127;
// Of a sum in single precision, each term: both scores, the coarse and the exact one, are such
// sums.
constexpr double kRoundingOfTerm = 2 * 1.2e-7;

double length_of(std::span<const float> vector) {
    double square = 0;
    for (const float x : vector) {
        square += static_cast<double>(x) * static_cast<double>(x);
    }
    return std::sqrt(square);
}

std::size_t screen_stride(std::size_t dimension) noexcept {
    return (dimension + kCodeMultiple - 1) / kCodeMultiple * kCodeMultiple;
}

} // namespace

RowScreen::RowScreen(std::size_t dimension, const ScanLoops& loops)
    : dimension_(dimension)
    , stride_(screen_stride(dimension))
    , loops_(&loops) {}

void RowScreen::add(std::span<const float> vector) {
    double largest = 0;
    for (const float x : vector) {
        largest = std::max(largest, std::abs(static_cast<double>(x)));
    }
    const auto scale = static_cast<float>(largest / kLargestCode);
    const std::size_t begin = codes_.size();
    codes_.resize(begin + stride_, 0);
    double square = 0;
    for (std::size_t i = 0; i < vector.size(); ++i) {
        const auto x = static_cast<double>(vector[i]);
        const double code =
            scale > 0 ? std::clamp(std::round(x / static_cast<double>(scale)), -127.0, 127.0) : 0;
        codes_[begin + i] = static_cast<signed char>(code);
        const double off = x - code * static_cast<double>(scale);
        square += off * off;
    }
    const double error = std::sqrt(square);
    const double rounding = kRoundingOfTerm * static_cast<double>(stride_);
    scales_.push_back(scale);
    margins_.push_back(
        static_cast<float>(1.001 * (error + rounding * (length_of(vector) + error))));
}

void RowScreen::erase(std::size_t row) {
    const std::size_t last = scales_.size() - 1;
    if (row != last) {
        const auto from = codes_.begin() + static_cast<std::ptrdiff_t>(last * stride_);
        std::copy(from, codes_.end(), codes_.begin() + static_cast<std::ptrdiff_t>(row * stride_));
        scales_[row] = scales_[last];
        margins_[row] = margins_[last];
    }
    codes_.resize(last * stride_);
    scales_.pop_back();
    margins_.pop_back();
}

std::vector<std::size_t> RowScreen::candidates(std::span<const float> query, std::size_t k) const {
    std::vector<float> wide(stride_, 0.0f);
    std::ranges::copy(query, wide.begin());
    const std::size_t rows = scales_.size();
    std::vector<float> scores(rows);
    loops_->screen(codes_.data(), rows, stride_, wide.data(), scores.data());
    // The k-th best of what the rows have at least: no row that has at most less can be among them.
    const auto length = static_cast<float>(1.001 * length_of(query));
    std::vector<float> least; // a heap, the worst on top
    for (std::size_t row = 0; row < rows; ++row) {
        scores[row] *= scales_[row];
        float low = scores[row] - length * margins_[row];
        if (std::isnan(low)) { // of components near the largest number that there is
            low = -std::numeric_limits<float>::infinity();
        }
        if (least.size() < k) {
            least.push_back(low);
            std::ranges::push_heap(least, std::greater<>());
        } else if (low > least.front()) {
            std::ranges::pop_heap(least, std::greater<>());
            least.back() = low;
            std::ranges::push_heap(least, std::greater<>());
        }
    }
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < rows; ++row) {
        if (!(scores[row] + length * margins_[row] < least.front())) {
            found.push_back(row);
        }
    }
    return found;
}

} // namespace assay::retrieval
