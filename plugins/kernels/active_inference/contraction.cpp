#include "active_inference/contraction.hpp"

#include <algorithm>
#include <numeric>

namespace assay::active_inference {
namespace {

// Compiled once more for processors with AVX2, chosen when the library is loaded. Both do the same
// additions in the same order (no fused multiply-add), so the bits are the same, too. Sanitizers
// run before the choice could be made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ASSAY_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define ASSAY_WIDE
#endif

// Four doubles at any address, added at once.
constexpr std::size_t kLanes = 4;
typedef double Lanes __attribute__((vector_size(kLanes * sizeof(double)), aligned(8), may_alias));

// One row: four partial sums and a tail, in this order on any machine.
double dot(const double* row, const double* weights, std::size_t extent) noexcept {
    Lanes sums{};
    std::size_t i = 0;
    for (; i + kLanes <= extent; i += kLanes) {
        sums +=
            *reinterpret_cast<const Lanes*>(row + i) * *reinterpret_cast<const Lanes*>(weights + i);
    }
    double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    for (; i < extent; ++i) {
        sum += row[i] * weights[i];
    }
    return sum;
}

// out[row] = row . weights. Four rows at a time: a single sum would wait for each addition.
ASSAY_WIDE void dot_rows(const double* rows,
                         const double* weights,
                         std::size_t count,
                         std::size_t extent,
                         double* out) noexcept {
    std::size_t row = 0;
    for (; row + 4 <= count; row += 4) {
        const double* const at[4] = {rows + row * extent,
                                     rows + (row + 1) * extent,
                                     rows + (row + 2) * extent,
                                     rows + (row + 3) * extent};
        Lanes sums[4] = {};
        std::size_t i = 0;
        for (; i + kLanes <= extent; i += kLanes) {
            const Lanes weight = *reinterpret_cast<const Lanes*>(weights + i);
            for (std::size_t k = 0; k < 4; ++k) {
                sums[k] += *reinterpret_cast<const Lanes*>(at[k] + i) * weight;
            }
        }
        for (std::size_t k = 0; k < 4; ++k) {
            double sum = (sums[k][0] + sums[k][1]) + (sums[k][2] + sums[k][3]);
            for (std::size_t tail = i; tail < extent; ++tail) {
                sum += at[k][tail] * weights[tail];
            }
            out[row + k] = sum;
        }
    }
    for (; row < count; ++row) {
        out[row] = dot(rows + row * extent, weights, extent);
    }
}

// out = sum of weighted rows, one row after the other for every column. Four rows at a time: `out`
// is read and written once for them.
ASSAY_WIDE void sum_rows(const double* rows,
                         const double* weights,
                         std::size_t count,
                         std::size_t width,
                         double* __restrict out) noexcept {
    for (std::size_t column = 0; column < width; ++column) {
        out[column] = weights[0] * rows[column];
    }
    std::size_t row = 1;
    for (; row + 4 <= count; row += 4) {
        const double* const first = rows + row * width;
        const double* const second = first + width;
        const double* const third = second + width;
        const double* const fourth = third + width;
        for (std::size_t column = 0; column < width; ++column) {
            out[column] = (((out[column] + weights[row] * first[column]) +
                            weights[row + 1] * second[column]) +
                           weights[row + 2] * third[column]) +
                          weights[row + 3] * fourth[column];
        }
    }
    for (; row < count; ++row) {
        const double* const from = rows + row * width;
        for (std::size_t column = 0; column < width; ++column) {
            out[column] += weights[row] * from[column];
        }
    }
}

} // namespace

Contraction::Contraction(std::span<const std::size_t> shape, std::span<const std::size_t> kept) {
    std::vector<std::size_t> order;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (std::ranges::find(kept, axis) == kept.end()) {
            order.push_back(axis);
        }
    }
    std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
        return shape[left] != shape[right] ? shape[left] > shape[right] : left > right;
    });
    std::vector<std::size_t> extents(shape.begin(), shape.end()); // 1 where already summed
    const auto product = [&](std::size_t from, std::size_t to) {
        return std::accumulate(extents.begin() + static_cast<std::ptrdiff_t>(from),
                               extents.begin() + static_cast<std::ptrdiff_t>(to),
                               std::size_t{1},
                               std::multiplies<>());
    };
    for (const std::size_t axis : order) {
        const Step step{axis, product(0, axis), extents[axis], product(axis + 1, shape.size())};
        steps_.push_back(step);
        ops_ += step.outer * step.extent * step.inner;
        extents[axis] = 1;
    }
    outputs_ = product(0, shape.size());
    // Results of all steps but the last, alternating between two places.
    std::size_t largest = 0;
    for (std::size_t at = 0; at + 1 < steps_.size(); ++at) {
        largest = std::max(largest, steps_[at].outer * steps_[at].inner);
    }
    workspace_ = 2 * largest;
}

void Contraction::operator()(const double* tensor,
                             const double* const* vectors,
                             double* out,
                             double* work) const noexcept {
    if (steps_.empty()) {
        std::copy_n(tensor, outputs_, out);
        return;
    }
    const double* from = tensor;
    double* places[2] = {work, work + workspace_ / 2};
    for (std::size_t at = 0; at < steps_.size(); ++at) {
        const Step& step = steps_[at];
        double* const to = at + 1 == steps_.size() ? out : places[at % 2];
        const double* const weights = vectors[step.axis];
        if (step.inner == 1) {
            dot_rows(from, weights, step.outer, step.extent, to);
        } else {
            for (std::size_t block = 0; block < step.outer; ++block) {
                sum_rows(from + block * step.extent * step.inner,
                         weights,
                         step.extent,
                         step.inner,
                         to + block * step.inner);
            }
        }
        from = to;
    }
}

} // namespace assay::active_inference
