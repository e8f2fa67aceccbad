// The family `ensemble`: one step of many small systems, side by side in vectors or one after the
// other. The order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_ensemble(suite);
#pragma once

#include "case_inputs.hpp"
#include "kuramoto/ensemble.hpp"
#include "solver.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace assay::kuramoto_suite {

void add_ensemble(assay::suite& suite);

class EnsembleCase {
public:
    explicit EnsembleCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

    [[nodiscard]] double items() const { // of one iteration
        return static_cast<double>(oscillators_ * replicas_);
    }

private:
    [[nodiscard]] Inputs replica(std::size_t index) const;
    void restart();
    void steps(std::uint64_t count);
    [[nodiscard]] std::vector<double> phases(std::size_t replica) const;

    std::uint64_t seed_;
    std::size_t oscillators_, replicas_;
    assay::context* host_;
    std::unique_ptr<kuramoto::Ensemble> together_; // side by side, or
    std::vector<std::unique_ptr<Solver>> alone_;   // one after the other
    std::vector<std::vector<double>> starts_;      // of those
    std::uint64_t busy_ns_ = 0;
};

} // namespace assay::kuramoto_suite
