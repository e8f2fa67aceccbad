// The family `bp`: belief propagation on a random factor graph, to tolerance. One iteration = one
// run from uniform messages; the solver is built once, untimed.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/belief_propagation/belief_propagation.hpp"
#include "bp_graph.hpp"

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::inference {

// The setting `graphs` has the graphs to measure instead of the family's own; a model of the
// settings is one, too, with what is observed first (evidence_graph.hpp).
void add_bp(assay::suite& suite, const assay::document& config);

class BpCase {
public:
    explicit BpCase(const assay::params& params)
        : BpCase(problem_of(params), params) {}

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    struct Problem {
        active_inference::FactorGraph graph;
        bool has_loops = true;
    };

    BpCase(Problem problem, const assay::params& params);
    [[nodiscard]] static Problem problem_of(const assay::params& params);

    bool has_loops_;
    active_inference::FactorGraph graph_;
    active_inference::PropagationOptions options_;
    const assay::context* clock_;
    active_inference::BeliefPropagation solver_;
    active_inference::PropagationOutcome outcome_; // of the last run
    std::uint64_t messages_ = 0, multiply_adds_ = 0, run_ns_ = 0;
    bool ran_ = false;
};

} // namespace assay::inference
