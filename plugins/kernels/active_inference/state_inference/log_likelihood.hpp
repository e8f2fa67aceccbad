// The log-likelihood of an observation, one table per modality over the factors it sees:
//   eps:  l_m(s) = ln(sum_o r(o) A_m[o, s] + 1e-16),  one outcome: the slice of ln(A + 1e-16)
//   clip: l_m(s) = sum_o r(o) ln max(A_m[o, s], DBL_EPSILON)
// The two dialects differ for soft outcomes, and where A has zeros.
//
//   LogLikelihood tables(model, {.cached = true});   // keeps ln A: no logarithm per observation
//   tables.observe(observation);
//   tables[m][s];
//
// Borrows the model, which must stay as it is. One per thread; observe() allocates nothing.
#pragma once

#include "active_inference/logarithm.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

struct LogLikelihoodOptions {
    LogDialect dialect = LogDialect::eps;
    bool cached = false; // as much memory again as A, read where the dialect allows it
};

// out[s] = sum_o r(o) A[o, s]: the slice of the outcome, or the mixture of a soft one.
void outcome_likelihood(const Tensor& likelihood,
                        const Outcome& outcome,
                        std::span<double> out) noexcept;

// Element by element, in the dialect.
void log_entries(std::span<const double> from, LogDialect dialect, std::span<double> out) noexcept;

class LogLikelihood {
public:
    explicit LogLikelihood(const FactoredModel& model, LogLikelihoodOptions options = {});
    // Its tables point into it.
    LogLikelihood(const LogLikelihood&) = delete;
    LogLikelihood& operator=(const LogLikelihood&) = delete;
    LogLikelihood(LogLikelihood&&) = default;
    LogLikelihood& operator=(LogLikelihood&&) = default;
    ~LogLikelihood() = default;

    // From now on another model of the same shapes, or the same one after its tensors changed.
    void use_model(const FactoredModel& model) noexcept;

    // An observation without fault (observation_fault.hpp).
    void observe(Observation observation) noexcept;

    // The table of one modality alone; returns the logarithms it took. The table of another
    // modality stays what it was.
    std::uint64_t observe(std::size_t modality, const Outcome& outcome) noexcept;

    // Row-major over the modality's factors. Valid until the next observe().
    [[nodiscard]] std::span<const double> operator[](std::size_t modality) const noexcept {
        return tables_[modality];
    }

    [[nodiscard]] std::size_t size() const noexcept { return tables_.size(); }

    // Of all observe() so far.
    [[nodiscard]] std::uint64_t logarithms() const noexcept { return logarithms_; }

private:
    std::uint64_t mix_logarithms(std::size_t modality, const Outcome& outcome) noexcept;

    const FactoredModel* model_;
    LogLikelihoodOptions options_;
    std::vector<std::vector<double>> log_a_; // ln A, where cached
    std::vector<std::vector<double>> own_;   // room for a table that is computed
    std::vector<std::span<const double>> tables_;
    std::uint64_t logarithms_ = 0;
};

} // namespace assay::active_inference
