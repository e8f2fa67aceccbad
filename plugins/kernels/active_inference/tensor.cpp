#include "active_inference/tensor.hpp"

#include <limits>

namespace assay::active_inference {

std::optional<std::size_t> element_count(std::span<const std::size_t> shape) {
    std::size_t count = 1;
    for (const std::size_t extent : shape) {
        if (extent != 0 && count > std::numeric_limits<std::size_t>::max() / extent) {
            return std::nullopt;
        }
        count *= extent;
    }
    return count;
}

std::vector<std::size_t> unravel(std::span<const std::size_t> shape, std::size_t flat) {
    std::vector<std::size_t> index(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        index[axis] = flat % shape[axis];
        flat /= shape[axis];
    }
    return index;
}

std::string shape_text(std::span<const std::size_t> shape) {
    std::string text = "[";
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        text += (axis == 0 ? "" : ", ") + std::to_string(shape[axis]);
    }
    return text + "]";
}

} // namespace assay::active_inference
