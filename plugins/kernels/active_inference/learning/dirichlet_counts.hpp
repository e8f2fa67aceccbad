// Dirichlet counts of a model whose tensors are learnt: of the shapes of A, B and D, each list
// empty where nothing is learnt. A count of 0 marks an entry as impossible for good.
//
//   DirichletCounts counts{.likelihoods = model.likelihoods};
//   if (auto fault = counts_fault(model, counts)) { refuse(fault->message); }
//
// A plain value.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/model_fault.hpp"
#include "active_inference/tensor.hpp"

#include <optional>
#include <vector>

namespace assay::active_inference {

struct DirichletCounts {
    std::vector<Tensor> likelihoods;         // a_m
    std::vector<Tensor> transitions;         // b_f
    std::vector<std::vector<double>> priors; // d_f
};

// The first thing that is wrong with the counts: shapes, then entries that are negative or no
// number, then columns without any count. The model must be without fault.
[[nodiscard]] std::optional<ModelFault> counts_fault(const FactoredModel& model,
                                                     const DirichletCounts& counts);

} // namespace assay::active_inference
