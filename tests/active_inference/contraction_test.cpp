#include "active_inference/contraction.hpp"
#include "active_inference/tensor.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace assay::active_inference;

namespace {

using Shape = std::vector<std::size_t>;

// By the definition: one term per entry.
std::vector<double> by_definition(const Tensor& tensor,
                                  const Shape& kept,
                                  const std::vector<std::vector<double>>& vectors) {
    Shape out_shape;
    for (const std::size_t axis : kept) {
        out_shape.push_back(tensor.shape[axis]);
    }
    std::vector<double> out(*element_count(out_shape), 0.0);
    for (std::size_t flat = 0; flat < tensor.data.size(); ++flat) {
        const Shape index = unravel(tensor.shape, flat);
        double term = tensor.data[flat];
        std::size_t at = 0;
        for (std::size_t axis = 0; axis < index.size(); ++axis) {
            if (std::ranges::find(kept, axis) == kept.end()) {
                term *= vectors[axis][index[axis]];
            } else {
                at = at * tensor.shape[axis] + index[axis];
            }
        }
        out[at] += term;
    }
    return out;
}

void check(const Shape& shape, const Shape& kept, std::uint64_t seed) {
    CAPTURE(shape_text(shape));
    CAPTURE(shape_text(kept));
    assay::RandomSource random(seed);
    Tensor tensor{shape, std::vector<double>(*element_count(shape))};
    std::ranges::generate(tensor.data, [&] { return random.unit() - 0.5; });
    std::vector<std::vector<double>> vectors;
    std::vector<const double*> pointers;
    for (const std::size_t extent : shape) {
        std::ranges::generate(vectors.emplace_back(extent), [&] { return random.unit(); });
    }
    for (const auto& vector : vectors) {
        pointers.push_back(vector.data());
    }
    const Contraction contraction(shape, std::span<const std::size_t>(kept));
    std::vector<double> out(contraction.outputs(), -1.0);
    std::vector<double> work(contraction.workspace());
    contraction(tensor.data.data(), pointers.data(), out.data(), work.data());
    const std::vector<double> expected = by_definition(tensor, kept, vectors);
    REQUIRE(out.size() == expected.size());
    for (std::size_t at = 0; at < out.size(); ++at) {
        CHECK(out[at] == doctest::Approx(expected[at]).epsilon(1e-12));
    }
}

} // namespace

TEST_CASE("a contraction is the sum over all axes that are not kept") {
    const Shape shapes[] = {{1}, {7}, {3, 4}, {4, 3}, {5, 1, 6}, {2, 3, 4, 5}, {9, 9, 2}, {1, 1}};
    std::uint64_t seed = 1;
    for (const Shape& shape : shapes) {
        for (unsigned kept_set = 0; kept_set < (1U << shape.size()); ++kept_set) {
            Shape kept;
            for (std::size_t axis = 0; axis < shape.size(); ++axis) {
                if ((kept_set >> axis & 1U) != 0) {
                    kept.push_back(axis);
                }
            }
            check(shape, kept, ++seed);
        }
    }
}

TEST_CASE("what a contraction counts is what its steps multiply, the longest axis first") {
    // [2, 3, 5] keeping 0: the axis of 5 (2*3*5), then that of 3 (2*3).
    const Shape shape{2, 3, 5};
    CHECK(Contraction(shape, {0}).ops() == 30 + 6);
    CHECK(Contraction(shape, {0, 1, 2}).ops() == 0);
}
