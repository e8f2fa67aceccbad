// A matrix times a vector that is not computed again for the vector it was last computed for.
//
//   RememberedProduct down(likelihood);
//   bool computed = down.update(belief, Remember::yes);
//   down.result()
//
// Allocates in its constructor only. One thread at a time.
#pragma once

#include "active_inference/contraction.hpp"
#include "active_inference/tensor.hpp"

#include <span>
#include <vector>

namespace assay::active_inference {

enum class Remember { no, yes };

class RememberedProduct {
public:
    explicit RememberedProduct(Tensor matrix);

    // False if the vector is bit for bit the last one and may be remembered.
    bool update(std::span<const double> vector, Remember remember) noexcept;

    // The next update is computed whatever the vector.
    void forget() noexcept;

    [[nodiscard]] std::span<const double> result() const noexcept { return result_; }

    // Multiply-adds of one product.
    [[nodiscard]] std::uint64_t ops() const noexcept { return product_.ops(); }

private:
    Tensor matrix_;
    Contraction product_;
    std::vector<double> last_; // NaN at first: equal to nothing
    std::vector<double> result_;
};

} // namespace assay::active_inference
