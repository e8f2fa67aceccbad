// A life that a model itself tells: hidden states drawn from D, outcomes from A, the next states
// from B and an action. What is observed in it is possible, as outcomes drawn at random are not
// where A has zeros.
//
//   ModelLife life(model, seed);
//   life.observe();          // an outcome of every modality
//   life.act({1, 0});        // an action of every factor; the states are the next ones
//
// The model is without fault and outlives it. One thread at a time.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"
#include "random_source/random_source.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::inference {

class ModelLife {
public:
    ModelLife(const active_inference::FactoredModel& model, std::uint64_t seed);

    [[nodiscard]] std::vector<active_inference::Outcome> observe();
    void act(std::span<const std::size_t> actions);

private:
    [[nodiscard]] std::size_t draw(const active_inference::Tensor& tensor, std::size_t column);
    [[nodiscard]] std::size_t column_of(const active_inference::FactorList& factors) const;

    const active_inference::FactoredModel* model_;
    RandomSource random_;
    std::vector<std::size_t> states_;
};

} // namespace assay::inference
