// Compiled once for each level (AssayIsaLevels.cmake), so nothing inline of another header may be
// used here: the linker would keep one copy of it, perhaps that of a level the processor lacks.
#include "semantic_tokens/token_loops.hpp"

#include "semantic_tokens/model_shape.hpp" // constants alone

#include <math.h>
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

constexpr size_t kRowsTogether = 4; // whose sums over the band stay in registers
constexpr size_t kReach = kBand, kEntries = kBandEntries;
constexpr size_t kScaleCount = 4;
constexpr size_t kReaches[kScaleCount] = {1, 2, 4, 8};

template <class Real>
void embed(const Real* __restrict row,
           const Real* __restrict position,
           size_t width,
           Real* __restrict token) {
    for (size_t k = 0; k < width; ++k) {
        token[k] = row[k] + position[k];
    }
}

template <class Real>
void add_rows(const Real* __restrict rows, size_t n, size_t width, Real* __restrict sum) {
    for (size_t k = 0; k < width; ++k) {
        sum[k] = 0;
    }
    for (size_t row = 0; row < n; ++row) {
        for (size_t k = 0; k < width; ++k) {
            sum[k] += rows[row * width + k];
        }
    }
}

template <class Real>
void add_scaled(const Real* __restrict values, Real by, size_t width, Real* __restrict sum) {
    for (size_t k = 0; k < width; ++k) {
        sum[k] += by * values[k];
    }
}

// Four rows of the matrix at a time.
template <class Real>
void four_rows(const FieldLayer<Real>& f, size_t row) {
    const size_t width = f.width;
    const Real* __restrict a = f.matrix + row * width;
    const Real* __restrict b = a + width;
    const Real* __restrict c = b + width;
    const Real* __restrict d = c + width;
    const Real* __restrict s = f.sum;
    Real of_a = 0, of_b = 0, of_c = 0, of_d = 0;
    for (size_t k = 0; k < width; ++k) {
        of_a += a[k] * s[k];
        of_b += b[k] * s[k];
        of_c += c[k] * s[k];
        of_d += d[k] * s[k];
    }
    Real* const field = f.field + row;
    const Real taken = 1 - f.keep;
    const Real fa = field[0] = f.keep * field[0] + taken * of_a;
    const Real fb = field[1] = f.keep * field[1] + taken * of_b;
    const Real fc = field[2] = f.keep * field[2] + taken * of_c;
    const Real fd = field[3] = f.keep * field[3] + taken * of_d;
    Real* __restrict back = f.back;
    for (size_t k = 0; k < width; ++k) {
        back[k] += fa * a[k] + fb * b[k] + fc * c[k] + fd * d[k];
    }
}

template <class Real>
void scale(Real* values, size_t width, Real by) {
    for (size_t k = 0; k < width; ++k) {
        values[k] *= by;
    }
}

template <class Real>
void field_layer(const FieldLayer<Real>& f) {
    for (size_t k = 0; k < f.width; ++k) {
        f.back[k] = 0;
    }
    for (size_t row = 0; row < f.width; row += 4) {
        four_rows(f, row);
    }
    Real squares = 0;
    for (size_t k = 0; k < f.width; ++k) {
        squares += f.field[k] * f.field[k];
    }
    // What goes back is linear in the field, so that both are limited at once.
    if (squares > f.limit * f.limit) {
        const Real by = f.limit / static_cast<Real>(sqrt(static_cast<double>(squares)));
        scale(f.field, f.width, by);
        scale(f.back, f.width, by);
    }
}

template <class Real>
void feed_back(Real* rows, const Real* back, size_t n, size_t width, size_t period) {
    constexpr Real kept = static_cast<Real>(1 - kFeedbackShare);
    for (size_t t = 0; t < n; ++t) {
        Real* __restrict row = rows + t * width;
        const Real* __restrict given = back + t % period * width;
        for (size_t k = 0; k < width; ++k) {
            row[k] = kept * row[k] + given[k];
        }
    }
}

// The band of one row: tokens `first` to `first + count - 1`, itself at `centre` of them.
struct Band {
    size_t first, count, centre;
};

Band band_of(size_t row, size_t n) {
    const size_t first = row < kReach ? 0 : row - kReach;
    const size_t last = row + kReach < n ? row + kReach : n - 1;
    return {first, last - first + 1, row - first};
}

// A width known to the compiler, where kWidth is not 0.
template <class Real, size_t kWidth>
void head_scores(const Real* __restrict query,
                 const Real* __restrict keys,
                 size_t stride,
                 size_t head_width,
                 size_t count,
                 Real* __restrict scores) {
    const size_t width = kWidth == 0 ? head_width : kWidth;
    for (size_t j = 0; j < count; ++j) {
        const Real* __restrict key = keys + j * stride;
        Real sum = 0;
        for (size_t k = 0; k < width; ++k) {
            sum += query[k] * key[k];
        }
        scores[j] = sum;
    }
}

// Scores of all heads over the band, their largest taken off; slots beyond it are 0.
template <class Real>
void band_scores(const BandRows<Real>& b, size_t row, const Band& band) {
    const size_t head_width = b.width / b.heads;
    const Real by = static_cast<Real>(1 / sqrt(static_cast<double>(head_width)));
    for (size_t head = 0; head < b.heads; ++head) {
        const Real* const query = b.projected + row * b.stride + head * head_width;
        const Real* const keys = b.projected + band.first * b.stride + b.width + head * head_width;
        Real* __restrict scores = b.room + head * kEntries;
        if (head_width == 64) {
            head_scores<Real, 64>(query, keys, b.stride, 64, band.count, scores);
        } else {
            head_scores<Real, 0>(query, keys, b.stride, head_width, band.count, scores);
        }
        Real largest = scores[0];
        for (size_t j = 1; j < band.count; ++j) {
            largest = scores[j] > largest ? scores[j] : largest;
        }
        for (size_t j = 0; j < band.count; ++j) {
            scores[j] = by * (scores[j] - largest);
        }
        for (size_t j = band.count; j < kEntries; ++j) {
            scores[j] = 0;
        }
    }
}

// Of the exponentials of one head: each scale's softmax, added to the weights of the row. Scales
// nest, so that a sum is the one before and what lies between. False where the near ones vanish
// beside a far one.
template <class Real>
bool add_scales(const Real* exponentials, const Band& band, Real* weights) {
    Real inverse[kScaleCount];
    Real sum = exponentials[band.centre];
    size_t reached = 0;
    for (size_t scale = 0; scale < kScaleCount; ++scale) {
        for (size_t away = reached + 1; away <= kReaches[scale]; ++away) {
            sum += away <= band.centre ? exponentials[band.centre - away] : Real{0};
            sum += band.centre + away < band.count ? exponentials[band.centre + away] : Real{0};
        }
        reached = kReaches[scale];
        if (sum < static_cast<Real>(1e-30)) {
            return false;
        }
        inverse[scale] = 1 / sum;
    }
    Real by[kReach + 1]; // of a token so far away: the scales that reach it
    Real all = 0;
    size_t away = kReach;
    for (size_t scale = kScaleCount; scale-- > 0;) {
        all += inverse[scale];
        const size_t inner = scale == 0 ? 0 : kReaches[scale - 1];
        for (; away > inner; --away) {
            by[away] = all;
        }
    }
    by[0] = all;
    for (size_t j = 0; j < band.count; ++j) {
        weights[j] += exponentials[j] * by[j < band.centre ? band.centre - j : j - band.centre];
    }
    return true;
}

// The same where one maximum does not serve all scales: each has its own.
template <class Real>
void add_scales_apart(const Real* scores, const Band& band, Real* weights) {
    for (const size_t reach : kReaches) {
        const size_t first = band.centre < reach ? 0 : band.centre - reach;
        const size_t last = band.centre + reach < band.count ? band.centre + reach : band.count - 1;
        Real largest = scores[first];
        for (size_t j = first; j <= last; ++j) {
            largest = scores[j] > largest ? scores[j] : largest;
        }
        Real each[kEntries];
        Real sum = 0;
        for (size_t j = first; j <= last; ++j) {
            each[j] = static_cast<Real>(exp(static_cast<double>(scores[j] - largest)));
            sum += each[j];
        }
        for (size_t j = first; j <= last; ++j) {
            weights[j] += each[j] / sum;
        }
    }
}

void exponentials_of(const double* __restrict x, size_t n, double* __restrict y) {
    for (size_t i = 0; i < n; ++i) {
        y[i] = exp(x[i]);
    }
}

void exponentials_of(const float* __restrict x, size_t n, float* __restrict y) {
    for (size_t i = 0; i < n; ++i) {
        y[i] = expf(x[i]);
    }
}

// Of the row, kEntries with the diagonal at kReach; 0 beyond the ends of the sequence.
template <class Real>
void row_weights(const BandRows<Real>& b, size_t row, Real* weights) {
    const Band band = band_of(row, b.n);
    Real* const exponentials = b.room + b.heads * kEntries;
    band_scores(b, row, band);
    exponentials_of(b.room, b.heads * kEntries, exponentials);
    for (size_t j = 0; j < kEntries; ++j) {
        weights[j] = 0;
    }
    Real* const present = weights + (kReach - band.centre);
    for (size_t head = 0; head < b.heads; ++head) {
        if (!add_scales(exponentials + head * kEntries, band, present)) {
            add_scales_apart(b.room + head * kEntries, band, present);
        }
    }
    scale(present, band.count, 1 / static_cast<Real>(b.heads * kScaleCount));
}

// Weights of some rows that follow each other, by the token that they are for.
template <class Real>
struct Neighbours {
    Real weights[kEntries + kRowsTogether - 1][kRowsTogether];
    size_t first, count; // tokens
    size_t row;          // the first of the rows
};

template <class Real>
void mix_rows(const BandRows<Real>& b, const Neighbours<Real>& near, size_t rows) {
    using Vector [[gnu::vector_size(kVectorBytes)]] = Real;
    constexpr size_t kChunk = kVectors * kVectorBytes / sizeof(Real);
    for (size_t chunk = 0; chunk < b.width; chunk += kChunk) {
        Vector sums[kRowsTogether][kVectors] = {};
        for (size_t j = 0; j < near.count; ++j) {
            const auto* const from =
                reinterpret_cast<const Vector*>(b.rows + (near.first + j) * b.width + chunk);
#pragma GCC unroll 8
            for (size_t r = 0; r < kRowsTogether; ++r) {
#pragma GCC unroll 8
                for (size_t v = 0; v < kVectors; ++v) {
                    sums[r][v] += near.weights[j][r] * from[v];
                }
            }
        }
#pragma GCC unroll 8
        for (size_t r = 0; r < kRowsTogether; ++r) {
            if (r < rows) {
                const size_t at = (near.row + r) * b.width + chunk;
                const auto* const own = reinterpret_cast<const Vector*>(b.rows + at);
                auto* const out = reinterpret_cast<Vector*>(b.out + at);
#pragma GCC unroll 8
                for (size_t v = 0; v < kVectors; ++v) {
                    out[v] = (1 - b.share) * own[v] + b.share * sums[r][v];
                }
            }
        }
    }
}

template <class Real>
void attend(const BandRows<Real>& b) {
    for (size_t row = 0; row < b.n; row += kRowsTogether) {
        const size_t rows = b.n - row < kRowsTogether ? b.n - row : kRowsTogether;
        const Band first = band_of(row, b.n), last = band_of(row + rows - 1, b.n);
        Neighbours<Real> near = {.weights = {},
                                 .first = first.first,
                                 .count = last.first + last.count - first.first,
                                 .row = row};
        for (size_t r = 0; r < rows; ++r) {
            Real weights[kEntries];
            row_weights(b, row + r, weights);
            const Band band = band_of(row + r, b.n);
            for (size_t j = 0; j < band.count; ++j) {
                near.weights[band.first - near.first + j][r] = weights[kReach - band.centre + j];
            }
            if (b.weights != nullptr) {
                for (size_t j = 0; j < kEntries; ++j) {
                    b.weights[(row + r) * kEntries + j] = weights[j];
                }
            }
        }
        mix_rows(b, near, rows);
    }
}

template <class Real>
constexpr TokenLoops<Real> kLoops{.embed = embed<Real>,
                                  .add_rows = add_rows<Real>,
                                  .field_layer = field_layer<Real>,
                                  .add_scaled = add_scaled<Real>,
                                  .feed_back = feed_back<Real>,
                                  .attend = attend<Real>};

} // namespace

void choose(const TokenLoops<float>*& loops) noexcept {
    loops = &kLoops<float>;
}

void choose(const TokenLoops<double>*& loops) noexcept {
    loops = &kLoops<double>;
}

} // namespace assay::semantic_tokens::ASSAY_ISA_LEVEL
