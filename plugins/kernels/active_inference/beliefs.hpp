// One categorical distribution per hidden factor, all in one piece of memory: Q(s) = prod_f q_f.
//
//   Beliefs q(model.state_counts);      // uniform
//   q[0][2] = 0.5;                      // factor 0, state 2
//
// A plain value. Assigning between beliefs of the same factors allocates nothing.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

class Beliefs {
public:
    Beliefs() = default;
    explicit Beliefs(std::span<const std::size_t> state_counts); // uniform

    // Number of factors.
    [[nodiscard]] std::size_t size() const noexcept {
        return offsets_.empty() ? 0 : offsets_.size() - 1;
    }

    [[nodiscard]] std::span<double> operator[](std::size_t factor) noexcept {
        return {values_.data() + offsets_[factor], offsets_[factor + 1] - offsets_[factor]};
    }

    [[nodiscard]] std::span<const double> operator[](std::size_t factor) const noexcept {
        return {values_.data() + offsets_[factor], offsets_[factor + 1] - offsets_[factor]};
    }

    // Of all factors, one after the other.
    [[nodiscard]] std::span<double> values() noexcept { return values_; }

    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }

    void set_uniform() noexcept;

    friend bool operator==(const Beliefs&, const Beliefs&) = default;

private:
    std::vector<double> values_;
    std::vector<std::size_t> offsets_; // one more than factors
};

} // namespace assay::active_inference
