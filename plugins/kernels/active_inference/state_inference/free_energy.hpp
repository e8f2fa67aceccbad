// Variational free energy from its terms, each on its own so that whoever changes one factor or one
// modality recomputes what depends on it and nothing else:
//   F = sum_f complexity_f - sum_m accuracy_m,   F >= -ln p(o)
//
//   FreeEnergy energy(model);
//   const double f = energy(tables, prior, q);                  // from scratch
//   const double term = energy.accuracy(m, tables[m], q);
//
// Dialect eps. One per thread; a call allocates nothing.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/contraction.hpp"
#include "active_inference/model.hpp"
#include "active_inference/state_inference/inference_work.hpp"
#include "active_inference/state_inference/log_likelihood.hpp"

#include <span>
#include <vector>

namespace assay::active_inference {

// q (ln(q + 1e-16) - ln(D + 1e-16)): how far the belief about one factor went from its prior.
[[nodiscard]] double complexity(std::span<const double> q, std::span<const double> prior) noexcept;

class FreeEnergy {
public:
    explicit FreeEnergy(const FactoredModel& model);

    // E_q[l_m]: how well the beliefs explain one modality.
    [[nodiscard]] double
    accuracy(std::size_t modality, std::span<const double> table, const Beliefs& q) noexcept;

    // E_q[l_m] with the belief about one factor left open: out[s] of that factor, which the
    // modality sees.
    void expected_log_likelihood(std::size_t modality,
                                 std::size_t factor,
                                 std::span<const double> table,
                                 const Beliefs& q,
                                 std::span<double> out) noexcept;

    [[nodiscard]] double
    operator()(const LogLikelihood& tables, const Beliefs& prior, const Beliefs& q) noexcept;

    // Of all calls so far.
    [[nodiscard]] const InferenceWork& work() const noexcept { return work_; }

private:
    struct Modality {
        FactorList factors;
        Contraction to_number;
        std::vector<Contraction> to_factor; // by axis
        std::vector<const double*> vectors;
    };

    void contract(Modality& modality,
                  const Contraction& contraction,
                  std::span<const double> table,
                  const Beliefs& q,
                  double* out) noexcept;

    std::vector<Modality> modalities_;
    std::vector<double> workspace_;
    InferenceWork work_;
};

} // namespace assay::active_inference
