#include "active_inference/hierarchy/remembered_product.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace assay::active_inference {

RememberedProduct::RememberedProduct(Tensor matrix)
    : matrix_(std::move(matrix))
    , product_(matrix_.shape, {0})
    , last_(matrix_.shape.at(1), std::numeric_limits<double>::quiet_NaN())
    , result_(matrix_.shape.at(0)) {}

void RememberedProduct::forget() noexcept {
    std::ranges::fill(last_, std::numeric_limits<double>::quiet_NaN());
}

bool RememberedProduct::update(std::span<const double> vector, Remember remember) noexcept {
    if (remember == Remember::yes && std::ranges::equal(vector, last_)) {
        return false;
    }
    const double* vectors[] = {nullptr, vector.data()};
    product_(matrix_.data.data(), vectors, result_.data(), nullptr);
    std::ranges::copy(vector, last_.begin());
    return true;
}

} // namespace assay::active_inference
