// Compiled once for each level (AssayIsaLevels.cmake), so nothing inline of another header may be
// used here: the linker would keep one copy of it, perhaps that of a level the processor lacks.
//
// Rows times a constant matrix in tiles whose sums stay in registers: six rows by four vectors of
// AVX-512, by two of what has sixteen registers. A block of 128 numbers of the matrix's columns
// stays in the first cache, the packed rows of the block in the second.
#include "semantic_tokens/token_loops.hpp"

#include <stddef.h>

namespace assay::semantic_tokens::ASSAY_ISA_LEVEL {
namespace {

#if defined(__AVX512F__)
constexpr size_t kVectorBytes = 64, kVectors = 4;
#elif defined(__AVX__)
constexpr size_t kVectorBytes = 32, kVectors = 2;
#else
constexpr size_t kVectorBytes = 16, kVectors = 2;
#endif

template <class Real>
struct Tile {
    using Vector [[gnu::vector_size(kVectorBytes)]] = Real;
    static constexpr size_t lanes = kVectorBytes / sizeof(Real);
    static constexpr size_t columns = lanes * kVectors;
};

size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

template <class Real>
size_t panels_of(size_t columns) {
    return (columns + Tile<Real>::columns - 1) / Tile<Real>::columns;
}

template <class Real>
size_t packed_size(size_t depth, size_t columns) {
    return depth * panels_of<Real>(columns) * Tile<Real>::columns;
}

// One cache line more than whole panels: rows do not all fall into the same sets of the cache.
template <class Real>
size_t stride_of(size_t columns) {
    return panels_of<Real>(columns) * Tile<Real>::columns + 64 / sizeof(Real);
}

// By blocks of the depth, then panels of columns, then depth; zero beyond the last column.
template <class Real>
void pack(const Real* matrix, size_t depth, size_t columns, Real* packed) {
    for (size_t block = 0; block < depth; block += kDepthBlock) {
        for (size_t panel = 0; panel < panels_of<Real>(columns); ++panel) {
            for (size_t k = block; k < least(depth, block + kDepthBlock); ++k) {
                for (size_t lane = 0; lane < Tile<Real>::columns; ++lane) {
                    const size_t column = panel * Tile<Real>::columns + lane;
                    *packed++ = column < columns ? matrix[k * columns + column] : Real{0};
                }
            }
        }
    }
}

// Six rows side by side, number by number; zero beyond the last.
template <class Real>
void pack_rows(const Real* rows, size_t n, size_t width, size_t depth, Real* packed) {
    for (size_t row = 0; row < n; row += kTileRows) {
        const size_t present = least(kTileRows, n - row);
        if (present < kTileRows) {
            for (size_t i = 0; i < depth * kTileRows; ++i) {
                packed[i] = 0;
            }
        }
        for (size_t r = 0; r < present; ++r) {
            const Real* __restrict from = rows + (row + r) * width;
            for (size_t k = 0; k < depth; ++k) {
                packed[k * kTileRows + r] = from[k];
            }
        }
        packed += depth * kTileRows;
    }
}

template <class Real>
struct TileWork {
    const Real* rows;  // packed
    const Real* panel; // packed
    Real* out;
    size_t depth, stride;
    bool adds; // to what is there
};

template <class Real>
void multiply(const TileWork<Real>& work) {
    using Vector = typename Tile<Real>::Vector;
    Vector sums[kTileRows][kVectors] = {};
    const Real* rows = work.rows;
    const auto* panel = reinterpret_cast<const Vector*>(work.panel);
    for (size_t k = 0; k < work.depth; ++k) {
#pragma GCC unroll 8
        for (size_t r = 0; r < kTileRows; ++r) {
#pragma GCC unroll 8
            for (size_t v = 0; v < kVectors; ++v) {
                sums[r][v] += rows[r] * panel[v];
            }
        }
        rows += kTileRows;
        panel += kVectors;
    }
#pragma GCC unroll 8
    for (size_t r = 0; r < kTileRows; ++r) {
        auto* const out = reinterpret_cast<Vector*>(work.out + r * work.stride);
#pragma GCC unroll 8
        for (size_t v = 0; v < kVectors; ++v) {
            out[v] = work.adds ? out[v] + sums[r][v] : sums[r][v];
        }
    }
}

// One block of rows and one of the depth, by all columns.
template <class Real>
void multiply_block(const Projection<Real>& p, size_t row, size_t rows, size_t k, size_t depth) {
    pack_rows(p.rows + row * p.depth + k, rows, p.depth, depth, p.room);
    const size_t panels = panels_of<Real>(p.columns);
    const Real* const packed = p.packed + k * panels * Tile<Real>::columns;
    for (size_t panel = 0; panel < panels; ++panel) {
        for (size_t r = 0; r < rows; r += kTileRows) {
            multiply<Real>({.rows = p.room + r * depth,
                            .panel = packed + panel * depth * Tile<Real>::columns,
                            .out = p.out + (row + r) * p.stride + panel * Tile<Real>::columns,
                            .depth = depth,
                            .stride = p.stride,
                            .adds = k > 0});
        }
    }
}

template <class Real>
void project(const Projection<Real>& p) {
    for (size_t row = 0; row < p.n; row += kRowBlock) {
        for (size_t k = 0; k < p.depth; k += kDepthBlock) {
            multiply_block(p, row, least(kRowBlock, p.n - row), k, least(kDepthBlock, p.depth - k));
        }
    }
}

template <class Real>
constexpr ProjectionLoops<Real> kLoops{.packed_size = packed_size<Real>,
                                       .pack = pack<Real>,
                                       .stride = stride_of<Real>,
                                       .project = project<Real>};

} // namespace

void choose(const ProjectionLoops<float>*& loops) noexcept {
    loops = &kLoops<float>;
}

void choose(const ProjectionLoops<double>*& loops) noexcept {
    loops = &kLoops<double>;
}

} // namespace assay::semantic_tokens::ASSAY_ISA_LEVEL
