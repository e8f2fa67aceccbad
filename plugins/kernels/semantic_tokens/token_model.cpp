#include "semantic_tokens/token_model.hpp"

#include "random_source/normal_source.hpp"
#include "semantic_tokens/token_loops.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace assay::semantic_tokens {
namespace {

constexpr std::uint64_t kLayerStream = 1, kProjectionStream = 2;
constexpr std::uint64_t kRowStream = 1ull << 32U; // + number of the row
constexpr double kLongestWave = 10'000;

const ModelShape& sound(const ModelShape& shape) {
    require_sound(shape);
    return shape;
}

// Normal with deviation 1 / sqrt(width).
template <class Real>
void draw(std::uint64_t seed, std::size_t width, std::span<Real> values) {
    const double deviation = 1 / std::sqrt(static_cast<double>(width));
    NormalSource normal{RandomSource(seed)};
    for (Real& value : values) {
        value = static_cast<Real>(deviation * normal.next());
    }
}

template <class Real>
VectorValues<Real> positions_of(const ModelShape& shape) {
    VectorValues<Real> values(shape.longest * shape.width);
    for (std::size_t k = 0; k < shape.width; k += 2) {
        const double exponent = static_cast<double>(k) / static_cast<double>(shape.width);
        const double by = std::pow(kLongestWave, -exponent);
        for (std::size_t t = 0; t < shape.longest; ++t) {
            const double angle = static_cast<double>(t) * by;
            values[t * shape.width + k] = static_cast<Real>(std::sin(angle));
            values[t * shape.width + k + 1] = static_cast<Real>(std::cos(angle));
        }
    }
    return values;
}

} // namespace

template <class Real>
TokenModel<Real>::TokenModel(const ModelShape& shape, std::uint64_t seed)
    : shape_(sound(shape))
    , seed_(seed)
    , embeddings_(shape.width * shape.vocabulary)
    , is_made_(shape.vocabulary, false)
    , positions_(positions_of<Real>(shape))
    , layers_(shape.layers * shape.width * shape.width)
    , projection_(2 * shape.width * shape.width) {
    draw<Real>(derived_seed(seed, kLayerStream), shape.width, layers_);
    draw<Real>(derived_seed(seed, kProjectionStream), shape.width, projection_);
    const auto& loops = projection_loops<Real>();
    packed_.resize(loops.packed_size(shape.width, 2 * shape.width));
    loops.pack(projection_.data(), shape.width, 2 * shape.width, packed_.data());
}

template <class Real>
void TokenModel<Real>::fill_row(std::uint32_t id, Real* row) const {
    draw<Real>(derived_seed(seed_, kRowStream + id), shape_.width, {row, shape_.width});
}

template <class Real>
void TokenModel<Real>::make_rows(std::span<const std::uint32_t> ids) {
    for (const std::uint32_t id : ids) {
        if (id >= shape_.vocabulary) {
            throw std::invalid_argument("word " + std::to_string(id) +
                                        " is beyond the vocabulary of " +
                                        std::to_string(shape_.vocabulary));
        }
        if (!is_made_[id]) {
            fill_row(id, embeddings_.data() + std::size_t{id} * shape_.width);
            is_made_[id] = true;
        }
    }
}

template <class Real>
const Real* TokenModel<Real>::embedding(std::uint32_t id, Real* aside) const {
    if (is_made_[id]) {
        return embeddings_.data() + std::size_t{id} * shape_.width;
    }
    fill_row(id, aside);
    return aside;
}

template class TokenModel<float>;
template class TokenModel<double>;

} // namespace assay::semantic_tokens
