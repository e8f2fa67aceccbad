// The hot loops over numbers of tokens, compiled for each level of x86-64 (token_loops.cpp,
// projection_loops.cpp); those of the level that this processor has are chosen once.
//
//   const TokenLoops<double>& loops = token_loops<double>();
//   loops.embed(row, position, width, token);
//
// Pointers begin at 64 bytes, widths are multiples of 64. Pure; any thread. Nothing here asks
// whether a number is finite.
#pragma once

#include <cstddef>

namespace assay::semantic_tokens {

// One layer takes a sum in and tells what goes back, in one pass over its matrix: as soon as a row
// has given its number of the field, that number times the row is added to what goes back.
template <class Real>
struct FieldLayer {
    const Real* matrix; // M, width x width
    const Real* sum;    // s
    Real* field;        // f <- keep f + (1 - keep) M s, its norm at most `limit`
    Real* back;         // M^T f
    std::size_t width;
    Real keep, limit;
};

template <class Real>
struct BandRows {
    const Real* rows;      // n x width
    const Real* projected; // n x stride: queries, then keys `width` later
    Real* out;             // (1 - share) e + share A e
    Real* weights;         // of A, kBandEntries in each row, [kBand] is the diagonal; or null
    Real* room;            // 2 * heads * kBandEntries
    std::size_t n, width, heads, stride;
    Real share;
};

template <class Real>
struct TokenLoops {
    void (*embed)(const Real* row, const Real* position, std::size_t width, Real* token);
    void (*add_rows)(const Real* rows, std::size_t n, std::size_t width, Real* sum); // sum = ...
    void (*field_layer)(const FieldLayer<Real>&);
    void (*add_scaled)(const Real* values, Real by, std::size_t width, Real* sum); // sum += ...
    // e <- (1 - share) e + what lies at t modulo `period`, for each row t.
    void (*feed_back)(
        Real* rows, const Real* back, std::size_t n, std::size_t width, std::size_t period);
    void (*attend)(const BandRows<Real>&);
};

// Products of rows and one constant matrix, which is packed once.
template <class Real>
struct Projection {
    const Real* rows;   // n x depth
    const Real* packed; // by pack()
    Real* out;          // at least padded_rows(n) x stride
    Real* room;         // kProjectionRoom numbers
    std::size_t n, depth, columns, stride;
};

template <class Real>
struct ProjectionLoops {
    std::size_t (*packed_size)(std::size_t depth, std::size_t columns);
    void (*pack)(const Real* matrix, std::size_t depth, std::size_t columns, Real* packed);
    // Numbers in a row of `out`.
    std::size_t (*stride)(std::size_t columns);
    void (*project)(const Projection<Real>&);
};

inline constexpr std::size_t kTileRows = 6;              // that are multiplied together
inline constexpr std::size_t kDepthBlock = 128;          // numbers of them
inline constexpr std::size_t kRowBlock = 86 * kTileRows; // whose packed block stays in L2
inline constexpr std::size_t kProjectionRoom = kRowBlock * kDepthBlock;

constexpr std::size_t padded_rows(std::size_t n) noexcept {
    return (n + kTileRows - 1) / kTileRows * kTileRows;
}

namespace v1 {
void choose(const TokenLoops<float>*& loops) noexcept;
void choose(const TokenLoops<double>*& loops) noexcept;
void choose(const ProjectionLoops<float>*& loops) noexcept;
void choose(const ProjectionLoops<double>*& loops) noexcept;
} // namespace v1

namespace v3 {
void choose(const TokenLoops<float>*& loops) noexcept;
void choose(const TokenLoops<double>*& loops) noexcept;
void choose(const ProjectionLoops<float>*& loops) noexcept;
void choose(const ProjectionLoops<double>*& loops) noexcept;
} // namespace v3

namespace v4 {
void choose(const TokenLoops<float>*& loops) noexcept;
void choose(const TokenLoops<double>*& loops) noexcept;
void choose(const ProjectionLoops<float>*& loops) noexcept;
void choose(const ProjectionLoops<double>*& loops) noexcept;
} // namespace v4

// Of this processor.
template <class Real>
[[nodiscard]] const TokenLoops<Real>& token_loops() noexcept;
template <class Real>
[[nodiscard]] const ProjectionLoops<Real>& projection_loops() noexcept;

} // namespace assay::semantic_tokens
