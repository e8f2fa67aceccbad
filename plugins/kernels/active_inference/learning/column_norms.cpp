#include "active_inference/learning/column_norms.hpp"

#include "active_inference/logarithm.hpp"

namespace assay::active_inference {
namespace {

double column_sum(std::span<const double> counts,
                  std::size_t column,
                  std::size_t columns,
                  double floor) noexcept {
    double sum = 0;
    for (std::size_t at = column; at < counts.size(); at += columns) {
        sum += counts[at] + floor;
    }
    return sum;
}

} // namespace

void normalise_columns(std::span<const double> counts,
                       std::size_t rows,
                       double floor,
                       std::span<double> out) noexcept {
    const std::size_t columns = counts.size() / rows;
    for (std::size_t column = 0; column < columns; ++column) {
        const double sum = column_sum(counts, column, columns, floor);
        for (std::size_t at = column; at < counts.size(); at += columns) {
            out[at] = (counts[at] + floor) / sum;
        }
    }
}

void weigh_columns(std::span<const double> counts,
                   std::size_t rows,
                   double floor,
                   std::span<double> out) noexcept {
    const std::size_t columns = counts.size() / rows;
    for (std::size_t column = 0; column < columns; ++column) {
        const double share = 1 / column_sum(counts, column, columns, floor);
        for (std::size_t at = column; at < counts.size(); at += columns) {
            out[at] = share - 1 / (counts[at] + floor);
        }
    }
}

void weigh_learnable(std::span<const double> counts,
                     std::size_t rows,
                     std::span<double> out) noexcept {
    weigh_columns(counts, rows, kLogFloor, out);
    for (std::size_t at = 0; at < counts.size(); ++at) {
        if (!(counts[at] > 0)) {
            out[at] = 0;
        }
    }
}

} // namespace assay::active_inference
