// A dense tensor of doubles in row-major (C) order, as a plain value.
//
//   Tensor likelihood{{3, 4}, std::vector<double>(12, 1.0 / 3)};
//   likelihood.data[likelihood.shape[1] * o + s]
//
// Plain values; pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::active_inference {

struct Tensor {
    std::vector<std::size_t> shape;
    std::vector<double> data;
};

// Product of the extents; nothing if it does not fit into std::size_t. An empty shape is a scalar.
[[nodiscard]] std::optional<std::size_t> element_count(std::span<const std::size_t> shape);

// The index of element `flat` along every axis.
[[nodiscard]] std::vector<std::size_t> unravel(std::span<const std::size_t> shape,
                                               std::size_t flat);

// "[25, 12, 4]"
[[nodiscard]] std::string shape_text(std::span<const std::size_t> shape);

} // namespace assay::active_inference
