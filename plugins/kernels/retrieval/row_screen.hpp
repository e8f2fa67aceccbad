// Which rows can be among the k best, told from a coarse copy of them: a byte for each component
// instead of four, with a bound on what the rounding may hide. A scan of many rows waits for
// memory; this one reads a quarter of it, and leaves some dozens of rows to look at exactly.
//
//   screen.add(vector);
//   screen.candidates(query, 10);   // rows; whatever is not among them is not among the 10 best
//
// x = s c + e with bytes c: by Cauchy and Schwarz q x lies within |q| |e| of s q c. One thread
// while it is changed, any number while it is not.
#pragma once

#include "scan_loops.hpp"

#include <span>
#include <vector>

namespace assay::retrieval {

class RowScreen {
public:
    RowScreen(std::size_t dimension, const ScanLoops& loops);

    // Finite, and not all zero.
    void add(std::span<const float> vector);

    // The last row takes the place of this one.
    void erase(std::size_t row);

    // In rising order. k is at least 1 and at most the number of rows.
    [[nodiscard]] std::vector<std::size_t> candidates(std::span<const float> query,
                                                      std::size_t k) const;

private:
    std::size_t dimension_, stride_;
    const ScanLoops* loops_;
    std::vector<signed char> codes_;
    std::vector<float> scales_;
    std::vector<float> margins_; // what a row's score may be off by, for a query of length 1
};

} // namespace assay::retrieval
